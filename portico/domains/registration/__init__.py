"""Getting an office in: applications, what they are matched with, the desk's review, and transaction IDs."""
