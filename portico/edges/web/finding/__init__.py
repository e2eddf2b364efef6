"""Find a provider: the search, a provider's page, a place's page, and receipts of network answers."""
