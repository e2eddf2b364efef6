"""Tests of reading and writing 837s."""
