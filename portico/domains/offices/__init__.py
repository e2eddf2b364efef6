"""Offices and the provider file: tax IDs, providers, affiliations, participation."""
