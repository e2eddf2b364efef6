"""Who looked up whom: an office's pages for its administrator, and the plan's for a tax ID."""
