"""Two years of claims of the synthetic plan: drawn from its members' coverage, decided by its benefits."""
