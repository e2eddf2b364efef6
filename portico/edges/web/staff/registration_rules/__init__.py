"""Who may register as what: the catalogue at the plan's desk, edited as a whole, and its versions."""
