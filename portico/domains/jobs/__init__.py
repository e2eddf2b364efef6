"""Long work that survives: durable job rows, leases, progress, a result per row, and the way back."""
