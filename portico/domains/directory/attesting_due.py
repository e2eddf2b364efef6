"""How many directory entries an office has to confirm now, and until when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from portico.domains.audit import uses
from portico.domains.directory import entries
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """How many entries are due, or over; and the first day by which one of them is to be confirmed."""

    count: int
    due_on: date


def of(*, actor: Actor) -> ToConfirm | None:
    """The entries within reach that are to be confirmed now; None where none is. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        due = entries.within_reach(given).filter(entries.is_due(actor.today))
        found = due.aggregate(count=Count("pk"), due_on=Min("attest_by"))
        given.conclude(uses.GLANCED)
        return ToConfirm(**found) if found["count"] else None
