"""Pages of an office's administrator."""
