"""Asking for access that is missing: one request, with whom it lies and until when, and what came of it."""
