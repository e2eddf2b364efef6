"""Loads the list of excluded individuals and entities, whole each time: the newest says who is excluded.

That a row was on a list is its `as_of`; the list itself is true as of what `freshness` says. So whoever is
missing from a new list counts no more at the moment the last chunk is in, and not before; a list that is
taken back leaves the one before it, as of its own day. A list of which a row could not be read ends nobody's
exclusion: it might be that one. Its other rows count at once, and what it ends is ended once those rows were
taken in.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.domains.registration import list_loading, models
from portico.domains.registration.lists import exclusion_key


@dataclass(frozen=True, slots=True)
class SentExclusion:
    """Somebody who is excluded: a person or, in `last_name`, an organisation. No birth date.

    `told`: what else the row says, which tells it from others and is not kept.
    """

    place: int
    last_name: str
    kind: str
    excluded_on: date
    first_name: str = ""
    is_organization: bool = False
    npi: str = ""
    city: str = ""
    state: str = ""
    reinstated_on: date | None = None
    told: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str]:
        """The digest of what tells the row from others."""
        said = asdict(self)
        names = [name for name in said if name not in ("place", "reinstated_on")]
        text = "\n".join(f"{name}={said[name]}" for name in names)
        return (hashlib.sha256(text.encode()).hexdigest(),)


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentExclusion],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
    is_whole: bool = True,
) -> None:
    """Apply a chunk of the list; `is_whole`: every row of it so far could be read.

    Raises ListToCome, NotPermitted.
    """
    list_loading.check_day(as_of, today=actor.today)
    with permit(actor, Function.LOADING) as given:
        wanted = {
            row.key: {
                "npi": row.npi,
                "name_key": exclusion_key(row.last_name, row.first_name),
                "last_name": row.last_name,
                "first_name": row.first_name,
                "is_organization": row.is_organization,
                "state": row.state,
                "city": row.city,
                "kind": row.kind,
                "excluded_on": row.excluded_on,
                "reinstated_on": row.reinstated_on,
            }
            for row in rows
        }
        touched = list_loading.put(leased, models.Exclusion, ("key",), wanted, as_of)
        if is_last and (is_whole or Feed.EXCLUSIONS not in freshness.of()):
            freshness.note(given, feed=Feed.EXCLUSIONS, as_of=as_of, leased=leased)
        settle(given, [_fate(row, touched) for row in rows])
        given.conclude("loaded")


def _fate(row: SentExclusion, touched: frozenset[tuple[str, ...]]) -> Fate:
    return Fate(row.place, RowOutcome.ACCEPTED if row.key in touched else RowOutcome.UNCHANGED)
