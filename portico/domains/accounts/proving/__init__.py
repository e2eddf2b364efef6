"""Proving who one is: the provers, the tasks that wait, the plan's desk, and who may decide."""
