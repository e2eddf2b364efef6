"""How complete and how timely the encounters of a group are, by tax ID and line, month by month of service.

Where the plan has set no expectation there is no score, and the page says so; counts and lag are there all
the same. Whoever reaches some providers alone sees their counts, and no score: members are assigned to a
tax ID as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from portico.domains.claims.edits.forms import VOID
from portico.domains.encounters import completeness_rules as rules
from portico.domains.encounters import models
from portico.domains.encounters.completeness_rules import Lag, Month, Score
from portico.domains.encounters.completeness_rules import NoScore as NoScore
from portico.domains.encounters.shown import State
from portico.domains.encounters.submission_views import Stage
from portico.domains.members import assigned
from portico.domains.members.assigned import Assigned
from portico.domains.offices import practising
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue
from portico.shared.periods import month_end

MONTHS = 12
MOST_MONTHS = 24
_Counts = Mapping[tuple[str, str, date], Lag]


@dataclass(frozen=True, slots=True)
class Group:
    """A tax ID's encounters in one line; `is_part` where some of its providers alone are in reach."""

    tax_id: str
    name: str
    line: str
    months: tuple[Month, ...]
    score: Score
    lag: Lag
    encounters: int
    member_months: int
    expected: Decimal | None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Completeness:
    """The months of service looked at, and every group and line in reach that has encounters or members."""

    months: tuple[date, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """How many encounters a thousand member months should bring; empty `line` or `tax_id`: every one."""

    per_thousand_months: Decimal
    line: str = ""
    tax_id: str = ""


class UnknownLine(ValueError):
    """An expectation names a line that the plan does not have."""


def of(*, actor: Actor, tax_id: str | None = None, months: int = MONTHS) -> Completeness:
    """The last whole months of the tax IDs that are open, or of one.

    Four queries and one a month, however many encounters. Raises NotPermitted.
    """
    with permit(actor, Function.ENCOUNTERS, tax_id=tax_id) as given:
        looked_at = rules.months_back(actor.today, min(max(months, 1), MOST_MONTHS))
        tax_ids = frozenset({tax_id}) if tax_id else given.scope.tax_ids()
        came = _came(given, tax_ids, looked_at)
        days = [rules.counted_on(month) for month in looked_at]
        held = assigned.on_days(given, tax_ids, days)
        given.conclude("encounters_completeness")
        return Completeness(looked_at, _groups(given, looked_at, came, held))


def expect(*, actor: Actor, expectations: Sequence[Expected]) -> None:
    """Sets what the plan expects, in place of what it expected. Raises UnknownLine, NotPermitted."""
    with permit(actor, Function.CONFIGURATION) as given:
        known = {line.code for line in catalogue.lines()} | {""}
        for each in expectations:
            if each.line not in known:
                raise UnknownLine(each.line)
        models.Expectation.objects.all().delete()
        models.Expectation.objects.bulk_create(
            models.Expectation(
                line=each.line, tax_id=each.tax_id, per_thousand_months=each.per_thousand_months
            )
            for each in expectations
        )
        given.conclude("expectations_set")


def _came(given: Permit, tax_ids: frozenset[str], months: Sequence[date]) -> _Counts:
    """How many encounters in force there are of each month, and how late they came."""
    rows = models.Encounter.objects.filter(
        scoping.q(given, tax_id="tax_id", line="line", provider="provider_npi"),
        state=State.ACCEPTED,
        tax_id__in=tax_ids,
        submission__stage=Stage.READ,
        first_on__gte=months[0],
        first_on__lte=month_end(months[-1]),
    ).exclude(frequency=VOID)
    counted = (
        rows.order_by()
        .annotate(month=TruncMonth("first_on"))
        .values_list("tax_id", "line", "month")
        .annotate(
            within_30=Count("pk", filter=Q(lag_days__lte=30)),
            within_60=Count("pk", filter=Q(lag_days__gt=30, lag_days__lte=60)),
            within_90=Count("pk", filter=Q(lag_days__gt=60, lag_days__lte=90)),
            beyond=Count("pk", filter=Q(lag_days__gt=90)),
        )
    )
    return {(tax_id, line, month): Lag(*lag) for tax_id, line, month, *lag in counted}


def _groups(given: Permit, months: Sequence[date], came: _Counts, held: Assigned) -> tuple[Group, ...]:
    pairs = {(tax_id, line) for tax_id, line, _ in (*came, *held)}
    open_ones = sorted(pair for pair in pairs if _reaches(given, *pair))
    names = practising.names_of({tax_id for tax_id, _ in open_ones})
    rates = {(row.line, row.tax_id): row.per_thousand_months for row in models.Expectation.objects.all()}
    return tuple(
        _group(
            given, pair, names.get(pair[0], ""), [_month(given, pair, on, came, held, rates) for on in months]
        )
        for pair in open_ones
    )


def _month(
    given: Permit,
    pair: tuple[str, str],
    on: date,
    came: _Counts,
    held: Assigned,
    rates: Mapping[tuple[str, str], Decimal],
) -> Month:
    tax_id, line = pair
    lag = came.get((tax_id, line, on), Lag())
    members = held.get((tax_id, line, rules.counted_on(on)), 0)
    rate = rules.rate_for(rates, line=line, tax_id=tax_id)
    is_ripe = rules.is_ripe(on, given.actor.today)
    return Month(on, lag.total, lag, members, rules.expected(members, rate), is_ripe)


def _group(given: Permit, pair: tuple[str, str], name: str, months: list[Month]) -> Group:
    tax_id, line = pair
    is_part = not _reaches_all(given, tax_id, line)
    known = [month.expected for month in months if month.expected is not None]
    return Group(
        tax_id=tax_id,
        name=name,
        line=line,
        months=tuple(months),
        score=rules.score(months, is_part=is_part),
        lag=sum((month.lag for month in months), Lag()),
        encounters=sum(month.encounters for month in months),
        member_months=sum(month.members for month in months),
        expected=sum(known, Decimal(0)) if len(known) == len(months) else None,
        is_part=is_part,
    )


def _reaches(given: Permit, tax_id: str, line: str) -> bool:
    """Is the line of that tax ID in reach, for some providers or for all?"""
    reaches = given.scope.reaches
    return any(tax_id in each.tax_ids and (each.lines is None or line in each.lines) for each in reaches)


def _reaches_all(given: Permit, tax_id: str, line: str) -> bool:
    """Is all of it in reach, of whichever provider?"""
    return any(
        tax_id in each.tax_ids and (each.lines is None or line in each.lines) and each.providers is None
        for each in given.scope.reaches
    )
