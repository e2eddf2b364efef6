"""The onboarding tracker: who is how far, stuck at what and since when, for an office and for the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from portico.domains.access import coming_on
from portico.domains.access.coming_on import Coming
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import opening
from portico.domains.support import onboarding_rules
from portico.domains.support.onboarding_rules import Facts, SameDay, Seen, Step, Stuck
from portico.shared import pages

SIZE: Final = 25
MEASURED_OVER: Final = timedelta(days=90)
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the way, step by step; nobody in a list has done the first task."""

    user_id: int
    username: str
    name: str
    office_names: tuple[str, ...]
    steps: tuple[Seen, ...]
    stuck: Stuck | None


@dataclass(frozen=True, slots=True)
class Tracker:
    """A page of those on the way, the newest first.

    Of those whose accounts were made in the last 90 days: how many there are, how many are stuck at each
    step, and how many were ready on the same day.
    """

    page: pages.Page[Row]
    made: int
    stuck_at: tuple[tuple[Step, int], ...]
    same_day: SameDay


def tracker(*, actor: Actor, function: Function, after: str = "", size: int = SIZE) -> Tracker:
    """Everybody on the way whom that function reaches: MANAGE_USERS the own office, PROVISIONING all.

    Raises NotPermitted.
    """
    with permit(actor, function) as given:
        found = coming_on.page(given, key=after, size=size)
        rows = tuple(_row(each, actor.asked_at) for each in found.rows)
        since = actor.asked_at - MEASURED_OVER
        made = coming_on.made(given, since=since, until=actor.asked_at + _TICK)
        lately = [facts_of(each) for each in made]
        given.conclude("onboarding_shown")
        return Tracker(
            page=pages.Page(rows, found.next_key),
            made=len(lately),
            stuck_at=_stuck_at(lately, actor.asked_at),
            same_day=onboarding_rules.same_day(opening.hours(), lately, actor.asked_at),
        )


def same_day(given: Permit, *, since: datetime, until: datetime) -> SameDay:
    """The goal as reached for accounts made from `since` until before `until`, in a permit of the plan."""
    people = (facts_of(each) for each in coming_on.made(given, since=since, until=until))
    return onboarding_rules.same_day(opening.hours(), people, given.actor.asked_at)


def facts_of(coming: Coming) -> Facts:
    """What the rules need to know of somebody."""
    account = coming.account
    return Facts(
        made_at=account.facts.made_at,
        invitation=account.facts.invitation,
        activated_at=account.facts.activated_at,
        asks_identity=coming.asks_identity,
        verified_at=account.verified_at,
        role_at=coming.role.since,
        has_role=coming.role.is_active,
        role_code=coming.role.code,
        task_at=account.task_at,
    )


def _row(coming: Coming, at: datetime) -> Row:
    seen, account = onboarding_rules.steps(facts_of(coming), at), coming.account
    return Row(
        account.user_id,
        account.username,
        account.name,
        coming.office_names,
        seen,
        onboarding_rules.stuck(seen),
    )


def _stuck_at(people: Iterable[Facts], at: datetime) -> tuple[tuple[Step, int], ...]:
    counted = dict.fromkeys(Step, 0)
    for facts in people:
        found = onboarding_rules.stuck(onboarding_rules.steps(facts, at))
        if found is not None:
            counted[found.step] += 1
    return tuple((step, count) for step, count in counted.items() if step is not Step.PROVISIONED)
