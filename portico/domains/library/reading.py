"""A document of the library as somebody reads it: in force today, on a day, or one version of it.

    document    the version in force; where there is none, the next one ahead, or else the last there was
    version     one version, by its number
    on          the version in force on a day, such as a date of service

What is not for the part of the plan one reads in is said to be for another one, and which. What was archived
stays at its address and says so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.library import contents, marking, models, rows, rules, shelf
from portico.domains.library.contents import Contents
from portico.domains.library.files import FileFacts
from portico.domains.library.marking import Lead
from portico.domains.library.models import Version
from portico.domains.library.rows import DOCUMENT
from portico.domains.library.rows import UnknownDocument as UnknownDocument
from portico.domains.library.rules import Standing
from portico.domains.library.shelf import Part, Reader
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit


@dataclass(frozen=True, slots=True)
class Wording:
    """A version without its text. `last_on`: the last day it is in force; None: no end is known yet.

    `standing`: on the day it is read as of. `published_at` is when the library last changed by it.
    """

    number: int
    title: str
    first_on: date
    last_on: date | None
    published_at: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic by its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads. `body` is Markdown; empty, as `files` is, where `outside` is not.

    `outside`: the dimensions in which it is not for the part that is read in. `limits`: what it is for, by
    dimension; no entry: for every one. `leads_to`: the keys of linked documents that this reader finds.
    """

    key: str
    kind: str
    material_number: str
    wording: Wording
    summary: str
    body: str
    on: date
    limits: Mapping[str, tuple[str, ...]]
    outside: tuple[str, ...]
    archived_at: datetime | None
    must_read_by: date | None
    is_public: bool
    versions: tuple[Wording, ...]
    files: tuple[FileFacts, ...]
    topics: tuple[Topic, ...]
    leads_to: frozenset[str]
    contents: Contents


@dataclass(frozen=True, slots=True)
class NotInForce:
    """On that day nothing of this document was in force; its versions, the newest first."""

    key: str
    title: str
    on: date
    versions: tuple[Wording, ...]


def document(*, actor: Actor, key: str, part: Part | None = None) -> Reading:
    """The document as it is today. Raises UnknownDocument, NotPermitted."""
    with permit(actor, shelf.function_for(actor, key)) as given:
        who = shelf.reader(actor, given.question.function, part=part)
        held = _held(given, key, who)
        chosen = _latest(held[1], who.on) if held else None
        found = _reading(held, chosen, who)
        _conclude(given, found, "read")
    return _known(found, key)


def version(*, actor: Actor, key: str, number: int) -> Reading:
    """One published version, whatever part it is for. Raises UnknownDocument, NotPermitted."""
    with permit(actor, shelf.function_for(actor, key)) as given:
        who = shelf.reader(actor, given.question.function)
        held = _held(given, key, who)
        numbered = [row for row in held[1] if row.number == number] if held else []
        found = _reading(held, numbered[0] if numbered else None, who)
        _conclude(given, found, "read_version")
    return _known(found, key)


def on(*, actor: Actor, key: str, day: date, part: Part | None = None) -> Reading | NotInForce:
    """The document as it was in force on a day. Raises UnknownDocument, NotPermitted."""
    with permit(actor, shelf.function_for(actor, key)) as given:
        who = shelf.reader(actor, given.question.function, part=part, on=day)
        held = _held(given, key, who)
        chosen = rules.in_force(held[1], day) if held else None
        found = _reading(held, chosen, who)
        shown = wordings(held[1], who) if held else ()
        if found is None and chosen is None and shown:
            given.conclude("not_in_force")
            return NotInForce(key, shown[0].title, day, shown)
        _conclude(given, found, "read_as_of")
    return _known(found, key)


_Held = tuple[models.Document, Sequence[Version]]


def _held(given: Permit, key: str, who: Reader) -> _Held | None:
    """The document with all its published versions, without their texts; None where there are none."""
    found = shelf.published(who.at).filter(document__key=key).select_related("document").defer("body")
    versions = list(found.order_by("first_on", "publish_at"))
    if not versions:
        return None
    given.note_subject(DOCUMENT, key)
    return versions[0].document, versions


def _latest(versions: Sequence[Version], day: date) -> Version | None:
    """The version in force; or the next that is ahead; or the last there was."""
    ahead = [row.first_on for row in versions if row.first_on > day]
    return rules.in_force(versions, day) or rules.in_force(versions, min(ahead, default=day)) or versions[-1]


def _reading(held: _Held | None, chosen: Version | None, who: Reader) -> Reading | None:
    if held is None or chosen is None or (who.is_public and not chosen.is_public):
        return None
    document, versions = held
    limits = shelf.limits_of([chosen.pk])[chosen.pk]
    outside = rules.outside(limits, who.part.own())
    body = "" if outside else chosen.body
    archived_at = document.archived_at
    return Reading(
        key=document.key,
        kind=document.kind,
        material_number=document.material_number,
        wording=_wording(chosen, versions, who),
        summary=chosen.summary,
        body=body,
        on=who.on,
        limits=limits,
        outside=outside,
        archived_at=archived_at if archived_at and archived_at <= who.at else None,
        must_read_by=chosen.must_read_by,
        is_public=chosen.is_public,
        versions=wordings(versions, who),
        files=() if outside else rows.files_of(chosen),
        topics=tuple(Topic(*row) for row in document.topics.values_list("code", "name")),
        leads_to=readable(marking.targets(body, Lead.DOCUMENT), who),
        contents=contents.of(document, who),
    )


def readable(keys: Collection[str], who: Reader) -> frozenset[str]:
    """Those of these keys that lead somewhere for this reader, today or archived; at most one question."""
    if not keys:
        return frozenset()
    found = shelf.published(who.at).filter(document__key__in=keys)
    shown = found.filter(is_public=True) if who.is_public else found
    return frozenset(shown.values_list("document__key", flat=True))


def wordings(versions: Sequence[Version], who: Reader) -> tuple[Wording, ...]:
    """The versions this reader may open, the newest first."""
    shown = [row for row in reversed(versions) if row.is_public or not who.is_public]
    return tuple(_wording(row, versions, who) for row in shown)


def _wording(row: Version, versions: Sequence[Version], who: Reader) -> Wording:
    standing = rules.state_on(row, versions, on=who.on, at=who.at)
    last_on = rules.last_day(row, versions)
    return Wording(row.number, row.title, row.first_on, last_on, row.publish_at or who.at, standing)


def _conclude(given: Permit, found: Reading | None, code: str) -> None:
    if found is None:
        given.conclude("not_found")
    else:
        given.conclude("in_another_part" if found.outside else code)


def _known(found: Reading | None, key: str) -> Reading:
    if found is None:
        raise UnknownDocument(key)
    return found
