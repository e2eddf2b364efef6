"""Whether two descriptions may be of one person, and what differs where they are not. Pure."""

from datetime import date
from typing import NamedTuple

from portico.domains.members.asked import NoAnswer


class Known(NamedTuple):
    """What is known of a person: names as they are compared (shared.names); empty or None is unknown."""

    last_key: str
    first_key: str
    birth_date: date | None


def differences(held: Known, sent: Known) -> tuple[NoAnswer, ...]:
    """What was sent and differs from what is held; empty when they agree.

    What was not sent differs from nothing. First names agree when one begins with the other, since an
    office may send an initial. A birth date the plan does not hold differs from any.
    """
    last_differs = bool(sent.last_key) and sent.last_key != held.last_key
    first_differs = bool(sent.first_key) and not _begins_alike(sent.first_key, held.first_key)
    birth_differs = sent.birth_date is not None and sent.birth_date != held.birth_date
    found = []
    if last_differs or first_differs:
        found.append(NoAnswer.NAME_DIFFERS)
    if birth_differs:
        found.append(NoAnswer.BIRTH_DATE_DIFFERS)
    return tuple(found)


def _begins_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
