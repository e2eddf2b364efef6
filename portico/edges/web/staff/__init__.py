"""Pages of the plan's own staff."""
