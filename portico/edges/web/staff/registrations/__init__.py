"""Registrations at the plan's desk: the queue, one case, and what is done about it."""
