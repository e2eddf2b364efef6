"""What we emit, judged by readers and clients that nobody here wrote."""
