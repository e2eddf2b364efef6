"""The plan's desk for authorizations: what waits, one request, and the rules behind."""
