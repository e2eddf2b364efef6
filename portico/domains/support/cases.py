"""Support cases as whoever opened them has them: told with the facts of a diagnosis, followed, withdrawn.

    open -> answered by the plan -> open again when something is written -> closed
      `---------------------------------------------> withdrawn (closed)

Nothing of a patient is taken: free words are looked at for signs of one and sealed, and facts are put
together here (facts), of which the sender only says which stay.
"""

from dataclasses import dataclass, field
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from portico.domains.accounts.coming_back import allowances
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.support import case_rows, case_rules, diagnosing, facts, models
from portico.domains.support.case_rows import Entry, HoldsPatients, Row
from portico.domains.support.case_rules import CaseEnding, CaseTopic, State
from portico.domains.support.diagnosing import Asked, Diagnosis
from portico.shared import once, pages

__all__ = ["Case", "Entry", "HoldsPatients", "New", "NoCase", "Preview", "Row", "TooManyOpen"]

SIZE: Final = 20


class NoCase(LookupError):
    """There is no case of this reference, or none of the one who asks."""


class TooManyOpen(Exception):
    """As many cases are open as one person may have, or as much is written in one as it takes."""


@dataclass(frozen=True, slots=True)
class New:
    """A case to be opened. `keep`: the names of the facts that stay; `browser`, `entrance` are closed words.

    `key` is the form's own (shared.once): sent twice, it makes one case.
    """

    topic: CaseTopic
    asked: Asked
    words: str = field(default="", repr=False)
    keep: frozenset[str] = frozenset()
    entrance: str = ""
    browser: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go with a case: the diagnosis, and every fact of it."""

    diagnosis: Diagnosis
    facts: facts.Facts


@dataclass(frozen=True, slots=True)
class Case:
    """One case as its sender reads it."""

    row: Row
    facts: facts.Facts
    entries: tuple[Entry, ...]


def preview(*, actor: Actor, asked: Asked, entrance: str, browser: str) -> Preview:
    """What would go with a case about this, for its sender to see and to leave out. Raises NotPermitted."""
    with permit(actor, Function.SUPPORT_CASE) as given:
        found = diagnosing.of(actor, asked, user_id=actor.user_id)
        given.conclude("case_previewed")
        return Preview(found, facts.of(actor, found, entrance=entrance, browser=browser))


def open_case(*, actor: Actor, new: New) -> str:
    """Open a case and answer its reference. Raises HoldsPatients, TooManyOpen, NotPermitted."""
    refusal: HoldsPatients | TooManyOpen
    with permit(actor, Function.SUPPORT_CASE) as given:
        try:
            case_rows.check(new.words)
            return _opened(given, new)
        except HoldsPatients as error:
            refusal = error
            given.conclude("case_holds_patients")
        except TooManyOpen as error:
            refusal = error
            given.conclude("case_too_many")
    raise refusal


def mine(*, actor: Actor, after: str = "", size: int = SIZE) -> pages.Page[Row]:
    """The cases of the one who asks, the newest first. Raises NotPermitted."""
    with permit(actor, Function.SUPPORT_CASE) as given:
        held = _own(actor)
        held = held.filter(pk__lt=int(after)) if pages.is_row(after) else held
        cut = pages.cut(list(held.order_by("-pk")[: size + 1]), size=size, key_of=lambda case: str(case.pk))
        given.conclude("cases_listed")
        return pages.Page(tuple(case_rows.row_of(case, actor.asked_at) for case in cut.rows), cut.next_key)


def one(*, actor: Actor, reference: str) -> Case:
    """One's own case, without what is for the plan alone. Raises NoCase, NotPermitted."""
    with permit(actor, Function.SUPPORT_CASE) as given:
        case = _own(actor).filter(reference=reference).first()
        given.conclude("case_shown" if case else "not_found")
        if case is not None:
            given.note_subject(case_rows.SUBJECT, reference)
            entries = case_rows.entries_of(case, internal=False)
            return Case(case_rows.row_of(case, actor.asked_at), case_rows.facts_of(case), entries)
    raise NoCase


