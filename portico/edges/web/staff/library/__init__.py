"""The desk of the library: its documents, writing them, looking at them, publishing them."""
