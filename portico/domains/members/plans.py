"""Benefit plans and their versions: which is in force on a day, and what it is called. No member in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, QuerySet

from portico.domains.members import models
from portico.domains.members.answers import CoverageSpan, PlanVersionFacts
from portico.domains.members.rules import Span, span_verdict
from portico.domains.plan import catalogue
from portico.shared import prepared
from portico.shared.periods import Period
from portico.shared.prepared import Given


@dataclass(frozen=True, slots=True)
class VersionName:
    """A version's own name and product, and when it is in force."""

    plan_code: str
    name: str
    product: str
    period: Period


def in_force(plan_code: str, *, on: date) -> models.PlanVersion | None:
    """The version of a plan code in force on a day, the latest start first; None without one. One query."""
    return _IN_FORCE.first(plan_code=plan_code, on=on) if plan_code else None


def _in_force() -> "QuerySet[models.PlanVersion]":
    on = Given("on", DateField())
    versions = models.PlanVersion.objects.filter(first_on__lte=on, last_on__gte=on)
    of_plan = versions.filter(plan__code=Given("plan_code", CharField()))
    return of_plan.select_related("plan").order_by("-first_on")[:1]


def _named_versions() -> "QuerySet[models.PlanVersion, Any]":
    of_plan = models.PlanVersion.objects.filter(plan__code=Given("plan_code", CharField()))
    return of_plan.order_by("-first_on").values_list(*_NAMING)


_NAMING = ("plan__code", "name", "product", "first_on", "last_on")
_IN_FORCE = prepared.Query(_in_force, may_be_remembered=True)
_NAMES = prepared.Query(_named_versions, may_be_remembered=True)
_AMOUNTS = prepared.Query(
    lambda: models.PlanAmounts.objects.filter(version=Given("version")), may_be_remembered=True
)


def facts(version: models.PlanVersion) -> PlanVersionFacts:
    """A version as pages show it. One query for the line's name."""
    line = version.plan.line_id
    return PlanVersionFacts(
        plan_code=version.plan.code,
        name=version.name,
        line=line,
        line_name=catalogue.line_names().get(line, line),
        product=version.product,
        period=Period(version.first_on, version.last_on),
    )


def amounts(version: models.PlanVersion) -> dict[str, models.PlanAmounts]:
    """A version's plan-wide amounts by network. One query."""
    return {row.network: row for row in _AMOUNTS.rows(version=version.pk)}


def named_spans(rows: Sequence[models.Coverage], *, on: date) -> list[CoverageSpan]:
    """Rows of coverage as pages show them, in the same order. Two queries, none for no rows."""
    if not rows:
        return []
    names, lines = _names({row.plan_code for row in rows} - {""}), catalogue.line_names()
    return [_named(row, names, lines, on) for row in rows]


def _names(codes: Collection[str]) -> list[VersionName]:
    """The versions of these plan codes; most often one is asked about."""
    if len(codes) == 1:
        columns = _NAMES.rows(plan_code=next(iter(codes)))
    else:
        versions = models.PlanVersion.objects.filter(plan__code__in=codes).order_by("-first_on")
        columns = list(versions.values_list(*_NAMING))
    return [
        VersionName(code, name, product, Period(first, last)) for code, name, product, first, last in columns
    ]


def _named(
    row: models.Coverage, names: Sequence[VersionName], lines: dict[str, str], on: date
) -> CoverageSpan:
    span = Span(row.product, Period(row.first_on, row.last_on), row.premium_paid_to)
    version = _version_of(row.plan_code, names, _day_within(span.period, on))
    return CoverageSpan(
        line=row.line_id,
        line_name=lines.get(row.line_id, row.line_id),
        plan_code=row.plan_code,
        plan_name=version.name if version else "",
        product=version.product if version else row.product,
        level=row.level,
        period=span.period,
        verdict=span_verdict(span, on),
        premium_paid_to=row.premium_paid_to,
        product_code=row.product,
    )


def _version_of(plan_code: str, names: Sequence[VersionName], on: date) -> VersionName | None:
    of_plan = [version for version in names if version.plan_code == plan_code]
    return next((version for version in of_plan if version.period.holds(on)), None)


def _day_within(period: Period, on: date) -> date:
    """The day itself, or the end of the period nearest to it: a span is called what it was called then."""
    if period.last is not None and on > period.last:
        return period.last
    return max(on, period.first)


def known(codes: Collection[str]) -> frozenset[str]:
    """Those of these plan codes that the benefit catalogue has. One query, none for no codes."""
    if not codes:
        return frozenset()
    return frozenset(models.BenefitPlan.objects.filter(code__in=codes).values_list("code", flat=True))
