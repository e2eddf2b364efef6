"""What is different between two wordings of a document: by passage, by list item, by table cell. Pure."""
