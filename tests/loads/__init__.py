"""Feeds loaded from the file to the tables, and taken back."""
