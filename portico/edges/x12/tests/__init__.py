"""Tests of the X12 edge: guides, judging and acknowledgements."""
