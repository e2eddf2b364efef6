"""How a document lives: its material number, its versions' states, and which version was in force when. Pure.

A version is written, looked at by somebody else, and published at an instant. What is published never
changes; the next version takes over on its first day, and of two that begin on one day the one published
later: it corrects the other from its instant on. A scheduled version counts as published from its instant on,
whether or not a worker has got round to noting it.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

MOST_MATERIAL_NUMBER: Final = 24
MOST_BODY: Final = 60_000
"""Signs of a text: some thirty printed pages. A manual is written in chapters."""
MOST_PARTS_DEEP: Final = 6


class State(StrEnum):
    """Where the writing of a version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What somebody does with a version."""

    SAVE = "save"
    SEND = "send"
    TAKE_BACK = "take_back"
    REFUSE = "refuse"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    APPEAR = "appear"
    WITHDRAW = "withdraw"


class Standing(StrEnum):
    """Where a version stands on a day."""

    UNPUBLISHED = "unpublished"
    AHEAD = "ahead"
    IN_FORCE = "in_force"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    OVER = "over"


OPEN: Final = frozenset({State.DRAFT, State.IN_REVIEW})
SETTLED: Final = frozenset({State.SCHEDULED, State.PUBLISHED})
MOVES: Final[Mapping[tuple[State, Move], State]] = {
    (State.DRAFT, Move.SAVE): State.DRAFT,
    (State.DRAFT, Move.SEND): State.IN_REVIEW,
    (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Move.TAKE_BACK): State.DRAFT,
    (State.IN_REVIEW, Move.REFUSE): State.DRAFT,
    (State.IN_REVIEW, Move.SCHEDULE): State.SCHEDULED,
    (State.IN_REVIEW, Move.PUBLISH): State.PUBLISHED,
    (State.SCHEDULED, Move.APPEAR): State.PUBLISHED,
    (State.SCHEDULED, Move.WITHDRAW): State.WITHDRAWN,
}


class Dated(Protocol):
    """A version as far as its days go: its first, and its last (None: until another takes over)."""

    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date | None: ...


class Staged(Dated, Protocol):
    """A version with how far its writing has come, and from when on it may be read."""

    @property
    def state(self) -> str: ...
    @property
    def publish_at(self) -> datetime | None: ...


S = TypeVar("S", bound=Staged)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def material_key(written: str) -> str:
    """A material number as it is looked for: letters and digits alone, `23 – 346 M` as `23346m`."""
    folded = unicodedata.normalize("NFKC", written).casefold()
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())


def after(state: str, move: Move) -> State | None:
    """Which state a move leads to; None: it is not allowed from here."""
    return MOVES.get((State(state), move))


def is_published(version: Staged, at: datetime) -> bool:
    """May it be read at this instant, by those it is for?"""
    return State(version.state) in SETTLED and version.publish_at is not None and version.publish_at <= at


def published(versions: Iterable[S], at: datetime) -> list[S]:
    """Those that may be read at this instant."""
    return [version for version in versions if is_published(version, at)]


def in_force(versions: Iterable[S], on: date) -> S | None:
    """The version in force on a day, among published ones: the latest begun by then, while it lasts.

    Of two that begin on one day it is the one published later. The first day of the next one ends the one
    before, which does not come back after it. Both ends count.
    """
    begun = [version for version in versions if version.first_on <= on]
    latest = max(begun, key=_order, default=None)
    return latest if latest is not None and _lasts(latest, on) else None


def last_day(version: Dated, versions: Iterable[Dated]) -> date | None:
    """The last day a published version is in force: its own, or the day before the next; None: no end yet."""
    later = [other.first_on for other in versions if other.first_on > version.first_on]
    ends = [min(later) - timedelta(days=1)] if later else []
    if version.last_on is not None:
        ends.append(version.last_on)
    return min(ends, default=None)


def is_corrected(version: Staged, versions: Iterable[Staged]) -> bool:
    """Does another of these published ones begin on the same day, published later? That one counts."""
    same_day = (other for other in versions if other.first_on == version.first_on)
    return any(_order(other) > _order(version) for other in same_day)


def state_on(version: S, versions: Sequence[S], *, on: date, at: datetime) -> Standing:
    """Where a version stands on a day, among all of its document, as they may be read at an instant."""
    if not is_published(version, at):
        return Standing.UNPUBLISHED
    beside = published(versions, at)
    if is_corrected(version, beside):
        return Standing.CORRECTED
    if version.first_on > on:
        return Standing.AHEAD
    if any(version.first_on < other.first_on <= on for other in beside):
        return Standing.SUPERSEDED
    return Standing.IN_FORCE if _lasts(version, on) else Standing.OVER


def outside(limits: Mapping[str, Collection[str]], own: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """In which dimensions a version is not for somebody: what it is limited to shares nothing with their own.

    No limit of a dimension: it is for every one. A dimension that `own` does not name is not asked about.
    """
    return tuple(
        dimension
        for dimension, values in sorted(limits.items())
        if values and dimension in own and not set(values).intersection(own[dimension])
    )


def goes_round(key: str, part_of: Mapping[str, str | None]) -> bool:
    """Would this document be a part of itself, through what it is a part of, or lie too deep?"""
    above, depth = part_of.get(key), 0
    while above is not None:
        depth += 1
        if above == key or depth > MOST_PARTS_DEEP:
            return True
        above = part_of.get(above)
    return False


def may_look(*, written_by: int | None, looked_by: int | None) -> bool:
    """May this person answer for it? Not whoever wrote it; what came by a file anybody may."""
    return written_by is None or written_by != looked_by


def _lasts(version: Dated, on: date) -> bool:
    return version.last_on is None or version.last_on >= on


def _order(version: Staged) -> tuple[date, datetime]:
    """By first day, then by instant; no two of a document have both in common (models.Version)."""
    return version.first_on, version.publish_at or _NEVER
