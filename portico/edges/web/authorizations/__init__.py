"""Authorizations and referrals for the office: found, read, sent, changed."""
