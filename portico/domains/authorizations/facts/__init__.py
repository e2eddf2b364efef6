"""What offices ask, and what is told of a request: values that every edge speaks alike."""
