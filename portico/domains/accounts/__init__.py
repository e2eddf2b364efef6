"""Sign-in: users, passwords, second factors, lockout."""
