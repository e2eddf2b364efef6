"""Where ZIP codes lie: loaded from a list of them, and asked for by who measures distances."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portico.domains.directory import models
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SentZipCode:
    """One row of the list: the middle of a ZIP code's area, in degrees."""

    place: int
    code: str
    latitude: float
    longitude: float


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentZipCode],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of the list, as `members.enrolment.load` does. Raises NotPermitted."""
    del as_of, is_last
    with permit(actor, Function.LOADING) as given:
        wanted = {(r.code,): {"latitude": r.latitude, "longitude": r.longitude} for r in rows}
        held = models.ZipCode.objects.filter(code__in=[code for (code,) in wanted])
        touched = loading.upsert(leased, held=held, key=("code",), wanted=wanted).touched if rows else ()
        settle(given, [_fate(row, (row.code,) in touched) for row in rows])
        given.conclude("loaded")


def of(codes: Collection[str]) -> Mapping[str, Position]:
    """Where these ZIP codes lie, by their five digits; an unknown one is absent. One query."""
    rows = models.ZipCode.objects.filter(code__in=codes)
    return {code: (lat, lon) for code, lat, lon in rows.values_list("code", "latitude", "longitude")}


def _fate(row: SentZipCode, is_touched: bool) -> Fate:
    return Fate(row.place, RowOutcome.ACCEPTED if is_touched else RowOutcome.UNCHANGED)
