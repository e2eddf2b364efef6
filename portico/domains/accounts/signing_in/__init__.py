"""Signing in and staying signed in: passwords and passkeys shown, misses, sessions, known devices."""
