"""Required reading: what the people of an office have to read, and saying that they did.

A version that has to be read says until when. It concerns the offices it is for: those that take part in one
of its lines and are of one of its kinds. Somebody who acts as two personas of one office reads once; a new
version that has to be read is read anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from portico.domains.library import models, rules, shelf
from portico.domains.library.models import Acknowledgement, Version
from portico.domains.library.rows import DOCUMENT, UnknownDocument
from portico.domains.library.wording import LINE, OFFICE_TYPE
from portico.domains.notifications import notices
from portico.domains.offices import reached
from portico.domains.offices.reached import Standing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

NOTICE: Final = "required_reading"
MOST: Final = 200
Limits = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Required:
    """A version that has to be read, and when whoever asks said to have read it."""

    key: str
    number: int
    title: str
    must_read_by: date
    published_at: datetime
    read_at: datetime | None

    def is_late(self, today: date) -> bool:
        """Is it not read, and the last day for it past?"""
        return self.read_at is None and self.must_read_by < today


def mine(*, actor: Actor) -> tuple[Required, ...]:
    """What the actor's office has to read: first what this person has not, the most urgent first."""
    with permit(actor, Function.LIBRARY) as given:
        rows = _of_office(actor)
        read = _read_by(actor, rows)
        found = [required(row, read.get(row.pk)) for row in rows]
        given.conclude("required_reading_listed")
    return tuple(sorted(found, key=lambda each: (each.read_at is not None, each.must_read_by, each.key)))


def acknowledge(*, actor: Actor, key: str, number: int) -> bool:
    """Say to have read a version; False where that was said before. Raises UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY) as given:
        row = next((each for each in _of_office(actor) if _is(each, key, number)), None)
        is_new = _acknowledge(actor, row) if row else False
        if row is not None:
            given.note_subject(DOCUMENT, key)
        given.conclude(("acknowledged" if is_new else "acknowledged_before") if row else "not_found")
    if row is None:
        raise UnknownDocument(key)
    return is_new


def state_of(*, actor: Actor, key: str, number: int) -> Required | None:
    """Whether this version is required reading of the actor's office, and read; for the page of it.

    None where it is not, and for whoever is of no office. Nothing of anybody else is in it.
    """
    if actor.office_id is None or shelf.opened_by(actor) is not Function.LIBRARY:
        return None
    with permit(actor, Function.LIBRARY) as given:
        versions = current(actor.asked_at, actor.today).filter(document__key=key, number=number)
        rows = for_office(actor.office_id, list(versions), on=actor.today)
        found = required(rows[0], _read_by(actor, rows).get(rows[0].pk)) if rows else None
        given.conclude("required_reading" if found else "not_required")
    return found


def tell(*, actor: Actor) -> bool:
    """Tell the offices of one version they have to read; True while more may wait. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        row = current(actor.asked_at, actor.today).filter(told_at=None).first()
        if row is not None:
            limits = shelf.limits_of([row.pk])[row.pk]
            offices = concerned(limits, reached.standings(on=actor.today))
            context = {DOCUMENT: row.document.key}
            notices.tell_offices(office_ids=offices, kind=NOTICE, context=context, now=actor.asked_at)
            Version.objects.filter(pk=row.pk).update(told_at=actor.asked_at)
        given.conclude("required_reading_told" if row else "nothing_to_tell")
    return row is not None


def is_due(*, actor: Actor) -> bool:
    """Is there a version that offices have to read and were not told of?"""
    return current(actor.asked_at, actor.today).filter(told_at=None).exists()


def current(at: datetime, today: date) -> "QuerySet[Version]":
    """Every version that has to be read now, in force or ahead, with its document; the newest first."""
    rows = shelf.standing(at, today).filter(must_read_by__isnull=False)
    return rows.select_related("document").defer("body").order_by("-publish_at", "-pk")


def for_office(office_id: int, rows: Collection[Version], *, on: date) -> list[Version]:
    """Those of these versions that are for the office."""
    if not rows:
        return []
    standings = reached.standings(on=on, office_id=office_id)
    limits = shelf.limits_of([row.pk for row in rows])
    return [row for row in rows if office_id in concerned(limits[row.pk], standings)]


def concerned(limits: Limits, standings: Mapping[int, Standing]) -> frozenset[int]:
    """Those of these offices that something so limited is for."""
    return frozenset(number for number, standing in standings.items() if _is_for(limits, standing))


def required(row: Version, read_at: datetime | None) -> Required:
    """A version that has to be read, as a page shows it."""
    by = row.must_read_by or row.first_on
    return Required(row.document.key, row.number, row.title, by, row.publish_at or row.changed_at, read_at)


def _is_for(limits: Limits, standing: Standing) -> bool:
    own = {LINE: standing.lines, OFFICE_TYPE: (standing.kind,)}
    return not rules.outside(limits, own)


def _of_office(actor: Actor) -> list[Version]:
    if actor.office_id is None:
        return []
    rows = current(actor.asked_at, actor.today)[:MOST]
    return for_office(actor.office_id, list(rows), on=actor.today)


def _read_by(actor: Actor, rows: Collection[Version]) -> dict[int, datetime]:
    said = Acknowledgement.objects.filter(
        version__in=[row.pk for row in rows], user_id=actor.user_id or 0, office_id=actor.office_id
    )
    return dict(said.order_by("-made_at").values_list("version", "made_at"))


def _is(row: Version, key: str, number: int) -> bool:
    return row.document.key == key and row.number == number


def _acknowledge(actor: Actor, row: Version) -> bool:
    if row.pk in _read_by(actor, [row]):
        return False
    _, is_new = models.Acknowledgement.objects.get_or_create(
        version=row,
        persona_id=actor.persona_id or 0,
        defaults={
            "user_id": actor.user_id or 0,
            "office_id": actor.office_id,
            "made_at": actor.asked_at,
        },
    )
    return is_new
