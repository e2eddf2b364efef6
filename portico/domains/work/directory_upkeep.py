"""Work items of the plan from the directory: entries nobody confirmed, and changes the file contradicted.

An item of entries is opened for each tax ID and each time its entries lapse, and closed by itself once all of
them are confirmed; one of a change is opened once. One that somebody closed is not opened again.
"""

from collections.abc import Mapping
from typing import Final

from portico.domains.directory import attesting_clock, publishing
from portico.domains.offices import account_tax_ids
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.work import models
from portico.shared import identifiers

UNCONFIRMED: Final = "directory_unconfirmed"
CONTRADICTED: Final = "directory_contradicted"
Wanted = Mapping[tuple[str, str], int | None]
"""Kind and subject of each item there is to be, and the number of the office."""


def keep(*, actor: Actor) -> int:
    """Open what is missing, close what is over; answers how many were opened. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        wanted, state = _wanted(), models.Item.State
        over = [row.pk for row in _open_ones() if (row.kind, row.subject) not in wanted]
        models.Item.objects.filter(pk__in=over).update(state=state.DONE, done_at=actor.asked_at)
        missing = _missing(wanted)
        models.Item.objects.bulk_create(
            models.Item(
                reference=identifiers.new_reference(),
                kind=kind,
                subject=subject,
                office_id=wanted[kind, subject],
                opened_at=actor.asked_at,
                last_asked_at=actor.asked_at,
            )
            for kind, subject in missing
        )
        given.conclude("directory_items_opened" if missing else "directory_items_kept")
        return len(missing)


def is_due() -> bool:
    """Is an item missing, or open for what is settled?"""
    wanted = _wanted()
    return bool(_missing(wanted)) or any((row.kind, row.subject) not in wanted for row in _open_ones())


def _wanted() -> Wanted:
    since = attesting_clock.unconfirmed()
    offices = account_tax_ids.offices_of(since)
    lapsed = {
        (UNCONFIRMED, f"{tax_id} since {on.isoformat()}"): offices.get(tax_id) for tax_id, on in since.items()
    }
    return {**lapsed, **{(CONTRADICTED, key): office for key, office in publishing.contradicted().items()}}


def _missing(wanted: Wanted) -> list[tuple[str, str]]:
    """Those that were never opened."""
    rows = models.Item.objects.filter(kind__in=(UNCONFIRMED, CONTRADICTED))
    return sorted(set(wanted) - set(rows.values_list("kind", "subject")))


def _open_ones() -> list[models.Item]:
    return list(models.Item.objects.filter(kind=UNCONFIRMED, state=models.Item.State.OPEN))
