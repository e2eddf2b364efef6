"""The plan's deadline rules as they stand, applied to claims; deadline_rules decides, this reads."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from portico.domains.claims import deadline_rules, models
from portico.domains.claims.deadline_rules import Course, Deadline, Kind, Rule, Unit, Workdays
from portico.domains.library import titles
from portico.domains.plan import opening
from portico.shared.periods import Period


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rules that may count for some tax IDs, and when the plan works."""

    rules: tuple[Rule, ...]
    workdays: Workdays

    def of(self, course: Course, *, today: date) -> tuple[Deadline, ...]:
        """The deadlines of one claim."""
        return deadline_rules.deadlines(self.rules, course, today=today, workdays=self.workdays)

    def paid_by(self, *, line: str, tax_id: str, received_on: date) -> date | None:
        """By when the plan has to decide; None where no rule says so."""
        rule = deadline_rules.narrowest(
            self.rules, kind=Kind.PROMPT_PAY, line=line, tax_id=tax_id, on=received_on
        )
        if rule is None:
            return None
        return deadline_rules.last_day(received_on, rule.days, rule.unit, self.workdays)


def calendar(tax_ids: Collection[str]) -> Calendar:
    """What counts for claims of these tax IDs. One query, and the plan's hours."""
    rows = models.DeadlineRule.objects.filter(tax_id__in=["", *sorted(set(tax_ids))])
    return Calendar(tuple(rule_of(row) for row in rows), workdays())


def workdays() -> Workdays:
    """The days on which the plan works."""
    hours = opening.hours()
    return Workdays(frozenset(hours.weekly), hours.holidays)


def rule_of(row: models.DeadlineRule) -> Rule:
    """A row as the rules read it."""
    return Rule(
        kind=Kind(row.kind),
        days=row.days,
        unit=Unit(row.unit),
        citation=row.citation,
        period=Period(row.first_on, row.last_on),
        line=row.line,
        tax_id=row.tax_id,
        document=row.document,
    )


def titled(found: Collection[Deadline], *, at: datetime, today: date) -> tuple[Deadline, ...]:
    """The same with the titles of the documents that say so. At most one query."""
    named = titles.of({each.rule.document for each in found} - {""}, at=at, today=today)
    return tuple(replace(each, title=named.get(each.rule.document, "")) for each in found)
