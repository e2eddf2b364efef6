"""Remittances: payments found and shown, explained on paper, taken home as 835; deposits; trends."""
