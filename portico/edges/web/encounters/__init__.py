"""Encounters on the web: sending files, what came of them, mending what was rejected, completeness."""
