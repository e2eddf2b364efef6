"""Which mails there are and what each may say, and when sending is tried again. Pure.

A mail travels in the open, so its context is a closed list of harmless facts per template: counts, days,
references. Names of people, members, offices and providers, identifiers, and secrets do not occur.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)

TEMPLATES: Mapping[str, frozenset[str]] = {
    "new_notices": frozenset({"count"}),
    "machine_changed": frozenset({"kind", "reference"}),
}
"""Each mail by the name of its template, with exactly the facts it is given."""

SAID_IN_THE_OPEN = frozenset({"count", "reference", "deadline_on", "expires_at", "link", "kind"})
"""Every fact that any mail may be given."""

Fact = str | int
Context = Mapping[str, Fact]


class MessageState(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


def wrong_context(template: str, context: Context) -> str | None:
    """What is wrong with a mail as it was asked for: a code, or None where nothing is."""
    expected = TEMPLATES.get(template)
    if expected is None:
        return "unknown_template"
    if context.keys() - expected:
        return "fact_not_allowed"
    return "fact_missing" if expected - context.keys() else None


def may_try_again(attempts: int) -> bool:
    """May a mail be tried once more after `attempts` tries?"""
    return attempts < MOST_ATTEMPTS


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the given number of tries: 30 s, doubled each time, at most an hour."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(max(attempts - 1, 0), 20))
