"""How complete and how timely encounters are: a page with pictures and their table, and the same as CSV."""

from decimal import Decimal
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.encounters import completeness
from portico.domains.encounters.completeness import Group, NoScore
from portico.domains.plan import catalogue
from portico.edges.web import asking, csv_written
from portico.shared import identifiers

HEADS = (
    *("tax_id", "name", "line", "month", "encounters", "assigned_members", "expected"),
    *("within_30_days", "31_to_60_days", "61_to_90_days", "later", "still_coming_in"),
)
WHY_NOT: Final = {
    NoScore.NO_EXPECTATION: "The plan has not said how many it expects.",
    NoScore.NO_MEMBERS: "No member was assigned.",
    NoScore.NOTHING_RIPE: "No month is old enough yet.",
    NoScore.PART: "You see some of the group's providers, so there is no score of the whole.",
}
_WHOLE = Decimal(100)


class Row(NamedTuple):
    """A group with its words; `most` is what the longest bar of its months stands for."""

    group: Group
    tax_id: str
    line: str
    why_not: str
    drawn: Decimal
    most: int


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The last twelve months of every group in reach."""
    found = completeness.of(actor=asking.actor_of(request))
    names = _lines()
    rows = [_row(group, names) for group in found.groups]
    return render(request, "encounters/completeness.html", {"rows": rows, "months": found.months})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every month of every group, as CSV."""
    found = completeness.of(actor=asking.actor_of(request))
    names = _lines()
    rows = (
        (
            *(group.tax_id, group.name, names.get(group.line, group.line)),
            *(month.first_on.isoformat(), str(month.encounters), str(month.members)),
            "" if month.expected is None else f"{month.expected:.1f}",
            *(str(month.lag.within_30), str(month.lag.within_60), str(month.lag.within_90)),
            *(str(month.lag.beyond), "" if month.is_ripe else "yes"),
        )
        for group in found.groups
        for month in group.months
    )
    return csv_written.attached("encounter-completeness.csv", HEADS, rows)


def _lines() -> dict[str, str]:
    return {line.code: line.name for line in catalogue.lines()}


def _row(group: Group, names: dict[str, str]) -> Row:
    percent = group.score.percent
    why_not = WHY_NOT[group.score.why_not] if group.score.why_not else ""
    wanted = [max(month.encounters, int(month.expected or 0)) for month in group.months]
    return Row(
        group=group,
        tax_id=identifiers.format_tax_id(group.tax_id),
        line=names.get(group.line, group.line) or "No line",
        why_not=why_not,
        drawn=min(percent, _WHOLE) if percent is not None else Decimal(0),
        most=max([1, *wanted]),
    )
