"""Encounters: files of 837s that groups submit, their edits, mending, reports, and handing on to the core."""
