"""Diagnosis, facts and cases against the small world: what stands in the way, and that the fix opens it."""
