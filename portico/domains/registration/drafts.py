"""What somebody has filled in of a registration so far, found again by their browser's own mark.

Kept sealed for seven days. Once it became an application, the mark still finds that one for an hour, together
with its transaction ID: a second click makes no second application, and the confirmation can be printed. Then
it is forgotten.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import budgets, models
from portico.domains.registration.budgets import Budget

KEPT_FOR: Final = timedelta(days=7)
SUBMITTED_KEPT_FOR: Final = timedelta(hours=1)
MOST_BYTES: Final = 16_384


class TooLong(ValueError):
    """More was typed than a draft holds."""


class AlreadySubmitted(Exception):
    """What stood behind this mark was submitted within the hour; a new registration takes a new mark."""


class TooManyDrafts(Exception):
    """Too many registrations were begun from this network today; `until`: when the next may be."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many registrations were begun from this network")
        self.until = until


@dataclass(frozen=True, slots=True)
class Became:
    """The application that a draft became, and its transaction ID."""

    application_id: int
    transaction_id: str = field(repr=False)


def read(*, actor: Actor, mark: str) -> Mapping[str, object]:
    """What was filled in so far; nothing for an unknown or empty mark, and once it was submitted."""
    if not mark:
        return {}
    with permit(actor, Function.REGISTRATION) as given:
        row = _of(mark).filter(submitted_at=None, saved_at__gte=actor.asked_at - KEPT_FOR).first()
        given.conclude("draft_restored" if row else "no_draft")
        return _opened(row) if row and row.sealed else {}


def keep(*, actor: Actor, mark: str, values: Mapping[str, object], address: str = "") -> None:
    """Keep these values (fit for JSON) instead of what was kept before.

    `address` is the network address a new draft counts for. Raises TooLong, AlreadySubmitted, TooManyDrafts,
    ValueError without a mark.
    """
    text = json.dumps(dict(values))
    if len(text.encode()) > MOST_BYTES:
        raise TooLong(f"a draft holds {MOST_BYTES} bytes")
    with permit(actor, Function.REGISTRATION) as given:
        fault = _fault(given, mark, address) or _written(given, mark, text)
        given.conclude("draft_not_kept" if fault else "draft_kept")
    if fault is not None:
        raise fault


def drop(*, actor: Actor, mark: str) -> None:
    """Throw away what was filled in; what was submitted stays where it is."""
    if not mark:
        return
    with permit(actor, Function.REGISTRATION) as given:
        count, _ = _of(mark).filter(submitted_at=None).delete()
        given.conclude("draft_discarded" if count else "no_draft")


def hold(given: Permit, mark: str) -> models.Draft:
    """The row of this mark, held until the transaction ends; made where there is none."""
    models.Draft.objects.bulk_create(
        [models.Draft(mark_index=_index(mark), sealed=b"", saved_at=given.actor.asked_at)],
        update_conflicts=True,
        unique_fields=["mark_index"],
        update_fields=["mark_index"],
    )
    return _of(mark).select_for_update().get()


def became(given: Permit, mark: str) -> Became | None:
    """The application that the draft of this mark became within the last hour."""
    row = _of(mark).first() if mark else None
    if row is None or row.application_id is None or not _is_fresh(row, given.actor.asked_at):
        return None
    return Became(row.application_id, str(_opened(row)["transaction_id"]))


def settle(given: Permit, row: models.Draft, application: models.Application, transaction_id: str) -> None:
    """It became this application: nothing of what was typed is kept here any more."""
    row.submitted_at = row.saved_at = given.actor.asked_at
    row.application = application
    row.sealed = _sealed(row, json.dumps({"transaction_id": transaction_id}))
    row.save(update_fields=["submitted_at", "saved_at", "application", "sealed"])


def is_due(*, now: datetime) -> bool:
    """Is there anything to be forgotten?"""
    return _over(now).exists()


def forget(*, actor: Actor) -> int:
    """Drop the drafts of more than seven days ago, and those submitted an hour ago; answers how many."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        count, _ = _over(actor.asked_at).delete()
        given.conclude("forgotten" if count else "nothing_old")
        return count


def _over(at: datetime) -> "QuerySet[models.Draft]":
    old = Q(submitted_at=None, saved_at__lt=at - KEPT_FOR)
    return models.Draft.objects.filter(old | Q(submitted_at__lte=at - SUBMITTED_KEPT_FOR))


def _fault(given: Permit, mark: str, address: str) -> Exception | None:
    """Why nothing is kept, if anything keeps it."""
    at = given.actor.asked_at
    if not mark:
        return ValueError("a draft is kept for a mark")
    row = _of(mark).first()
    if row is not None:
        return AlreadySubmitted() if _is_fresh(row, at) else None
    until = budgets.closed_until(Budget.DRAFT, address, at=at)
    if until is not None:
        return TooManyDrafts(until)
    budgets.spend(Budget.DRAFT, address, at=at)
    return None


def _written(given: Permit, mark: str, text: str) -> AlreadySubmitted | None:
    """Why it was not written after all: it may have been submitted until its row was held."""
    row = hold(given, mark)
    if _is_fresh(row, given.actor.asked_at):
        return AlreadySubmitted()
    row.submitted_at = row.application = None
    row.sealed, row.saved_at = _sealed(row, text), given.actor.asked_at
    row.save(update_fields=["sealed", "saved_at", "submitted_at", "application"])
    return None


def _is_fresh(row: models.Draft, at: datetime) -> bool:
    """Was it submitted less than an hour ago?"""
    return row.submitted_at is not None and at < row.submitted_at + SUBMITTED_KEPT_FOR


def _of(mark: str) -> "QuerySet[models.Draft]":
    return models.Draft.objects.filter(mark_index=_index(mark))


def _index(mark: str) -> bytes:
    made: bytes = settings.PORTICO_VAULT.index(mark, purpose="registration mark")
    return made


def _sealed(row: models.Draft, text: str) -> bytes:
    made: bytes = settings.PORTICO_VAULT.seal(text, place=_place(row))
    return made


def _opened(row: models.Draft) -> dict[str, object]:
    text = settings.PORTICO_VAULT.open(bytes(row.sealed), place=_place(row))
    told: dict[str, object] = json.loads(text)
    return told


def _place(row: models.Draft) -> str:
    """Bound to the row, and to whether it was submitted: neither opens as the other."""
    return f"registration.draft.sealed:{row.pk}:{'submitted' if row.submitted_at else 'open'}"
