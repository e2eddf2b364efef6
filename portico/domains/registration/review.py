"""Registrations at the plan's desk: the queue, one case with its files, whose it is, and notes beside it.

What decides on a case is in `deciding`.
"""

from enum import StrEnum

from portico.domains.access import colleagues
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import deciding_rules as rules
from portico.domains.registration import documents, events, models, review_case
from portico.domains.registration.documents import File
from portico.domains.registration.events import Kind
from portico.domains.registration.review_queue import Queue, Row, Which, find, queue
from portico.domains.registration.review_views import Case

__all__ = ["Assigned", "Case", "Queue", "Row", "Which", "assign", "case", "document", "find", "note", "queue"]
OPEN = (
    models.Application.State.SUBMITTED,
    models.Application.State.RETURNED,
    models.Application.State.SECONDING,
)


class Assigned(StrEnum):
    """What came of assigning a case."""

    DONE = "done"
    GONE = "gone"
    NO_COLLEAGUE = "no_colleague"


def case(*, actor: Actor, number: int, lately: bool = False) -> Case | None:
    """One application, waiting or decided; None where there is none of that number.

    `lately`: what will be asked next is sensitive. Raises NotPermitted.
    """
    with permit(actor, Function.REGISTRATION_REVIEW, lately=lately) as given:
        application = _of(given, number)
        if application is None:
            return None
        given.conclude("registration_case_shown")
        return review_case.of(given, application)


def document(*, actor: Actor, number: int, document_id: int) -> File | None:
    """One file of an application; None where there is none such, or it is not known to be clean.

    Raises NotPermitted.
    """
    with permit(actor, Function.REGISTRATION_REVIEW) as given:
        row = models.Document.objects.filter(pk=document_id, application=number).first()
        found = None if row is None else documents.opened(row)
        given.conclude("document_shown" if found else "not_found")
        if row is not None and found is not None:
            given.note_subject("registration", str(number))
            given.note_subject("registration_document", str(row.pk))
        return found


def assign(*, actor: Actor, number: int, to: int | None) -> Assigned:
    """Give an open case to somebody whose desk holds registrations, oneself among them, or (None) to nobody.

    Raises NotPermitted.
    """
    with permit(actor, Function.REGISTRATION_REVIEW) as given:
        application = _of(given, number, hold=True)
        assigned = _assigned(given, application, to)
        given.conclude(f"registration_assign_{assigned}")
        return assigned


def note(*, actor: Actor, number: int, text: str) -> bool:
    """Keep a note with an application, sealed, for the plan alone; False where there is none of that number.

    Raises ValueError for a text that says nothing, or more than 2,000 characters; NotPermitted.
    """
    said = text.strip()
    if not 0 < len(said) <= rules.MOST_NOTE:
        raise ValueError("a note says something, and not too much")
    with permit(actor, Function.REGISTRATION_REVIEW) as given:
        application = _of(given, number)
        if application is None:
            return False
        events.note(given, application, Kind.NOTED, text=said)
        given.conclude("registration_noted")
        return True


def _of(given: Permit, number: int, *, hold: bool = False) -> models.Application | None:
    rows = models.Application.objects.select_for_update() if hold else models.Application.objects.all()
    application = rows.filter(pk=number).first()
    if application is None:
        given.conclude("not_found")
        return None
    given.note_subject("registration", str(application.pk))
    return application


def _assigned(given: Permit, application: models.Application | None, to: int | None) -> Assigned:
    if application is None or application.state not in OPEN:
        return Assigned.GONE
    known = {each.user_id for each in colleagues.holding(given, Function.REGISTRATION_REVIEW)}
    if to is not None and to not in known:
        return Assigned.NO_COLLEAGUE
    application.assigned_to = to
    application.save(update_fields=["assigned_to"])
    events.note(given, application, Kind.ASSIGNED, code="" if to is None else str(to))
    return Assigned.DONE
