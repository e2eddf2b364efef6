"""What tests stand on: databases, the browser, example counts."""
