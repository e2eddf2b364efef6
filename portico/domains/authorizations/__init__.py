"""Authorizations and referrals: what needs asking first, requests, their clocks and decisions.

The plan's rules of what needs an authorization live here, and the flags on members' benefits come from them.
Requests are Portico's own: an office sends them, the plan's desk decides, and a ledger keeps all that
happened.
"""
