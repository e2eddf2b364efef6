"""Drafts of the plan's lists, as files bring them.

A load brings one in chunks, and the same list sent anew replaces the draft. The way back of a load is to drop
its draft: a list that counts is never taken back.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from portico.domains.authorizations import models, requirement_books, requirement_plain
from portico.domains.authorizations.requirement_rules import Rule
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.members import plans
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue

State = models.RequirementList.State
_BATCH: Final = 500


class RowReason(StrEnum):
    """Why a rule is held back; stable codes."""

    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_PLAN_CODE = "unknown_plan_code"
    KEY_TWICE = "key_twice"
    LIST_PUBLISHED = "list_published"
    SEVERAL_LISTS = "several_lists"


@dataclass(frozen=True, slots=True)
class SentRule:
    """A record of a file: a rule, and the list it belongs to; `place` is its line."""

    place: int
    version: str
    effective_on: date
    rule: Rule


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong with a line of a file; `place` 0: with all of it. `words` say it where no code does."""

    place: int
    code: str
    about: str = ""
    words: str = ""


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentRule],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
    held_back: int = 0,
) -> None:
    """Apply a chunk of a file; `held_back` counts the rows before and beside it that were not taken.

    Raises NotPermitted.
    """
    del as_of
    source = f"load {leased.payload.get('again_of') or leased.public_id}"
    with permit(actor, Function.LOADING) as given:
        wrong = {fault.place: fault for fault in faults(given, rows, source=source)}
        good = [row for row in rows if row.place not in wrong]
        _add(given, good, source=source)
        if is_last:
            _finish(source, held_back + len(wrong))
        settle(given, [_fate(row, wrong.get(row.place)) for row in rows])
        given.conclude("loaded")


def faults(given: Permit, rows: Sequence[SentRule], *, source: str = "") -> list[FileFault]:
    """What is wrong with the rows as rows of this installation's list. Four queries.

    A row that its own load (`source`) brought before is no fault.
    """
    del given
    lines = {line.code for line in catalogue.lines()}
    codes = plans.known({row.rule.plan_code for row in rows} - {""})
    published = _published({row.version for row in rows})
    held = _held(source)
    times = Counter((row.version, row.rule.key) for row in rows)
    found = []
    for row in rows:
        rule, again = row.rule, (row.version, row.rule.key)
        if rule.line and rule.line not in lines:
            found.append(FileFault(row.place, RowReason.UNKNOWN_LINE, rule.line))
        elif rule.plan_code and rule.plan_code not in codes:
            found.append(FileFault(row.place, RowReason.UNKNOWN_PLAN_CODE, rule.plan_code))
        elif row.version in published:
            found.append(FileFault(row.place, RowReason.LIST_PUBLISHED, row.version))
        elif (row.version, row.effective_on) != _list_of(rows, held):
            found.append(FileFault(row.place, RowReason.SEVERAL_LISTS, row.version))
        elif times[again] > 1 or again in held:
            found.append(FileFault(row.place, RowReason.KEY_TWICE, rule.key))
    return found


def replace(given: Permit, rows: Sequence[SentRule], *, source: str) -> str:
    """Keep the rows, without any fault, as the draft of their list; answers its version."""
    version = rows[0].version
    models.RequirementList.objects.filter(version=version, state=State.DRAFT).delete()
    _add(given, rows, source=source)
    _finish(source, 0)
    return version


def _add(given: Permit, rows: Sequence[SentRule], *, source: str) -> None:
    if not rows:
        return
    row = _draft(given, rows[0], source)
    made = [models.Requirement(list=row, **_columns(sent.rule)) for sent in rows]
    models.Requirement.objects.bulk_create(made, batch_size=_BATCH)


def _draft(given: Permit, first: SentRule, source: str) -> models.RequirementList:
    """The draft this source makes; one of the same version from elsewhere goes."""
    drafts = models.RequirementList.objects.filter(version=first.version, state=State.DRAFT)
    drafts.exclude(source=source, held_back=None).exclude(source=source, held_back__gt=0).delete()
    row, _ = models.RequirementList.objects.get_or_create(
        version=first.version,
        defaults={
            "effective_on": first.effective_on,
            "source": source,
            "loaded_at": given.actor.asked_at,
            "loaded_by": given.actor.persona_id,
        },
    )
    return row


def _finish(source: str, held_back: int) -> None:
    """The file is read: note the digest of the draft, and how many rows it lacks."""
    for row in models.RequirementList.objects.filter(source=source, state=State.DRAFT):
        row.digest = requirement_plain.digest(requirement_books.rules_of(row.pk))
        row.held_back = held_back
        row.save(update_fields=["digest", "held_back"])


def _published(versions: Iterable[str]) -> frozenset[str]:
    rows = models.RequirementList.objects.filter(version__in=list(versions)).exclude(state=State.DRAFT)
    return frozenset(rows.values_list("version", flat=True))


def _held(source: str) -> dict[tuple[str, str], date]:
    """The rules that this source's draft holds, with the first day of the list."""
    rows = models.Requirement.objects.filter(list__source=source, list__state=State.DRAFT)
    if not source:
        return {}
    told = rows.order_by().values_list("list__version", "key", "list__effective_on")
    return {(version, key): day for version, key, day in told}


def _list_of(rows: Sequence[SentRule], held: dict[tuple[str, str], date]) -> tuple[str, date]:
    """The one list a file may bring: that of its first row."""
    for (version, _), day in held.items():
        return version, day
    return rows[0].version, rows[0].effective_on


def _columns(rule: Rule) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value := getattr(rule, name), tuple) else value
        for name in requirement_plain.COLUMNS
    }


def _fate(row: SentRule, fault: FileFault | None) -> Fate:
    if fault is None:
        return Fate(row.place, RowOutcome.ACCEPTED)
    return Fate(row.place, RowOutcome.QUARANTINED, (fault.code,), row.place, fault.about)
