"""Who has read what had to be read: an administrator sees the own people, the plan's desks every office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from portico.domains.access import readers
from portico.domains.library import required, shelf
from portico.domains.library.models import Acknowledgement, Version
from portico.domains.library.rows import DOCUMENT, UnknownDocument
from portico.domains.offices import offices, reached
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office, and when they said to have read it; None: not yet."""

    name: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ByPeople:
    """One version that has to be read, and everybody of an office: first those who have not."""

    key: str
    number: int
    title: str
    must_read_by: date
    people: tuple[Person, ...]

    @property
    def read(self) -> int:
        """How many have read it."""
        return sum(person.read_at is not None for person in self.people)


@dataclass(frozen=True, slots=True)
class Counted:
    """One version that has to be read: for how many people, in how many offices, and how many read it."""

    key: str
    number: int
    title: str
    must_read_by: date
    published_at: datetime
    offices: int
    people: int
    read: int


@dataclass(frozen=True, slots=True)
class OfOffice:
    """How many people of an office have read something, of how many."""

    name: str
    read: int
    people: int


@dataclass(frozen=True, slots=True)
class ByOffice:
    """One version that has to be read, office by office: first those where most is missing."""

    counted: Counted
    rows: tuple[OfOffice, ...]


def of_office(*, actor: Actor) -> tuple[ByPeople, ...]:
    """What the actor's office has to read, with each of its people. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        rows = list(required.current(actor.asked_at, actor.today)[: required.MOST])
        wanted = required.for_office(actor.office_id or 0, rows, on=actor.today)
        people = readers.of_office(given)
        said = _said(wanted, actor.office_id or 0)
        found = tuple(_by_people(row, people, said) for row in wanted)
        given.conclude("readership_of_office")
    return found


def of_plan(*, actor: Actor) -> tuple[Counted, ...]:
    """Everything that has to be read now, counted over all offices. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        rows = required.current(actor.asked_at, actor.today)[: required.MOST]
        found = tuple(each.counted for each in _by_office(given, list(rows)))
        given.conclude("readership_of_plan")
    return found


def by_office(*, actor: Actor, key: str, number: int) -> ByOffice:
    """One version that has to be read, office by office. Raises UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        versions = required.current(actor.asked_at, actor.today)
        row = versions.filter(document__key=key, number=number).first()
        [found] = _by_office(given, [row]) if row else [None]
        if found:
            given.note_subject(DOCUMENT, key)
        given.conclude("readership_by_office" if found else "not_found")
    if found is None:
        raise UnknownDocument(key)
    return found


def _said(rows: list[Version], office_id: int) -> Mapping[tuple[int, int], datetime]:
    """When each person of the office first said to have read each version."""
    said = Acknowledgement.objects.filter(version__in=[row.pk for row in rows], office_id=office_id)
    latest_first = said.order_by("-made_at").values_list("version", "user_id", "made_at")
    return {(version, user_id): at for version, user_id, at in latest_first}


def _by_people(
    row: Version, people: tuple[readers.Reader, ...], said: Mapping[tuple[int, int], datetime]
) -> ByPeople:
    shown = [Person(each.name, said.get((row.pk, each.user_id))) for each in people]
    shown.sort(key=lambda person: person.read_at is not None)
    by = row.must_read_by or row.first_on
    return ByPeople(row.document.key, row.number, row.title, by, tuple(shown))


def _by_office(given: Permit, rows: list[Version]) -> list[ByOffice]:
    """Each version office by office. As many questions for one as for all."""
    standings, limits = reached.standings(on=given.actor.today), shelf.limits_of([row.pk for row in rows])
    people, names = readers.counted(given), offices.names(standings)
    read = _counts(rows)
    found = []
    for row in rows:
        there = sorted(required.concerned(limits[row.pk], standings) & set(people))
        shown = [_of_office(names[each], read.get((row.pk, each), 0), people[each]) for each in there]
        shown.sort(key=lambda each: (each.read - each.people, each.name))
        found.append(ByOffice(_counted(row, shown), tuple(shown)))
    return found


def _counts(rows: list[Version]) -> Mapping[tuple[int, int], int]:
    """How many people of each office said to have read each version."""
    said = Acknowledgement.objects.filter(version__in=[row.pk for row in rows], office_id__isnull=False)
    counts = said.values_list("version", "office_id").annotate(many=Count("user_id", distinct=True))
    return {(version, office): many for version, office, many in counts.order_by("version", "office_id")}


def _of_office(name: str, read: int, people: int) -> OfOffice:
    """Somebody who has read it may have left: no more have read than there are."""
    return OfOffice(name, min(read, people), people)


def _counted(row: Version, shown: Sequence[OfOffice]) -> Counted:
    return Counted(
        row.document.key,
        row.number,
        row.title,
        row.must_read_by or row.first_on,
        row.publish_at or row.changed_at,
        len(shown),
        sum(each.people for each in shown),
        sum(each.read for each in shown),
    )
