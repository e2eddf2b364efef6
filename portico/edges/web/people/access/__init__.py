"""Making users, giving and changing access, its history: for an office's administrator and the plan."""
