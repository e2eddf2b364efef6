"""Providers of identity that the plan trusts, and whom they know as which user."""
