"""The documents the website prints: each module turns one frozen dataclass into a PDF or a picture."""
