"""Finding in the library: an index of this node, what a question means, and what answers it best."""
