"""How an office keeps its directory entries true: sees them, changes a field, confirms them every 90 days."""
