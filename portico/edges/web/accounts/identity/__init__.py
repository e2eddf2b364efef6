"""Verifying one's identity: the tasks, and a page for each way to do it."""
