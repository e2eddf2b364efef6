"""Kills and races with real processes on a real database."""
