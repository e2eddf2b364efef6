"""Pages of the audit for those who may read it: an office's, a user's, or all that concerned one subject.

A reader whose scope is not the whole plan sees the rows of its own office and no identifier of a subject,
only how many there were: whoever administers an office reads its audit without reaching PHI.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Q, QuerySet

from portico.domains.audit import page_keys, rows
from portico.domains.audit.models import Entry
from portico.shared import pages

FUNCTION = "audit_reading"
OWN_FUNCTION = "own_account"
PAGE = 50


class _Actor(Protocol):
    @property
    def office_id(self) -> int | None: ...

    @property
    def user_id(self) -> int | None: ...


class _Scope(Protocol):
    @property
    def everything(self) -> bool: ...


class _Question(Protocol):
    @property
    def function(self) -> str: ...


class Given(Protocol):
    """The permit to read the audit, as far as this module looks at it."""

    @property
    def actor(self) -> _Actor: ...

    @property
    def question(self) -> _Question: ...

    @property
    def scope(self) -> _Scope: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One use as its readers see it; `subjects` is empty where the reader may only count them."""

    at: datetime
    reference: str
    door: str
    actor_kind: str
    actor_name: str
    user_id: int | None
    persona_id: int | None
    machine_id: int | None
    office_id: int | None
    function: str
    tax_id: str
    line: str
    region: str
    provider: str
    outcome: str
    conclusion: str
    detail: str
    reasons: tuple[str, ...]
    subject_count: int
    subjects: tuple[tuple[str, str], ...]


def of_office(
    *,
    given: Given,
    office_id: int,
    since: datetime | None = None,
    until: datetime | None = None,
    key: str = "",
    size: int = PAGE,
) -> pages.Page[Row]:
    """What an office's people and machines did, latest first, from `since` until before `until`."""
    return _page(given, Entry.objects.filter(office_id=office_id), since, until, key, size)


def of_user(
    *,
    given: Given,
    user_id: int,
    since: datetime | None = None,
    until: datetime | None = None,
    key: str = "",
    size: int = PAGE,
) -> pages.Page[Row]:
    """What one user did in any persona, latest first, from `since` until before `until`."""
    return _page(given, Entry.objects.filter(user_id=user_id), since, until, key, size)


def own(*, given: Given, until: datetime, key: str = "", size: int = PAGE) -> pages.Page[Row]:
    """What the one who asks did in any persona, latest first, before `until`: their own account opens it.

    No subject is named, only how many there were: whom somebody looked up is no data of theirs.
    """
    if given.question.function != OWN_FUNCTION or given.actor.user_id is None:
        raise ValueError(f"a permit for {given.question.function} does not open one's own uses")
    return _cut(Entry.objects.filter(user_id=given.actor.user_id, at__lt=until), key, size, whole=False)


def of_system(*, given: Given, name: str, key: str = "", size: int = PAGE) -> pages.Page[Row]:
    """What a part of the system did, such as "mail-sender", latest first."""
    return _page(given, Entry.objects.filter(actor_kind="system", actor_name=name), None, None, key, size)


def about(*, given: Given, kind: str, identifier: str, key: str = "", size: int = PAGE) -> pages.Page[Row]:
    """Every use that concerned one subject, such as ("member", its member ID), latest first."""
    concerned = Entry.objects.filter(subjects__kind=kind, subjects__identifier=identifier)
    return _page(given, concerned, None, None, key, size)


def by_reference(*, given: Given, reference: str) -> Row | None:
    """The use somebody quotes the reference of; None where there is none this reader may see."""
    page = _page(given, Entry.objects.filter(reference=reference), None, None, "", 1)
    return page.rows[0] if page.rows else None


def _page(
    given: Given,
    entries: QuerySet[Entry],
    since: datetime | None,
    until: datetime | None,
    key: str,
    size: int,
) -> pages.Page[Row]:
    wanted = entries.filter(_own(given), _between(since, until))
    return _cut(wanted, key, size, whole=given.scope.everything)


def _cut(entries: QuerySet[Entry], key: str, size: int, *, whole: bool) -> pages.Page[Row]:
    found = list(entries.filter(_before(key)).order_by("-at", "-id")[: size + 1])
    about = rows.subjects_of([entry.id for entry in found])
    cut = pages.cut(found, size=size, key_of=lambda entry: page_keys.made(entry.at, entry.id))
    return pages.Page(tuple(_row(entry, about.get(entry.id, []), whole) for entry in cut.rows), cut.next_key)


def _own(given: Given) -> Q:
    if given.question.function != FUNCTION:
        raise ValueError(f"a permit for {given.question.function} does not open {FUNCTION}")
    return Q() if given.scope.everything else Q(office_id=given.actor.office_id, office_id__isnull=False)


def _between(since: datetime | None, until: datetime | None) -> Q:
    first = Q(at__gte=since) if since else Q()
    return first & Q(at__lt=until) if until else first


def _before(key: str) -> Q:
    """The rows after that key; whatever is no key begins anew."""
    place = page_keys.read(key, numbers=1)
    if place is None:
        return Q()
    instant, (number,) = place
    return Q(at__lte=instant) & (Q(at__lt=instant) | Q(id__lt=number))


def _row(entry: Entry, subjects: list[tuple[str, str]], whole: bool) -> Row:
    return Row(
        at=entry.at,
        reference=entry.reference,
        door=entry.door,
        actor_kind=entry.actor_kind,
        actor_name=entry.actor_name,
        user_id=entry.user_id,
        persona_id=entry.persona_id,
        machine_id=entry.machine_id,
        office_id=entry.office_id,
        function=entry.function,
        tax_id=entry.tax_id,
        line=entry.line,
        region=entry.region,
        provider=entry.provider,
        outcome=entry.outcome,
        conclusion=entry.conclusion,
        detail=entry.detail,
        reasons=tuple(entry.reasons),
        subject_count=len(subjects),
        subjects=tuple(subjects) if whole else (),
    )
