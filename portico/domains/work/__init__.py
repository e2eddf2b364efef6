"""What the plan or an office owes: work items, each with a reference."""
