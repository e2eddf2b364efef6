"""Who asks about requests in tests, and what."""

from typing import Any

from portico.domains.authorizations.asked import Asked
from portico.domains.permits.actors import Actor, Standing
from portico.domains.permits.functions import Function
from tests.support import actors, patients
from tests.support.cast import FOREIGN, OWN, SECOND

ALL = (
    Function.AUTHORIZATION_INQUIRY,
    Function.AUTHORIZATION_SUBMISSION,
    Function.REFERRALS,
)


def clerk(*functions: Function, **limits: Any) -> Actor:
    """Somebody of our office with all that is to do with requests in every line, unless said otherwise."""
    told = {"lines": None, **limits}
    held = [actors.grant(each, number=place, **told) for place, each in enumerate(functions or ALL, 1)]
    return actors.front_desk(*held)


def elsewhere(tax_id: str = FOREIGN, **changes: Any) -> Actor:
    """The same of another office."""
    held = [
        actors.grant(each, number=place, lines=None, tax_ids=frozenset({tax_id}))
        for place, each in enumerate(ALL, 1)
    ]
    standing = Standing(tax_ids=frozenset({tax_id}), participating=frozenset({tax_id}))
    told = {"office_id": 32, "persona_id": 22, "user_id": 13, "standing": standing, **changes}
    return actors.front_desk(*held, **told)


def asked(**facts: Any) -> Asked:
    """Zephyrine's requests under our tax ID."""
    return Asked(**{"tax_id": OWN, "member_id": patients.ZEPHYRINE, **facts})


BOTH_TAX_IDS = frozenset({OWN, SECOND})
