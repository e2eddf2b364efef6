"""From an invitation or a registration to an account that works: links, first steps, terms."""
