"""What trading partners sent and were sent: the log of exchanges, and batches waiting to be fetched."""
