"""Sources of the stylesheet, behaviours, icons and fonts, and the command that builds them."""
