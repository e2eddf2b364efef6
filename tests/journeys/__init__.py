"""Journeys through the pages in a real browser: what people do, in the order they do it."""
