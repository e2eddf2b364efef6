"""Support cases at the plan's desk: the queue as it is due, one case, the answer, notes, the end.

The desk reads the facts its sender left in, and codes; it acts as nobody and reaches no patient.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q, QuerySet

from portico.domains.access import colleagues
from portico.domains.accounts import finding, telling
from portico.domains.accounts.finding import Named
from portico.domains.notifications import notices
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.support import case_rows, case_rules, cases, facts, models
from portico.domains.support.case_rows import Entry, HoldsPatients, Row
from portico.domains.support.case_rules import BY_THE_PLAN, CaseEnding, State
from portico.domains.support.cases import NoCase, TooManyOpen
from portico.shared import pages

__all__ = ["Case", "HoldsPatients", "Listed", "NoCase", "Queue", "TooManyOpen", "Which"]

SIZE: Final = 25
ANSWERED, CLOSED = "case_answered", "case_closed"
MAIL: Final = "case_news"
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_KEY: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)
_NOBODY: Final = Named("", "")


class Which(StrEnum):
    """Which cases are looked at: those that wait for the plan, those one has taken, answered, closed."""

    WAITING = "waiting"
    MINE = "mine"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in the queue: whose it is, where they work, and which colleague has it ("" nobody)."""

    row: Row
    user_id: int
    person: Named
    office_name: str
    taken_by: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of cases; how many wait for the plan, how many of them are late, how many who asks has taken."""

    page: pages.Page[Listed]
    waiting: int
    late: int
    mine: int


@dataclass(frozen=True, slots=True)
class Case:
    """One case as the plan reads it; `writers` are the names of its people who wrote in it."""

    listed: Listed
    is_mine: bool
    facts: facts.Facts
    entries: tuple[Entry, ...]
    writers: dict[int, str]


def queue(*, actor: Actor, which: Which = Which.WAITING, after: str = "", size: int = SIZE) -> Queue:
    """The cases, the soonest due first; closed ones with the latest first. Raises NotPermitted."""
    with permit(actor, Function.CASE_REVIEW) as given:
        waiting, own = models.Case.objects.filter(state=State.OPEN), Q(assigned_to=actor.user_id)
        late = Count("pk", filter=Q(due_at__lt=actor.asked_at))
        counted = waiting.aggregate(waiting=Count("pk"), late=late, mine=Count("pk", filter=own))
        found = list(_wanted(which, own, after)[: size + 1])
        cut = pages.cut(found, size=size, key_of=_key if which is not Which.CLOSED else _number)
        given.conclude("cases_listed")
        page = pages.Page(_listed(given, cut.rows), cut.next_key)
        return Queue(page, counted["waiting"], counted["late"], counted["mine"])


def one(*, actor: Actor, reference: str) -> Case:
    """One case with all that was written in it. Raises NoCase, NotPermitted."""
    with permit(actor, Function.CASE_REVIEW) as given:
        case = models.Case.objects.filter(reference=reference).first()
        given.conclude("case_shown" if case else "not_found")
        if case is not None:
            given.note_subject(case_rows.SUBJECT, reference)
            return _case(given, case)
    raise NoCase


def take(*, actor: Actor, reference: str) -> None:
    """Take a case, from a colleague too. Raises NoCase, NotPermitted."""
    with permit(actor, Function.CASE_REVIEW) as given:
        held = models.Case.objects.filter(reference=reference).exclude(state=State.CLOSED)
        taken = held.update(assigned_to=actor.user_id)
        given.conclude("case_taken" if taken else "not_found")
        if taken:
            given.note_subject(case_rows.SUBJECT, reference)
            return
    raise NoCase


def answer(*, actor: Actor, reference: str, words: str) -> None:
    """Answer whoever asked, who is told by a notice and a mail.

    Raises HoldsPatients, TooManyOpen, NoCase (also for a closed one), NotPermitted.
    """
    _write(actor, reference, words, is_internal=False)


def note(*, actor: Actor, reference: str, words: str) -> None:
    """Write something for colleagues alone. Raises as `answer` does."""
    _write(actor, reference, words, is_internal=True)


def end(*, actor: Actor, reference: str, ending: CaseEnding) -> bool:
    """Close a case as the plan does; False for one that is closed already. Raises NoCase, NotPermitted."""
    if ending not in BY_THE_PLAN:
        raise ValueError(f"the plan does not end a case as {ending}")
    with permit(actor, Function.CASE_REVIEW) as given:
        case = models.Case.objects.select_for_update().filter(reference=reference).first()
        given.conclude("not_found")
        if case is not None:
            is_closed = cases.close(given, case, ending)
            if is_closed:
                _tell(given, case, CLOSED)
            return is_closed
    raise NoCase


def forget(*, actor: Actor) -> int:
    """Erase the words and facts of what was closed a year ago; answers of how many cases."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        old = models.Case.objects.filter(ended_at__lte=given.actor.asked_at - case_rules.KEEP)
        words = models.CaseEntry.objects.filter(case__in=old).exclude(words=b"")
        count = old.filter(~Q(facts={}) | Q(pk__in=words.values("case"))).count()
        words.update(words=b"")
        old.exclude(facts={}).update(facts={})
        given.conclude("cases_erased" if count else "nothing_old")
        return count


