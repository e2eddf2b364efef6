"""Portico: the provider portal a health plan runs for the offices that treat its members."""

__version__ = "0.1.0"
