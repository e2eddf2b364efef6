"""The library: what the plan publishes, in versions, and finding it."""
