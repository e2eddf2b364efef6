"""How often somebody may try to prove who they are, how long a proof holds, how a contact is masked. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portico.domains.permits.verification import REACTIVATED, Verification

MOST_TRIES: Final = 5
BLOCK: Final = timedelta(hours=1)
CODE_LIFE: Final = timedelta(minutes=15)
CODE_SIGNS: Final = 8
MOST_SENDS: Final = 3
SENDS_WITHIN: Final = timedelta(hours=1)
KEEP_DOCUMENTS: Final = timedelta(days=30)
LONGEST_WHY: Final = 300
_HIDDEN: Final = "•••"


class Way(StrEnum):
    """How somebody on file is reached, or what a choice leads to."""

    MAIL = "mail"
    TELEPHONE = "telephone"
    FAX = "fax"
    PROVIDER = "provider"


class Refusal(StrEnum):
    """Why the plan did not take a proof; the words, and what to do, are the edges'."""

    UNREADABLE = "unreadable"
    OTHER_NAME = "other_name"
    OUT_OF_DATE = "out_of_date"
    NOT_ENOUGH = "not_enough"
    NOT_REACHED = "not_reached"
    NOT_KNOWN_THERE = "not_known_there"


@dataclass(frozen=True, slots=True)
class Tries:
    """Misses so far, and until when no other try is looked at."""

    count: int = 0
    blocked_until: datetime | None = None


def is_blocked(tries: Tries, at: datetime) -> bool:
    """Is no try looked at now? The end itself is open again."""
    return tries.blocked_until is not None and at < tries.blocked_until


def after_miss(tries: Tries, at: datetime) -> Tries:
    """One miss more; the fifth blocks for an hour. What is tried in that hour changes nothing."""
    if is_blocked(tries, at):
        return tries
    count = anew(tries, at).count + 1
    return Tries(count, at + BLOCK if count >= MOST_TRIES else None)


def anew(tries: Tries, at: datetime) -> Tries:
    """The tries as they count at `at`: a block that has ended has taken its misses with it."""
    ended = tries.blocked_until is not None and not is_blocked(tries, at)
    return Tries() if ended else tries


def recent(sent: Iterable[str], at: datetime) -> list[str]:
    """The sends (instants in ISO form) that still count against the three an hour."""
    return [each for each in sent if at - datetime.fromisoformat(each) < SENDS_WITHIN]


def may_send_at(sent: Sequence[str], at: datetime) -> datetime | None:
    """When another code may be sent; None: now."""
    counting = sorted(recent(sent, at))
    if len(counting) < MOST_SENDS:
        return None
    return datetime.fromisoformat(counting[-MOST_SENDS]) + SENDS_WITHIN


def holds_until(verification: Verification, prover: str) -> datetime | None:
    """When this passed proof stops opening something of what it is asked for; None: it holds for good.

    The instant may lie in the past. Raises KeyError for a prover that was never passed.
    """
    passed = verification.passed[prover]
    rules = (*verification.rules, *verification.as_active)
    asking = [rule for rule in rules if prover in rule.provers]
    ends = [passed + timedelta(days=rule.days) for rule in asking if rule.days]
    reactivated_at = verification.reactivated_at
    if reactivated_at and passed < reactivated_at and any(rule.state == REACTIVATED for rule in asking):
        ends.append(reactivated_at)
    return min(ends, default=None)


def masked(way: str, value: str) -> str:
    """A contact as it is shown to whoever asks: enough to know it again, not enough to learn it.

    A mail address keeps its first sign and its domain, a number its last four digits.
    """
    if way == Way.MAIL:
        name, _, domain = value.partition("@")
        return f"{name[:1]}{_HIDDEN}@{domain}"
    return f"ending {_digits(value)[-4:]}"


def same_contact(way: str, value: str) -> str:
    """The one form of a contact, however it was written on file."""
    return value.strip().casefold() if way == Way.MAIL else _digits(value)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
