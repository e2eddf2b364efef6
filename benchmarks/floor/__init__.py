"""What the portal's pages are measured against, and the server that serves both; loaded by gunicorn alone."""
