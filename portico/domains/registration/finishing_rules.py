"""How long somebody may take to come in, and how often they may try. Pure.

matched  --- 24 hours ---> lapsed
approved --- 30 days, each link of them 24 hours ---> lapsed a day later, when the last link is over
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from portico.domains.registration.claims import Field, Finding, Reason
from portico.domains.registration.deciding_rules import Held, is_settled

MATCH_LASTS: Final = timedelta(hours=24)
"""A match says what stood in the provider file at that moment; later it has to be compared anew."""
APPROVAL_LASTS: Final = timedelta(days=30)
LINK_LASTS: Final = timedelta(hours=24)
LINK_BYTES: Final = 32
MOST_WRONG_IDS: Final = 5
MOST_LINKS_A_DAY: Final = 5
DAY: Final = timedelta(days=1)
CODE_DIGITS: Final = 6
CODE_LASTS: Final = timedelta(minutes=15)
MOST_CODES: Final = 3
MOST_WRONG_CODES: Final = 5
TOLD: Final = frozenset({Reason.LICENCE_CLAIMED, Reason.OFFICE_EXISTS})
"""Somebody else came first: that is told. Of all else that changed, the applicant learns only that it did."""
_AGAINST: Final = frozenset({(Field.EXCLUSIONS, Finding.EXCLUDED), (Field.LICENCE_LIST, Finding.NOT_ACTIVE)})


def is_match_fresh(matched_at: datetime | None, now: datetime) -> bool:
    """May a match still be completed? Its last instant is too late."""
    return matched_at is not None and now < matched_at + MATCH_LASTS


def may_have_link(decided_at: datetime | None, now: datetime) -> bool:
    """Is an approval young enough for another link? Its last instant is too late."""
    return decided_at is not None and now < decided_at + APPROVAL_LASTS


def turned(fields: Iterable[Held]) -> tuple[Field, ...]:
    """The fields that are not settled and come to something else than when the yes was said.

    What a list says against somebody counts whatever it came to then. Exclusions stand first.
    """
    found = [held.field for held in fields if not is_settled(held) and _has_turned(held)]
    return tuple(sorted(found, key=lambda field: field is not Field.EXCLUSIONS))


def is_open(*, expires_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Does a link still work? Its last instant is too late."""
    return ended_at is None and now < expires_at


def _has_turned(held: Held) -> bool:
    return held.then not in (None, held.now) or (held.field, held.now) in _AGAINST


def new_link_secret() -> str:
    """The secret of a link: 256 bits, fit for an address."""
    return secrets.token_urlsafe(LINK_BYTES)


def new_code() -> str:
    """A code of six digits, to be typed."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
