"""How fresh the plan's feeds are: noted by every load, shown with every answer."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from portico.domains.jobs import undo
from portico.domains.jobs.leases import Leased
from portico.domains.permits.permit import Permit
from portico.domains.plan import models
from portico.shared import prepared


class Feed(StrEnum):
    """The feeds of the core system, and the lists the plan loads beside them."""

    ENROLMENT = "enrolment"
    PROVIDERS = "providers"
    BENEFITS = "benefits"
    ACCUMULATORS = "accumulators"
    REMITTANCES = "remittances"
    CLAIMS = "claims"
    LICENCES = "licences"
    EXCLUSIONS = "exclusions"


def note(given: Permit, *, feed: Feed, as_of: datetime, leased: Leased | None = None) -> None:
    """Remember that `feed` is now true as of `as_of`; an older file does not turn it back.

    A file from the future is true as of now: else no later one could say better. `leased`: the load that is
    to turn it back when it is taken back itself.
    """
    now = given.actor.asked_at
    known = min(as_of, now)
    row, is_new = models.Freshness.objects.get_or_create(
        feed=feed, defaults={"as_of": known, "loaded_at": now}
    )
    if leased is not None:
        _note_way_back(leased, row, is_new=is_new, known=known)
    held = models.Freshness.objects.filter(feed=feed)
    held.filter(loaded_at__lt=now).update(loaded_at=now)
    held.filter(as_of__lt=known).update(as_of=known)


def _note_way_back(leased: Leased, row: models.Freshness, *, is_new: bool, known: datetime) -> None:
    if is_new:
        undo.note_insert(leased, models.Freshness, [row.pk])
    elif row.as_of < known:
        undo.note_update(leased, models.Freshness, {row.pk: {"as_of": row.as_of}})


_EVERY_FEED = prepared.Query(
    lambda: models.Freshness.objects.values_list("feed", "as_of"), may_be_remembered=True
)


def of() -> Mapping[str, datetime]:
    """As of when each feed is true, by feed; a feed never loaded is absent."""
    return dict(_EVERY_FEED.rows())
