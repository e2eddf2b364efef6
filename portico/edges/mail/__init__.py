"""Renders and sends the mails that the outbox holds."""
