"""The access report: what keeps offices from working, month by month, per 100 sign-ins.

Counted from rows that are there anyway: how sign-ins ended (the audit), what cases were about (their
verdicts), and how soon new people were ready. A month that is over is counted once in an hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.cache import cache
from django.db.models import Count

from portico.domains.audit import helping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import opening
from portico.domains.support import models, onboarding, report_rules
from portico.domains.support.onboarding_rules import SameDay
from portico.domains.support.report_rules import Month, SignIns
from portico.domains.support.verdicts import Verdict

OVER_SECONDS: Final = 3_600
RUNNING_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """One month: its sign-ins, its access cases by verdict, and how many new people were ready that day."""

    month: Month
    sign_ins: SignIns
    cases: Mapping[Verdict, int]
    same_day: SameDay

    @property
    def failed_per_hundred(self) -> Decimal | None:
        """Failed sign-ins on 100 that succeeded."""
        return report_rules.per_hundred(self.sign_ins.failures, self.sign_ins.succeeded)

    @property
    def cases_per_hundred(self) -> Decimal | None:
        """Access cases on 100 sign-ins."""
        return report_rules.per_hundred(sum(self.cases.values()), self.sign_ins.succeeded)


def access(*, actor: Actor) -> tuple[Counted, ...]:
    """The months of the report, the latest first. Raises NotPermitted."""
    with permit(actor, Function.ACCESS_REPORT) as given:
        counted = tuple(
            _remembered(given, month) for month in report_rules.months(actor.today, opening.hours().zone)
        )
        given.conclude("access_report_shown")
        return counted


def _remembered(given: Permit, month: Month) -> Counted:
    is_over = month.until <= given.actor.asked_at
    key = f"support.access_report.{month.first_on.isoformat()}.{is_over}"
    known: Counted | None = cache.get(key)
    if known is None:
        known = _counted(given, month)
        cache.set(key, known, OVER_SECONDS if is_over else RUNNING_SECONDS)
    return known


def _counted(given: Permit, month: Month) -> Counted:
    ended = helping.conclusions(function=Function.SIGN_IN, since=month.since, until=month.until)
    return Counted(
        month=month,
        sign_ins=report_rules.sign_ins(ended),
        cases=_cases(month),
        same_day=onboarding.same_day(given, since=month.since, until=month.until),
    )


def _cases(month: Month) -> dict[Verdict, int]:
    """Cases of something closed or failing, by verdict; what is open to somebody is no access case."""
    rows = models.Case.objects.filter(made_at__gte=month.since, made_at__lt=month.until)
    counted = rows.exclude(verdict__in=("", Verdict.OPEN)).values_list("verdict")
    found = counted.annotate(count=Count("pk")).order_by("-count", "verdict")
    return {Verdict(verdict): count for verdict, count in found}
