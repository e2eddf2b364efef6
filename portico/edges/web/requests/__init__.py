"""Access requests: one's own, the inbox of an office, and those that lie with the plan."""
