"""Is authorization required? The question, its receipt, and the plan's public list."""
