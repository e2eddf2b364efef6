"""Today: what an office or a desk of the plan owes and is owed, on the home page and as a list of its own."""
