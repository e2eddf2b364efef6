"""Tests of PDF rendering."""
