"""The access matrix: every address, every kind of actor, every place."""
