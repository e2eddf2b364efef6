"""Talks between peers, for an office: which times there are, and booking, moving, cancelling one."""
