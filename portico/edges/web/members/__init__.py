"""Patient Info: search, the member's page, documents, receipts."""
