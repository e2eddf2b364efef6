"""An office's recovery as it is kept: opened when its last administrator goes, closed when one is there."""

from portico.domains.access import models
from portico.domains.access.officers import telling
from portico.domains.access.reviews import respite
from portico.domains.permits.permit import Permit

State = models.Recovery.State
OPENED = "office_unadministered"
CLOSED = "office_administered"


def is_open(office_id: int) -> bool:
    """Has the office lost every administrator, and nobody taken over yet?"""
    return models.Recovery.objects.filter(office_id=office_id, ended_at=None).exists()


def hold(office_id: int) -> models.Recovery | None:
    """The office's open recovery, held until the transaction ends; None where there is none."""
    return models.Recovery.objects.select_for_update().filter(office_id=office_id, ended_at=None).first()


def open_one(given: Permit, office_id: int, *, cause: str) -> None:
    """Open the office to recovery, and tell it and its contact; nothing where it is open already."""
    opened = {"cause": cause, "opened_at": given.actor.asked_at}
    row, is_new = models.Recovery.objects.get_or_create(office_id=office_id, ended_at=None, defaults=opened)
    if is_new:
        given.note_subject("recovery", str(row.pk))
        telling.tell_office(given, office_id, OPENED)
        telling.mail_contacts(given, office_id, OPENED)


def close(given: Permit, office_id: int) -> None:
    """End the open recovery because an administrator is there; whoever asked to be one is told."""
    row = hold(office_id)
    if row is None:
        return
    end(given, row, State.CLOSED)
    if row.claimant is not None:
        telling.tell_user(given, row.claimant, CLOSED)


def end(given: Permit, row: models.Recovery, state: str) -> None:
    """End it so. The new administrator has time for a review that fell due meanwhile."""
    row.state, row.ended_at, row.ended_by = state, given.actor.asked_at, given.actor.user_id
    row.save(update_fields=["state", "ended_at", "ended_by"])
    given.note_subject("recovery", str(row.pk))
    respite.give(row.office_id, today=given.actor.today)


def reopen(row: models.Recovery, refusal: str) -> None:
    """Let somebody else ask; `refusal` is why the one before did not get it."""
    row.state, row.last_refusal = State.OPEN, refusal
    row.claimant = row.claimed_at = row.waits_until = row.words = None
    row.proof = ""
    row.save()
