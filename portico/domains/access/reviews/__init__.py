"""Looking through who may do what: opened each quarter, one verdict a persona, and what lapses without."""
