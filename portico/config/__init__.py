"""Settings, root URLs and wiring by dotted path."""
