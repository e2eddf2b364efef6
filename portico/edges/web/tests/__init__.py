"""Tests of what every page shares: forms, parts, pictures, appearance."""
