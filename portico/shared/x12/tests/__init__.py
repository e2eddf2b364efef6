"""Tests of the X12 codec."""
