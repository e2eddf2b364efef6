"""For which days, and from when until when as asked, a version is the one in force. Pure.

A version that is published today and begins next month ends the one before only for those who ask after its
instant, and one that begins on the same day as another takes its place only for them. Each stretch says both,
so that the index answers rightly at every instant without being written again: what is scheduled appears by
the clock alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.library import rules
from portico.domains.library.rules import Staged


@dataclass(frozen=True, slots=True)
class Stretch:
    """The version at a place of those given, its last day (None: no end yet), and when this is true.

    True from `known_at` on, and until just before `known_until` (None: for good).
    """

    place: int
    last_on: date | None
    known_at: datetime
    known_until: datetime | None


def of(versions: Sequence[Staged], *, at: datetime) -> Iterator[Stretch]:
    """The stretches of a document's versions that are true at `at` or later; drafts have none."""
    settled = [version for version in versions if version.state in rules.SETTLED]
    for place, version in enumerate(versions):
        if version.state not in rules.SETTLED:
            continue
        instants = _instants(version, settled)
        for known_at, known_until in zip(instants, [*instants[1:], None], strict=True):
            if known_until is None or known_until > at:
                beside = rules.published(settled, known_at)
                if not rules.is_corrected(version, beside):
                    yield Stretch(place, rules.last_day(version, beside), known_at, known_until)


def _instants(version: Staged, versions: Sequence[Staged]) -> list[datetime]:
    """From when on it may be read, and each later instant at which a later version or a correction may."""
    first = version.publish_at
    if first is None:
        return []
    later = {other.publish_at for other in versions if other.first_on >= version.first_on}
    return [first, *sorted(at for at in later if at is not None and at > first)]
