"""Offices open to recovery, as nobody administers them: a work item of the plan for each of them."""

from portico.domains.access.officers import watching
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.work import models
from portico.shared import identifiers

KIND = "office_without_administrator"


def keep(*, actor: Actor) -> int:
    """Open an item for each such office that has none, close those of the others; answers how many are open.

    Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        offices, state = watching.vacant(), models.Item.State
        held = models.Item.objects.filter(kind=KIND, state=state.OPEN)
        held.exclude(subject__in=offices).update(state=state.DONE, done_at=actor.asked_at)
        known = set(held.values_list("subject", flat=True))
        missing = {key: number for key, number in offices.items() if key not in known}
        models.Item.objects.bulk_create(_item(actor, *each) for each in sorted(missing.items()))
        given.conclude("offices_without_administrator" if offices else "every_office_administered")
        return len(offices)


def is_due() -> bool:
    """Is an item missing, or open for an office that is administered again?"""
    held = models.Item.objects.filter(kind=KIND, state=models.Item.State.OPEN)
    return set(watching.vacant()) != set(held.values_list("subject", flat=True))


def _item(actor: Actor, key: str, office_id: int) -> models.Item:
    return models.Item(
        reference=identifiers.new_reference(),
        kind=KIND,
        subject=key,
        office_id=office_id,
        opened_at=actor.asked_at,
        last_asked_at=actor.asked_at,
    )
