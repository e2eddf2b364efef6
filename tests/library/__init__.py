"""The library as a whole: the demo's texts, and how well they are found."""