def _wanted(which: Which, own: Q, after: str) -> QuerySet[models.Case]:
    found = models.Case.objects.all()
    if which is Which.CLOSED:
        found = found.filter(state=State.CLOSED)
        found = found.filter(pk__lt=int(after)) if pages.is_row(after) else found
        return found.order_by("-pk")
    state = State.ANSWERED if which is Which.ANSWERED else State.OPEN
    found = found.filter(state=state).filter(_later_than(after))
    return (found.filter(own) if which is Which.MINE else found).order_by("due_at", "pk")


def _later_than(key: str) -> Q:
    """Those after the row of that key; all of them for what is no key."""
    found = _KEY.fullmatch(key)
    if found is None:
        return Q()
    due_at = _BEGINNING + int(found[1]) * _TICK
    return Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=int(found[2]))


def _key(case: models.Case) -> str:
    return f"{(case.due_at - _BEGINNING) // _TICK}-{case.pk}"


def _number(case: models.Case) -> str:
    return str(case.pk)


def _listed(given: Permit, found: tuple[models.Case, ...]) -> tuple[Listed, ...]:
    """Each with its names. Three queries, whatever their number."""
    people = finding.named(given, [case.user_id for case in found])
    taken = colleagues.names(given, [case.assigned_to for case in found if case.assigned_to])
    places = offices.names([case.office_id for case in found if case.office_id])
    return tuple(
        Listed(
            case_rows.row_of(case, given.actor.asked_at),
            case.user_id,
            people.get(case.user_id, _NOBODY),
            places.get(case.office_id or 0, ""),
            taken.get(case.assigned_to or 0, ""),
        )
        for case in found
    )


def _case(given: Permit, case: models.Case) -> Case:
    [listed] = _listed(given, (case,))
    entries = case_rows.entries_of(case, internal=True)
    writers = colleagues.names(given, {each.by for each in entries if each.by and each.from_plan})
    is_mine = case.assigned_to == given.actor.user_id
    return Case(listed, is_mine, case_rows.facts_of(case), entries, dict(writers))


def _write(actor: Actor, reference: str, words: str, *, is_internal: bool) -> None:
    refusal: HoldsPatients | TooManyOpen | NoCase = NoCase()
    with permit(actor, Function.CASE_REVIEW) as given:
        case = models.Case.objects.select_for_update().filter(reference=reference).first()
        if case is None or case.state == State.CLOSED:
            given.conclude("not_found")
        else:
            try:
                case_rows.check(words)
                _written(given, case, words, is_internal=is_internal)
                return
            except HoldsPatients as error:
                refusal = error
                given.conclude("case_holds_patients")
            except TooManyOpen as error:
                refusal = error
                given.conclude("case_full")
    raise refusal


def _written(given: Permit, case: models.Case, words: str, *, is_internal: bool) -> None:
    if case_rows.is_said(given, case, words, from_plan=True, is_internal=is_internal):
        given.note_subject(case_rows.SUBJECT, case.reference)
        return given.conclude("case_written_before")
    if case_rows.is_full(case):
        raise TooManyOpen
    case_rows.write(given, case, words, from_plan=True, is_internal=is_internal)
    given.conclude("case_noted" if is_internal else "case_answered")
    if is_internal:
        return
    case.state, case.answered_at = State.ANSWERED, given.actor.asked_at
    case.assigned_to = case.assigned_to or given.actor.user_id
    case.save(update_fields=["state", "answered_at", "assigned_to"])
    _tell(given, case, ANSWERED)


def _tell(given: Permit, case: models.Case, kind: str) -> None:
    """Tell whoever asked, in the portal and by a mail that holds nothing but the reference of this act."""
    context = {"case": case.reference}
    notices.tell_user(user_id=case.user_id, kind=kind, context=context, now=given.actor.asked_at)
    telling.to_user(given, case.user_id, MAIL, kind=kind)
