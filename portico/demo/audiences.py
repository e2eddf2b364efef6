"""The demo's other sign-in: the members' site, which knows two members."""

import hmac
from typing import Final

MEMBERS: Final = {"mira.solberg": "sunflowers-by-the-gate-9", "otis.brandvold": "a-boat-called-patience-3"}


class Directory:
    """Says whose account a name and password open (portico.domains.accounts.signing_in.audiences)."""

    def audience_of(self, username: str, password: str) -> str | None:
        """A member, where it is one of the two; nobody else."""
        expected = MEMBERS.get(username.strip().casefold())
        is_right = hmac.compare_digest((expected or "").encode(), password.encode())
        return "member" if expected is not None and is_right else None
