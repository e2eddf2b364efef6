"""X12 questions and answers against rows: what partners send, and what the plan says."""
