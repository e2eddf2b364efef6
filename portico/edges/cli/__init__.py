"""What an operator types: the `portico` command and the worker."""
