"""Registering an office: the steps, what comes of them, and asking where a registration is."""
