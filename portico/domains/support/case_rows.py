"""Cases as rows: what both sides read of them, and what is written in them, sealed for its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from portico.domains.permits.permit import Permit
from portico.domains.plan import business_time, opening
from portico.domains.support import case_rules, models
from portico.domains.support.case_rules import CaseEnding, CaseTopic, State
from portico.shared.patient_signs import Sign, signs

SUBJECT = "case"


class HoldsPatients(ValueError):
    """What was written points at a patient; `found` says by which signs, never what they were."""

    def __init__(self, found: tuple[Sign, ...]) -> None:
        super().__init__(", ".join(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list; `is_late`: it was, or is, answered past due."""

    reference: str
    topic: CaseTopic
    verdict: str
    state: State
    made_at: datetime
    due_at: datetime
    answered_at: datetime | None
    is_late: bool
    ending: CaseEnding | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written; `by` is the number of a user, `is_internal`: for the plan alone."""

    at: datetime
    by: int | None
    from_plan: bool
    is_internal: bool
    words: str


def row_of(case: models.Case, at: datetime) -> Row:
    """The case as a list shows it at that instant."""
    return Row(
        reference=case.reference,
        topic=CaseTopic(case.topic),
        verdict=case.verdict,
        state=State(case.state),
        made_at=case.made_at,
        due_at=case.due_at,
        answered_at=case.answered_at,
        is_late=(case.answered_at or case.ended_at or at) > case.due_at,
        ending=CaseEnding(case.ending) if case.ending else None,
    )


def entries_of(case: models.Case, *, internal: bool) -> tuple[Entry, ...]:
    """What was written in it, the first first; what is for the plan alone only where that is asked for."""
    rows = models.CaseEntry.objects.filter(case=case).order_by("pk")
    return tuple(_entry(case, row) for row in (rows if internal else rows.filter(is_internal=False)))


def check(words: str) -> None:
    """Nothing that points at a patient is kept. Raises HoldsPatients."""
    found = signs(words, forms=settings.MEMBER_ID_FORMS)
    if found:
        raise HoldsPatients(found)


def write(
    given: Permit, case: models.Case, words: str, *, from_plan: bool = False, is_internal: bool = False
) -> None:
    """Write something in a case, in a permit; nothing where there are no words."""
    given.note_subject(SUBJECT, case.reference)
    if not words:
        return
    row = models.CaseEntry(
        case=case,
        at=given.actor.asked_at,
        by=given.actor.user_id,
        from_plan=from_plan,
        is_internal=is_internal,
    )
    row.words = settings.PORTICO_VAULT.seal(words, place=_place(case, row))
    row.save(force_insert=True)


def is_said(
    given: Permit, case: models.Case, words: str, *, from_plan: bool = False, is_internal: bool = False
) -> bool:
    """Was a form sent twice: is this what the same writer wrote last, a moment ago, for the same readers?"""
    row = models.CaseEntry.objects.filter(case=case).order_by("pk").last()
    sent = (given.actor.user_id, from_plan, is_internal)
    if row is None or (row.by, row.from_plan, row.is_internal) != sent:
        return False
    is_lately = given.actor.asked_at - row.at < case_rules.SENT_TWICE
    return is_lately and _entry(case, row).words == words


def due_at(verdict: str, at: datetime) -> datetime:
    """When the plan means to have answered what is written at that instant, in its business hours."""
    return business_time.after(opening.hours(), at, case_rules.due_after(verdict))


def facts_of(case: models.Case) -> Mapping[str, str | list[str]]:
    """The facts that its sender left in it."""
    kept: dict[str, Any] = case.facts
    return kept


def is_full(case: models.Case) -> bool:
    """Is as much written in it as one case takes?"""
    return models.CaseEntry.objects.filter(case=case).count() >= case_rules.MOST_ENTRIES


def _entry(case: models.Case, row: models.CaseEntry) -> Entry:
    sealed = bytes(row.words)
    words = settings.PORTICO_VAULT.open(sealed, place=_place(case, row)) if sealed else ""
    return Entry(row.at, row.by, row.from_plan, row.is_internal, words)


def _place(case: models.Case, row: models.CaseEntry) -> str:
    """What an entry is sealed for: its case, its writer, its instant, and who may read it."""
    side = "plan" if row.from_plan else "sender"
    kind = "internal" if row.is_internal else "open"
    return f"support.case.words:{case.reference}:{row.at.timestamp():.6f}:{row.by}:{side}:{kind}"
