"""Billing companies and the offices they work for: giving, ending, and working for one client at a time."""
