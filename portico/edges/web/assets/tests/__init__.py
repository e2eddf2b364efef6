"""Tests of the assets' sources and their build."""
