"""Tests of the files people hand in."""
