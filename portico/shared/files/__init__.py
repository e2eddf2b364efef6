"""Files people hand in: what they are by content, and that they hold nothing that acts."""
