"""Pages of billing companies and the offices they work for, and the switch between those offices."""
