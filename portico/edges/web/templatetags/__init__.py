"""Tags and filters the pages share."""