def write(*, actor: Actor, reference: str, words: str) -> None:
    """Write more in one's own case, so that it waits for the plan again.

    Raises HoldsPatients, TooManyOpen, NoCase (also for a closed one), NotPermitted.
    """
    refusal: HoldsPatients | TooManyOpen | NoCase = NoCase()
    with permit(actor, Function.SUPPORT_CASE) as given:
        case = _own(actor).select_for_update().filter(reference=reference).exclude(state=State.CLOSED).first()
        given.conclude("case_written" if case else "not_found")
        if case is not None:
            try:
                case_rows.check(words)
                _write(given, case, words)
                return
            except HoldsPatients as error:
                refusal = error
                given.conclude("case_holds_patients")
            except TooManyOpen as error:
                refusal = error
                given.conclude("case_full")
    raise refusal


def withdraw(*, actor: Actor, reference: str) -> bool:
    """Take one's own case back; False for one that is closed already. Raises NoCase, NotPermitted."""
    with permit(actor, Function.SUPPORT_CASE) as given:
        case = _own(actor).select_for_update().filter(reference=reference).first()
        given.conclude("not_found")
        if case is not None:
            return close(given, case, CaseEnding.WITHDRAWN)
    raise NoCase


def close(given: Permit, case: models.Case, ending: CaseEnding) -> bool:
    """Close a case that is held, in a permit; False for one that is closed already."""
    given.note_subject(case_rows.SUBJECT, case.reference)
    is_open = case.state != State.CLOSED
    given.conclude(f"case_{ending}" if is_open else "case_closed_before")
    if is_open:
        case.state, case.ending = State.CLOSED, ending
        case.ended_at, case.ended_by = given.actor.asked_at, given.actor.user_id
        case.save(update_fields=["state", "ending", "ended_at", "ended_by"])
    return is_open


def _opened(given: Permit, new: New) -> str:
    reference = _reference(given.actor, new)
    given.note_subject(case_rows.SUBJECT, reference)
    if _own(given.actor).filter(reference=reference).exists():
        given.conclude("case_opened_before")
        return reference
    if _own(given.actor).exclude(state=State.CLOSED).count() >= case_rules.MOST_OPEN:
        raise TooManyOpen
    try:
        with transaction.atomic():
            case_rows.write(given, _made(given.actor, new, reference), new.words)
    except IntegrityError:
        if not _own(given.actor).filter(reference=reference).exists():
            raise
        given.conclude("case_opened_before")
        return reference
    given.conclude("case_opened")
    return reference


def _made(actor: Actor, new: New, reference: str) -> models.Case:
    found = diagnosing.of(actor, new.asked, user_id=actor.user_id)
    every = facts.of(actor, found, entrance=new.entrance, browser=new.browser)
    return models.Case.objects.create(
        reference=reference,
        user_id=actor.user_id or 0,
        persona_id=actor.persona_id,
        office_id=actor.office_id,
        topic=new.topic,
        verdict=found.verdict,
        facts=facts.kept(every, new.keep),
        made_at=actor.asked_at,
        due_at=case_rows.due_at(found.verdict, actor.asked_at),
    )


def _write(given: Permit, case: models.Case, words: str) -> None:
    if case_rows.is_said(given, case, words):
        given.note_subject(case_rows.SUBJECT, case.reference)
        return given.conclude("case_written_before")
    if case_rows.is_full(case):
        raise TooManyOpen
    case_rows.write(given, case, words)
    if case.state == State.ANSWERED:
        case.state, case.answered_at = State.OPEN, None
        case.due_at = case_rows.due_at(case.verdict, given.actor.asked_at)
        case.save(update_fields=["state", "answered_at", "due_at"])


def _reference(actor: Actor, new: New) -> str:
    """The reference of a case: the same one for the same form, person and contents, else a new one."""

    def index(text: str) -> bytes:
        return allowances.index(text, purpose="support case")

    told = [actor.user_id, new.topic, new.words, sorted(new.keep), repr(new.asked)]
    return next(once.bodies(new.key, told, index=index))


def _own(actor: Actor) -> "QuerySet[models.Case]":
    return models.Case.objects.filter(user_id=actor.user_id or 0)
