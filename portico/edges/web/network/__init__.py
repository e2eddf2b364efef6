"""Offices outside the network: what is open to them, asking to take part, and following it."""
