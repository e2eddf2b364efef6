"""The resources: a module each, with its search parameters, the question it asks, and how it is written."""
