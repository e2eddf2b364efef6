"""Two years of requests at the plan: asked by offices and decided by its desk, through the same use cases."""
