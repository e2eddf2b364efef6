"""Numbers a request is followed by: 16 random Crockford characters and one more that notices a slip.

The check is Luhn's rule with 32 signs instead of ten, over Crockford's values: every mistyped sign is
noticed, and every swap of two neighbours but that of 0 and Z. It is shown once, and kept as a keyed hash.
"""

from typing import Final

from django.conf import settings

from portico.shared import identifiers
from portico.shared.identifiers import CROCKFORD, BadIdentifier

LENGTH: Final = 16
APPLICATION: Final = "transaction id"
_SIGNS: Final = len(CROCKFORD)


def new() -> str:
    """An unguessable number of 80 random bits, 17 characters."""
    return of(identifiers.new_reference(LENGTH))


def of(body: str) -> str:
    """The number that these 16 Crockford characters are, with its check."""
    return body + CROCKFORD[-_sum(body, doubled=0) % _SIGNS]


def parse(typed: str) -> str:
    """What was typed, in canonical form: look-alikes mapped, spaces and dashes dropped.

    Raises BadIdentifier: transaction_id_format when it is none, transaction_id_check when it was mistyped.
    """
    found = identifiers.parse_reference(typed)
    if len(found) != LENGTH + 1 or not set(found) <= set(CROCKFORD):
        raise BadIdentifier("transaction_id_format", "A transaction ID has 17 letters and digits.")
    if _sum(found, doubled=1) % _SIGNS:
        raise BadIdentifier(
            "transaction_id_check", "This transaction ID was mistyped. Check each letter and digit."
        )
    return found


def shown(transaction_id: str) -> str:
    """The number as people read it: ABCD-EFGH-JKMN-PQRS-T."""
    return identifiers.group_reference(transaction_id)


def index(transaction_id: str, *, purpose: str = APPLICATION) -> bytes:
    """The keyed hash it is found by, 16 bytes; another purpose gives another one."""
    made: bytes = settings.PORTICO_VAULT.index(transaction_id, purpose=purpose)
    return made


def _sum(signs: str, *, doubled: int) -> int:
    """Luhn's sum, counted from the right; the places that are even after `doubled` count twice."""
    values = (CROCKFORD.index(sign) for sign in reversed(signs))
    return sum(
        sum(divmod(value * 2, _SIGNS)) if place % 2 == doubled else value
        for place, value in enumerate(values)
    )
