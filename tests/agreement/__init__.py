"""One question, five doors, one answer: pages, files sent in, X12 at once and in batches, FHIR."""
