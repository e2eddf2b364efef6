"""Taking away the second factors of somebody who lost them: one person asks, another agrees.

    asked -> agreed: every factor, passkey, recovery code and known browser goes, every session ends
      |`---> refused, or taken back by whoever asked
      `----> over after 72 hours

Who may ask and agree is `access`' business (access.factor_resetting); these are called within its permits.
That the two are not one person the database says too.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.signing_in import sessions
from portico.domains.notifications import outbox
from portico.domains.permits.permit import Permit

LASTS = timedelta(hours=72)
MAIL = "factors_reset"
LONGEST_WHY = 300
MOST_SHOWN = 100
_FACTORS = (models.Factor, models.Passkey, models.RecoveryCode, models.KnownDevice)


@dataclass(frozen=True, slots=True)
class Request:
    """A reset that was asked for and is not decided; `why` is the asker's own words."""

    number: int
    user_id: int
    username: str
    name: str
    why: str
    asked_by: int
    asker: str
    asked_at: datetime
    until: datetime


def ask(given: Permit, user_id: int, *, by: int, why: str) -> int | None:
    """Ask for it as the user `by`, and answer the request's number; None while another one is open."""
    at = given.actor.asked_at
    over = _undecided().filter(user_id=user_id, asked_at__lte=at - LASTS)
    over.update(decided_at=at, is_approved=False)
    request, is_new = models.FactorReset.objects.get_or_create(
        user_id=user_id,
        decided_at=None,
        defaults={"why": why, "asked_by": by, "asked_at": at},
    )
    if is_new:
        _tell(given, user_id, "asked")
    return request.pk if is_new else None


def approve(given: Permit, number: int) -> bool:
    """Agree, and take the factors away; False when it was decided, or is over, already."""
    if not _decide(given, number, is_approved=True):
        return False
    user_id = models.FactorReset.objects.values_list("user_id", flat=True).get(pk=number)
    for table in _FACTORS:
        table.objects.filter(user_id=user_id).delete()
    models.User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)
    sessions.end_all(given, user_id)
    _tell(given, user_id, "done")
    return True


def refuse(given: Permit, number: int) -> bool:
    """Refuse it, or take one's own back; False when it was decided, or is over, already."""
    return _decide(given, number, is_approved=False)


def open_one(given: Permit, user_id: int) -> Request | None:
    """The request about that user that waits for a second person; None where there is none."""
    return next(iter(_requests(given, _open(given).filter(user_id=user_id))), None)


def open_ones(
    given: Permit, *, among: "QuerySet[Any, Any] | None" = None, size: int = MOST_SHOWN
) -> tuple[Request, ...]:
    """Those that wait, the oldest first; of users whose numbers are `among` where that is given."""
    found = _open(given) if among is None else _open(given).filter(user_id__in=among)
    return _requests(given, found.order_by("pk")[:size])


def has_any(user_id: int) -> bool:
    """Has the user anything that could be taken away?"""
    return any(table.objects.filter(user_id=user_id).exists() for table in _FACTORS)


def was_there(user_id: int, at: datetime) -> bool:
    """Had the user done the steps of the first sign-in by then?"""
    return models.User.objects.filter(pk=user_id, activated_at__lte=at).exists()


def _undecided() -> "QuerySet[models.FactorReset]":
    return models.FactorReset.objects.filter(decided_at=None)


def _open(given: Permit) -> "QuerySet[models.FactorReset]":
    return _undecided().filter(asked_at__gt=given.actor.asked_at - LASTS)


def _decide(given: Permit, number: int, *, is_approved: bool) -> bool:
    """One of two who decide at the same moment does: the row is changed while it is undecided."""
    decided = {"decided_by": given.actor.user_id, "decided_at": given.actor.asked_at}
    return bool(_open(given).filter(pk=number).update(**decided, is_approved=is_approved))


def _tell(given: Permit, user_id: int, kind: str) -> None:
    email = models.User.objects.values_list("email", flat=True).get(pk=user_id)
    with suppress(ValidationError):
        outbox.enqueue(to=email, template=MAIL, context={"kind": kind, "reference": given.reference})


def _requests(given: Permit, found: "QuerySet[models.FactorReset]") -> tuple[Request, ...]:
    rows = list(found.select_related("user"))
    askers = models.User.objects.in_bulk([row.asked_by for row in rows])
    return tuple(_request(row, askers.get(row.asked_by)) for row in rows)


def _request(row: models.FactorReset, asker: models.User | None) -> Request:
    return Request(
        number=row.pk,
        user_id=row.user_id,
        username=row.user.username,
        name=_name(row.user),
        why=row.why,
        asked_by=row.asked_by,
        asker=_name(asker) if asker else "",
        asked_at=row.asked_at,
        until=row.asked_at + LASTS,
    )


def _name(user: models.User) -> str:
    return f"{user.first_name} {user.last_name}".strip()
