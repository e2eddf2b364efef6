"""What has no business meaning: periods, money, identifiers, pages, X12 syntax, PDF rendering."""
