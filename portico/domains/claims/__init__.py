"""Claims: what was submitted, what became of it and when, and the payments it was in.

A read copy of the core system's, which loaders keep fresh; the edits of an 837 live here too, so that
whoever takes one in asks the same ones.
"""
