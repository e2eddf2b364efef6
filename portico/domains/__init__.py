"""What Portico decides and remembers; no HTTP, HTML, EDI segments or FHIR JSON here."""
