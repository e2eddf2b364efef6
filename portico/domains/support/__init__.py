"""Helping people: what somebody without an account asks the plan, and who answers."""
