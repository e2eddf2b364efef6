"""Looking after people's accounts: the same pages for the plan's desk and for an office's administrator."""
