"""The published figures on authorizations, for anybody: a page, and the same as CSV and JSON."""
