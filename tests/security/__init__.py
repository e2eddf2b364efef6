"""Attacks that once came through, and what stands in their way."""
