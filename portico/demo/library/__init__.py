"""The library of the demo's plan: its own texts, made into a folder that `portico load library` takes in."""
