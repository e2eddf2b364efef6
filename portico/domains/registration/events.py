"""What happened to an application, row by row: what the desk reads, and what the clock of the goal runs by.

Notes are for the plan alone and sealed for their row.
"""

from enum import StrEnum

from django.conf import settings

from portico.domains.permits.permit import Permit
from portico.domains.registration import models


class Kind(StrEnum):
    """What happened; `code` says more where it stands behind the arrow."""

    SUBMITTED = "submitted"
    MATCHED = "matched"
    CHANGED = "changed"
    """-> the claimed field the applicant corrected; the note is what stood there before."""
    HANDED_IN = "handed_in"
    """-> the kind of the document."""
    CORRECTED = "corrected"
    """The applicant has finished correcting: the plan's clock runs again. -> the reason that is left."""
    CHECKED = "checked"
    """-> the field somebody of the plan gave their word on."""
    ASSIGNED = "assigned"
    NOTED = "noted"
    RETURNED = "returned"
    """The desk asks for more: the plan's clock stands still. -> the reason."""
    MISSING = "missing"
    """Beside a `returned` of the same instant -> one thing that is missing."""
    SECONDED = "seconded"
    """A first yes; another person has to say it too."""
    APPROVED = "approved"
    DENIED = "denied"
    """-> the reason."""
    RECOGNISED = "recognised"
    LOST = "lost"
    """It matched or was approved, and did not open: -> the reason, or the field that is otherwise now."""
    WITHDRAWN = "withdrawn"
    """Somebody of the plan took a match or an approval back; the note says why."""
    REISSUED = "reissued"
    LINK_SENT = "link_sent"
    COMPLETED = "completed"
    LAPSED = "lapsed"


def note(
    given: Permit, application: models.Application, kind: Kind, *, code: str = "", text: str = ""
) -> models.Event:
    """Keep that it happened now, by whoever asks (an applicant is nobody); `text` is for the plan alone."""
    row = models.Event.objects.create(
        application=application, kind=kind, code=code, at=given.actor.asked_at, by=given.actor.user_id
    )
    if text:
        row.sealed = settings.PORTICO_VAULT.seal(text, place=_place(row))
        row.save(update_fields=["sealed"])
    return row


def text(row: models.Event) -> str:
    """The note of an event; "" where it has none. Raises vault.CannotOpen."""
    if row.sealed is None:
        return ""
    said: str = settings.PORTICO_VAULT.open(bytes(row.sealed), place=_place(row))
    return said


def missing(application: models.Application) -> tuple[str, ...]:
    """What was missing when the application was returned last."""
    at = application.returned_at
    if at is None:
        return ()
    rows = models.Event.objects.filter(application=application, kind=Kind.MISSING, at=at)
    return tuple(rows.order_by("pk").values_list("code", flat=True))


def sent_back_for(application: models.Application) -> str:
    """The code of why the application was returned last; "" where it never was."""
    at = application.returned_at
    if at is None:
        return ""
    rows = models.Event.objects.filter(application=application, kind=Kind.RETURNED, at=at)
    return rows.order_by("-pk").values_list("code", flat=True).first() or ""


def is_in_hands(application: models.Application) -> bool:
    """Has somebody of the plan given a word on it, said yes to it, or taken it back?"""
    kinds = (Kind.CHECKED, Kind.SECONDED, Kind.APPROVED, Kind.WITHDRAWN)
    return models.Event.objects.filter(application=application, kind__in=kinds, by__isnull=False).exists()


def changes(application: models.Application) -> int:
    """How many fields the applicant has corrected, each time counted."""
    return models.Event.objects.filter(application=application, kind=Kind.CHANGED).count()


def has_changed(application: models.Application) -> bool:
    """Did the applicant correct or hand in something that nobody was told of yet?"""
    since = application.returned_at or application.submitted_at
    return models.Event.objects.filter(
        application=application, kind__in=(Kind.CHANGED, Kind.HANDED_IN), at__gte=since
    ).exists()


def _place(row: models.Event) -> str:
    return f"registration.event.sealed:{row.pk}"
