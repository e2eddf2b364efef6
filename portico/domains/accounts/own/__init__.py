"""One's own account: profile, addresses, drafts, choices, everything kept about one."""
