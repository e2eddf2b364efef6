"""An office's officers, its access review, and taking it over when it has no administrator."""
