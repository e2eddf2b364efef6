"""Publishing: somebody else looks at what was written, and says when it appears, or why not yet.

What is approved for later appears at its instant by itself: readers ask for what is published at the instant
of asking (rules.is_published). A job notes it then, so that every node's index and every list has it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from portico.domains.library import models, rows, rules, wording
from portico.domains.library.rows import UnknownDocument, WrongState
from portico.domains.library.rules import Move, State
from portico.domains.library.wording import About, CannotKeep
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = ["CannotPublish", "UnknownDocument", "WrongState", "appear", "approve", "archive", "is_due"]

CHUNK: Final = 100
MOST_ANSWER: Final = 500


class CannotPublish(ValueError):
    """It is not published; `code` says why: own_words, day_taken, no_answer, no_instant."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def approve(
    *, actor: Actor, key: str, number: int, at: datetime | None = None, seen: datetime | None = None
) -> State:
    """Publish the version now, or at an instant to come; answers which. `at` in the past counts as now.

    `seen`: when the words that were looked at had been sent; None where nobody says. Raises WrongState also
    where others were sent since; CannotPublish, UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document, version = _looked_at(given, key, number)
        if seen is not None and version.sent_at != seen:
            raise WrongState(version.state)
        if rows.is_day_taken(version, at=actor.asked_at):
            raise CannotPublish("day_taken")
        is_later = at is not None and at > actor.asked_at
        state = rows.move(version, Move.SCHEDULE if is_later else Move.PUBLISH)
        version.publish_at = at if is_later else actor.asked_at
        version.digest = rows.digest(version)
        version.save()
        rows.moved(document.pk, actor.asked_at)
        rows.note(given, document, f"version_{state}")
        return state


def refuse(*, actor: Actor, key: str, number: int, answer: str) -> None:
    """Give the version back to whoever wrote it, with what is to be changed.

    Raises CannotPublish, WrongState, UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        if not answer.strip():
            raise CannotPublish("no_answer")
        document, version = _looked_at(given, key, number)
        rows.move(version, Move.REFUSE)
        version.answer = answer.strip()[:MOST_ANSWER]
        version.save()
        rows.note(given, document, "version_refused")


def withdraw(*, actor: Actor, key: str, number: int) -> None:
    """Stop a version that is to appear later from appearing.

    Raises WrongState also where it has appeared by now; UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document = rows.document(key, held=True)
        version = rows.version(document, number)
        if rules.is_published(version, actor.asked_at):
            raise WrongState(State.PUBLISHED)
        if version.state != State.SCHEDULED:
            raise WrongState(version.state)
        rows.move(version, Move.WITHDRAW)
        version.save()
        rows.moved(document.pk, actor.asked_at)
        rows.note(given, document, "version_withdrawn")


def describe(*, actor: Actor, key: str, about: About) -> bool:
    """Change what holds for every version of a document readers know: its topics, and where it stands.

    Its kind and its material number stay: they are known by them. False: it was so already. Raises
    CannotKeep, UnknownDocument, NotPermitted.
    """
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document = rows.document(key, held=True)
        held = rows.about(document)
        wanted = replace(about.tidied(), kind=held.kind, material_number=held.material_number)
        faults = tuple(wording.faults_about(key, wanted, rows.known()))
        if faults:
            raise CannotKeep(*faults)
        rows.note(given, document, "already_so" if wanted == held else "document_described")
        if wanted == held:
            return False
        rows.describe(document, wanted)
        rows.moved(document.pk, actor.asked_at)
        return True


def archive(*, actor: Actor, key: str) -> bool:
    """Take a document out of the search; its address still says what it was. False: it was out already.

    Raises UnknownDocument, NotPermitted.
    """
    return _archived(actor, key, actor.asked_at, "document_archived")


def restore(*, actor: Actor, key: str) -> bool:
    """Put an archived document back. Raises UnknownDocument, NotPermitted."""
    return _archived(actor, key, None, "document_restored")


def is_due(*, now: datetime) -> bool:
    """Has a version reached its instant that is not noted as published?"""
    return _due(now).exists()


def appear(*, actor: Actor) -> int:
    """Note as published what has reached its instant; answers how many. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        due = list(_due(actor.asked_at).select_for_update(of=("self",)).select_related("document")[:CHUNK])
        for version in due:
            rows.move(version, Move.APPEAR)
            version.save(update_fields=["state"])
            rows.moved(version.document_id, actor.asked_at)
            given.note_subject(rows.DOCUMENT, version.document.key)
        given.conclude("versions_appeared" if due else "nothing_due")
        return len(due)


def _due(now: datetime) -> QuerySet[models.Version]:
    scheduled = models.Version.objects.filter(state=State.SCHEDULED, publish_at__lte=now)
    return scheduled.order_by("publish_at", "pk")


def _looked_at(given: Permit, key: str, number: int) -> tuple[models.Document, models.Version]:
    """The version that waits, looked at by this person. Raises CannotPublish where these are own words."""
    document = rows.document(key, held=True)
    version = rows.version(document, number)
    if version.state != State.IN_REVIEW:
        raise WrongState(version.state)
    if not rules.may_look(written_by=version.written_by, looked_by=given.actor.user_id):
        raise CannotPublish("own_words")
    version.looked_at, version.looked_by = given.actor.asked_at, given.actor.user_id
    return document, version


def _archived(actor: Actor, key: str, at: datetime | None, code: str) -> bool:
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document = rows.document(key, held=True)
        is_changed = (document.archived_at is None) != (at is None)
        rows.note(given, document, code if is_changed else "already_so")
        if is_changed:
            document.archived_at, document.archived_by = at, actor.user_id if at else None
            document.save()
            rows.moved(document.pk, actor.asked_at)
        return is_changed
