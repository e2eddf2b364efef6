"""Personas, grants, and the actors built from them."""
