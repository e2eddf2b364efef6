"""Second factors: authenticators, passkeys, recovery codes, and what happens when they are lost."""
