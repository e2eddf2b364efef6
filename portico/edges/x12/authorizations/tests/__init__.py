"""Tests of the 278."""
