"""Ways back in for whoever forgot a username or a password."""
