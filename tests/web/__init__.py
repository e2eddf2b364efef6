"""Use of the pages, through a browser that runs no scripts."""
