"""The FHIR server as applications meet it: rows of several domains, asked through its addresses."""
