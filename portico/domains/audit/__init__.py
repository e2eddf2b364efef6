"""One row per use of the portal: who asked what, about whom, what came of it; sealed by a signed chain."""
