"""Delegated administration: what an administrator hands out, to whom, and that it stays within their own."""
