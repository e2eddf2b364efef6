"""Whose licence it is here: one open owner each, by the database's own constraint."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from portico.domains.permits.permit import Permit
from portico.domains.registration import models


class Claimed(Exception):
    """Somebody else owns the licence."""


def is_claimed(state: str, key: str) -> bool:
    """Does somebody own this licence? `key` as claims.licence_key makes it; nobody owns none ("")."""
    return claimed_since(state, key) is not None


def claimed_since(state: str, key: str) -> datetime | None:
    """Since when somebody owns this licence; None: nobody does."""
    return _open(state, key).values_list("since", flat=True).first() if key else None


def claim(given: Permit, application: models.Application, *, office_id: int, user_id: int) -> None:
    """Make the user the owner of the application's licence, where it names one. Raises Claimed.

    Of many who claim it at the same moment one has it: the others wait for that one, and are told.
    """
    if not application.licence_key:
        return
    row = models.LicenceOwner(
        state=application.licence_state,
        key=application.licence_key,
        application=application,
        office_id=office_id,
        user_id=user_id,
        since=given.actor.asked_at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if not is_claimed(row.state, row.key):
            raise
        raise Claimed from error


def give_up(given: Permit, application: models.Application) -> tuple[int, ...]:
    """End the ownership that the plan's desk knew of as it approved; answers its office, if there is any."""
    known = _open(application.licence_state, application.licence_key).filter(
        since__lte=application.decided_at
    )
    held = known.select_for_update().first()
    if held is None:
        return ()
    held.until = given.actor.asked_at
    held.save(update_fields=["until"])
    return (held.office_id,)


def _open(state: str, key: str) -> QuerySet[models.LicenceOwner]:
    return models.LicenceOwner.objects.filter(state=state, key=key, until__isnull=True)
