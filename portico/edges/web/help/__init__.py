"""Help: which it is that is closed, a support case with its facts, how far people are, and the goals."""
