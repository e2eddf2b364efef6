"""The plan's desk for directory entries: changes that wait, what was published, what nobody confirmed."""
