"""Other people's readers that ours are measured beside."""
