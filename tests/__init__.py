"""What crosses parts: edges agree, the access matrix, conformance, browser journeys, drills."""
