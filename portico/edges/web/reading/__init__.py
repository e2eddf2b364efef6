"""Reading the library: documents and their versions, topics, help, what one follows and has to read."""
