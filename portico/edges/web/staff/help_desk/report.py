"""The access report: failed sign-ins and access cases on 100 sign-ins, and how soon new people were ready."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.support import report
from portico.domains.support.report import Counted
from portico.domains.support.report_rules import Cause
from portico.edges.web import asking
from portico.edges.web.help import words

CAUSES: Final = {
    Cause.PASSWORD: "Wrong username or password",
    Cause.SECOND_STEP: "Wrong code or passkey",
    Cause.LOCKED: "Locked",
    Cause.NETWORK: "Too many wrong from one network",
    Cause.WRONG_PAGE: "Wrong page: another audience's account",
}


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The months, the latest first."""
    months = report.access(actor=asking.actor_of(request))
    verdicts = [each for each in words.VERDICTS if any(month.cases.get(each) for month in months)]
    context = {
        "months": [_month(month) for month in months],
        "causes": [
            (CAUSES[cause], [(_short(month), month.sign_ins.failed.get(cause, 0)) for month in months])
            for cause in Cause
        ],
        "cases": [
            (
                words.VERDICTS[verdict].short,
                [(_short(month), month.cases.get(verdict, 0)) for month in months],
            )
            for verdict in verdicts
        ],
    }
    return render(request, "staff/help_desk/report.html", context)


def _month(counted: Counted) -> dict[str, Any]:
    return {
        "name": f"{counted.month.first_on:%B %Y}",
        "short": _short(counted),
        "sign_ins": counted.sign_ins.succeeded,
        "failed": counted.sign_ins.failures,
        "failed_per_hundred": counted.failed_per_hundred,
        "cases": sum(counted.cases.values()),
        "cases_per_hundred": counted.cases_per_hundred,
        "same_day": counted.same_day.share,
        "reached": counted.same_day.reached,
        "measured": counted.same_day.measured,
    }


def _short(counted: Counted) -> str:
    return f"{counted.month.first_on:%b %Y}"
