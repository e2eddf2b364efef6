"""Searching the library, and the words that mean the same."""
