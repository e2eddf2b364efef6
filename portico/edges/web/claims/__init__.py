"""Check Claim Status: searching for claims, the list, one claim with all that hangs on it, and exports."""
