"""Signing in elsewhere, from the sign-in page to the home page: real providers, and hostile ones."""
