"""Writing: a document begun, a new version of one, what an editor saves, its files, and sending it to be
looked at by somebody else. Nothing here reaches a reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from portico.domains.library import files, models, rows, rules, wording
from portico.domains.library.rows import ChangedMeanwhile, UnknownDocument, WrongState
from portico.domains.library.rules import Move, State
from portico.domains.library.wording import About, CannotKeep, Fault, Wording
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = [
    "CannotKeep",
    "ChangedMeanwhile",
    "UnknownDocument",
    "WrongState",
    "anew",
    "attach",
    "begin",
    "detach",
    "offered",
    "remarks",
    "save",
    "send",
]

_MAY_WAIT: Final = frozenset({"link_broken", "image_missing", "image_says_nothing", "says_nothing"})
"""Faults a draft may have while it is written; none may have them when it is sent."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The version after it was saved: its number, and when, as the next saving has to say it."""

    key: str
    number: int
    changed_at: datetime


def offered(*, actor: Actor) -> Mapping[str, str]:
    """The topics a form offers: names by code, in their order. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        given.conclude("document_form_shown")
        return rows.topic_names()


def begin(*, actor: Actor, key: str, about: About, said: Wording) -> Saved:
    """A new document with its first version, as a draft. Raises CannotKeep, NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        if models.Document.objects.filter(key=key).exists():
            raise CannotKeep(("key_taken", key))
        _check(key, about, said, (), *wording.key_fault(key))
        _check_number(key, about)
        document = models.Document(key=key, made_at=actor.asked_at, made_by=actor.user_id)
        _describe(document, about)
        version = models.Version(document=document, number=1)
        _write(given, version, said)
        rows.note(given, document, "document_begun")
        return _saved(version)


def anew(*, actor: Actor, key: str, first_on: date) -> Saved:
    """The next version of a document, as a draft of what it says last; the one being written where one is.

    Raises UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document = rows.document(key, held=True)
        version = rows.opened(document)
        rows.note(given, document, "already_so" if version else "version_begun")
        if version is None:
            version = _copied(given, document, first_on)
        return _saved(version)


def save(*, actor: Actor, key: str, about: About, said: Wording, was: datetime) -> Saved:
    """Keep what was written of the draft; `was`: when it was saved last, as whoever writes has seen it.

    A draft may be saved with links that lead nowhere yet. What holds for every version is kept until one is
    published; from then on publishing.describe changes it. Raises CannotKeep, ChangedMeanwhile, WrongState,
    UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document, version = _draft(key)
        if version.changed_at != was:
            raise ChangedMeanwhile(key)
        _check(key, about, said, rows.names_of_files(version))
        _check_number(key, about)
        if rows.is_settled(document):
            _check_unchanged(document, about)
        else:
            _describe(document, about)
        _write(given, version, said)
        rows.note(given, document, "version_saved")
        return _saved(version)


def remarks(*, actor: Actor, key: str, body: str) -> tuple[Fault, ...]:
    """What is still wrong with the links and pictures of a text, before it is saved; "" for a new document.

    Raises NotPermitted.
    """
    with permit(actor, Function.LIBRARY_EDITING) as given:
        version = models.Version.objects.filter(document__key=key, state__in=list(rules.OPEN)).first()
        given.conclude("text_previewed")
        names = rows.names_of_files(version) if version else []
        if len(body) > rules.MOST_BODY:
            return (("text_too_long", f"{rules.MOST_BODY:,}"),)
        return tuple(wording.faults_of_links(body, rows.known(names)))


def attach(*, actor: Actor, key: str, name: str, content: bytes, says: str) -> str:
    """Put a file to the draft; answers the name a text links it by. One of the same name is replaced.

    Raises files.BadFile, CannotKeep, WrongState, UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document, version = _draft(key)
        file = files.checked(name, content, says=says[:200])
        others = version.attachments.exclude(name=file.name)
        if others.count() >= files.MOST_FILES:
            raise CannotKeep(("too_many_files", str(files.MOST_FILES)))
        version.attachments.filter(name=file.name).delete()
        last = others.order_by("-position").first()
        version.attachments.create(position=last.position + 1 if last else 0, **rows.columns_of_file(file))
        _touch(given, version)
        rows.note(given, document, "file_attached")
        return file.name


def detach(*, actor: Actor, key: str, name: str) -> bool:
    """Take a file off the draft; False where there was none. Raises as `attach` does."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document, version = _draft(key)
        gone, _ = version.attachments.filter(name=name).delete()
        rows.note(given, document, "file_detached" if gone else "already_so")
        if gone:
            _touch(given, version)
        return bool(gone)


