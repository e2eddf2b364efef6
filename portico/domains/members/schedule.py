"""The Schedule of Benefits: what one version of a benefit plan pays. No member in it, and so no PHI."""

import re
from datetime import date

from portico.domains.members import benefits, models, plans, rules
from portico.domains.members.answers import Network
from portico.domains.members.papers import Amounts, Schedule, ScheduleMissing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed

_PLAN_CODE = re.compile(r"[A-Z0-9]{3}")


class UnknownPlanCode(LookupError):
    """No plan and no coverage has this plan code."""


def open_page(*, actor: Actor) -> None:
    """Note that somebody opens the page that asks for a plan code. Raises NotPermitted."""
    with permit(actor, Function.BENEFIT_DOCUMENTS) as given:
        given.conclude("opened")


def of(*, actor: Actor, plan_code: str, on: date) -> Schedule | ScheduleMissing:
    """The schedule of the version in force on a day; ScheduleMissing when the plan owes one.

    The plan owes none for a day far off, so that nobody opens a work item for every year there is.
    A code is three letters and digits, in either case. Raises UnknownPlanCode, NotPermitted.
    """
    code = plan_code.upper()
    with permit(actor, Function.BENEFIT_DOCUMENTS) as given:
        answer = _schedule(code, on, actor.today)
        given.conclude(_conclusion(answer))
    if answer is None:
        raise UnknownPlanCode(code)
    return answer


def is_missing(*, plan_code: str, on: date, today: date) -> bool:
    """Does the plan owe a schedule for this code on this day? Not for an unknown code, nor a day far off."""
    return isinstance(_schedule(plan_code.upper(), on, today), ScheduleMissing)


def _schedule(code: str, on: date, today: date) -> Schedule | ScheduleMissing | None:
    version = plans.in_force(code, on=on) if _PLAN_CODE.fullmatch(code) else None
    services = benefits.services(version, on=on) if version else ()
    if version is None or not services:
        is_owed = on.year in rules.years_owed(today) and _is_known(code)
        return ScheduleMissing(code, on) if is_owed else None
    return Schedule(plans.facts(version), _amounts(version), services, freshness.of().get(Feed.BENEFITS))


def _is_known(code: str) -> bool:
    """A code that a member carries is known, even where the benefit extract never told of it."""
    if not _PLAN_CODE.fullmatch(code):
        return False
    of_plan = models.BenefitPlan.objects.filter(code=code)
    return of_plan.exists() or models.Coverage.objects.filter(plan_code=code).exists()


def _amounts(version: models.PlanVersion) -> tuple[Amounts, ...]:
    rows = plans.amounts(version)
    return tuple(
        Amounts(
            network=network,
            individual_deductible=rows[network].individual_deductible,
            family_deductible=rows[network].family_deductible,
            individual_oop=rows[network].individual_oop,
            family_oop=rows[network].family_oop,
        )
        for network in Network
        if network in rows
    )


def _conclusion(answer: Schedule | ScheduleMissing | None) -> str:
    match answer:
        case None:
            return "unknown_plan_code"
        case ScheduleMissing():
            return "schedule_missing"
        case _:
            return "schedule"
