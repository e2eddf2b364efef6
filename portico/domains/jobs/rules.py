"""When a job is tried again, and when it is given up. Pure."""

from datetime import timedelta
from enum import StrEnum

MOST_ATTEMPTS = 5
MOST_COUNTED = 1000
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class RowOutcome(StrEnum):
    """What became of one row of a file."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    FLAGGED = "flagged"
    UNCHANGED = "unchanged"


def counted(attempts: int) -> int:
    """One try more; a recurring job may fail for ever, so counting ends somewhere."""
    return min(attempts + 1, MOST_COUNTED)


def may_try_again(attempts: int) -> bool:
    """May a job be tried once more after `attempts` tries without any progress in between?"""
    return attempts < MOST_ATTEMPTS


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the given number of tries: 5 s, doubled each time, at most 10 minutes."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(max(attempts - 1, 0), 20))
