"""Who keeps an office's house: its administrators, their successor, and an office that has lost them all."""
