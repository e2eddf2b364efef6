"""Who may do what: actors, functions, reasons, decisions, and the permit every use case opens."""
