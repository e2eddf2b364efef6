"""Members, coverage, benefits, accumulators, and the answers about them."""