def send(*, actor: Actor, key: str) -> None:
    """Send the draft to be looked at. Raises CannotKeep where something is still wrong with it, WrongState,
    UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document, version = _draft(key, Move.SEND)
        said = rows.wording_of(version)
        names = rows.names_of_files(version)
        faults = [
            *wording.faults_about(key, rows.about(document), rows.known(names)),
            *wording.faults_in(said, rows.known(names)),
        ]
        if not said.body.strip() and not names:
            faults.append(("says_nothing", ""))
        if rows.is_day_taken(version, at=actor.asked_at):
            faults.append(("day_taken", version.first_on.isoformat()))
        if faults:
            raise CannotKeep(*faults)
        version.sent_at, version.answer, version.digest = actor.asked_at, "", rows.digest(version)
        version.save()
        rows.note(given, document, "version_sent")


def take_back(*, actor: Actor, key: str) -> None:
    """Take what was sent back, to go on writing. Raises WrongState, UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document, version = _draft(key, Move.TAKE_BACK)
        version.sent_at = None
        version.save()
        rows.note(given, document, "version_taken_back")


def drop(*, actor: Actor, key: str) -> None:
    """Give a draft up; it stays in the history. Raises WrongState, UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        document, version = _draft(key, Move.WITHDRAW)
        version.changed_at = actor.asked_at
        version.save()
        rows.note(given, document, "draft_given_up")


def _draft(key: str, move: Move = Move.SAVE) -> tuple[models.Document, models.Version]:
    """The document and its open version, moved. Raises UnknownDocument, WrongState."""
    document = rows.document(key, held=True)
    version = rows.opened(document)
    if version is None:
        raise WrongState("")
    rows.move(version, move)
    return document, version


def _check(key: str, about: About, said: Wording, names: tuple[str, ...] | list[str], *more: Fault) -> None:
    """Raises CannotKeep."""
    there = rows.known(names)
    found = (*more, *wording.faults_about(key, about, there), *wording.faults_in(said, there))
    faults = [fault for fault in found if fault[0] not in _MAY_WAIT]
    if faults:
        raise CannotKeep(*faults)


def _check_unchanged(document: models.Document, about: About) -> None:
    if rows.about(document) != about.tidied():
        raise CannotKeep(("about_is_published", ""))


def _check_number(key: str, about: About) -> None:
    number = rules.material_key(about.material_number)
    if number and models.Document.objects.filter(material_key=number).exclude(key=key).exists():
        raise CannotKeep(("material_number_taken", about.material_number))


def _describe(document: models.Document, about: About) -> None:
    """Raises CannotKeep where somebody else took the key or the number this very moment."""
    try:
        with transaction.atomic():
            rows.describe(document, about)
    except IntegrityError:
        is_key = document._state.adding and models.Document.objects.filter(key=document.key).exists()
        fault = ("key_taken", document.key) if is_key else ("material_number_taken", about.material_number)
        raise CannotKeep(fault) from None


def _write(given: Permit, version: models.Version, said: Wording) -> None:
    for name, value in rows.columns(said).items():
        setattr(version, name, value)
    _touch(given, version)
    version.limits.all().delete()
    models.Limit.objects.bulk_create(models.Limit(**row) for row in rows.limits(version.pk, said))


def _touch(given: Permit, version: models.Version) -> None:
    """Say who wrote it, and when; who looked at it before and writes it now has looked at nothing."""
    version.changed_at, version.written_by = given.actor.asked_at, given.actor.user_id
    if version.looked_by == version.written_by:
        version.looked_at, version.looked_by = None, None
    version.save()


def _copied(given: Permit, document: models.Document, first_on: date) -> models.Version:
    """A draft of what the latest version says that was or will be published, with its files.

    Until when it counts, and by when it is to be read, is said anew.
    """
    numbers = document.versions.order_by("-number")
    last = numbers[0]
    settled = numbers.filter(state__in=list(rules.SETTLED))
    source = settled.order_by("-first_on", "-publish_at").first() or last
    said = rows.wording_of(source)
    version = models.Version(document=document, number=last.number + 1, state=State.DRAFT)
    _write(given, version, replace(said, first_on=first_on, last_on=None, must_read_by=None))
    for file in source.attachments.all():
        file.pk, file.version = None, version
        file.save()
    return version


def _saved(version: models.Version) -> Saved:
    return Saved(version.document.key, version.number, version.changed_at)
