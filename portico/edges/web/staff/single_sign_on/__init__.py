"""Single sign-on at the plan's desk: which providers are trusted, and whom they know."""
