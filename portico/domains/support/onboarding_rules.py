"""How far somebody is from an account made to the first task done, where it is stuck, and the same-day goal.

    provisioned -> invited -> credentials -> verified -> role active -> first task

Pure. Ready is who could begin: every step but the last is done. The goal: ready on the business day on which
the account was made; one made after hours has the next day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portico.domains.accounts.joining.provisioning_rules import Invited
from portico.domains.permits.reasons import FixedBy
from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours


class Step(StrEnum):
    """The steps, in the order they are taken."""

    PROVISIONED = "provisioned"
    INVITED = "invited"
    CREDENTIALS = "credentials"
    VERIFIED = "verified"
    ROLE = "role"
    TASK = "task"


class Sign(StrEnum):
    """How one step stands."""

    DONE = "done"
    WAITING = "waiting"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody on the way; `role_code` says why no role is active."""

    made_at: datetime
    invitation: Invited | None = None
    activated_at: datetime | None = None
    asks_identity: bool = False
    verified_at: datetime | None = None
    role_at: datetime | None = None
    has_role: bool = False
    role_code: str = ""
    task_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One step as it stands; `code` says more, `at` when it was done."""

    step: Step
    sign: Sign
    at: datetime | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Stuck:
    """The step it is stuck at, since when, why (a code), and who takes it on."""

    step: Step
    since: datetime
    code: str
    by: FixedBy


@dataclass(frozen=True, slots=True)
class SameDay:
    """Of those whose day is over or who are ready: how many there are, and how many were ready that day."""

    measured: int = 0
    reached: int = 0

    @property
    def share(self) -> int | None:
        """How many in a hundred, rounded down; None where nobody was measured."""
        return self.reached * 100 // self.measured if self.measured else None


def steps(facts: Facts, at: datetime) -> tuple[Seen, ...]:
    """Every step in order, as it stands at `at`."""
    return (
        Seen(Step.PROVISIONED, Sign.DONE, facts.made_at),
        _invited(facts),
        _credentials(facts, at),
        _verified(facts),
        Seen(Step.ROLE, Sign.DONE, facts.role_at)
        if facts.has_role
        else Seen(Step.ROLE, Sign.WAITING, code=facts.role_code),
        Seen(Step.TASK, Sign.DONE if facts.task_at else Sign.WAITING, facts.task_at),
    )


def stuck(seen: Iterable[Seen]) -> Stuck | None:
    """The first step that is not done; since the latest of those before it. None: all are."""
    before: list[datetime] = []
    for each in seen:
        if each.sign is Sign.WAITING:
            return Stuck(each.step, max(before), each.code, _taken_on_by(each))
        if each.at is not None:
            before.append(each.at)
    return None


def ready_at(facts: Facts, at: datetime) -> datetime | None:
    """When the last step before the first task was done; None while one is open."""
    seen = steps(facts, at)[:-1]
    if any(each.sign is Sign.WAITING for each in seen):
        return None
    return max(each.at for each in seen if each.at is not None)


def same_day(hours: Hours, people: Iterable[Facts], at: datetime) -> SameDay:
    """How many were ready on the business day on which their accounts were made, as far as it is known."""
    measured = reached = 0
    for facts in people:
        on, ready = business_time.day_of(hours, facts.made_at), ready_at(facts, at)
        is_over = at.astimezone(hours.zone).date() > on
        measured += ready is not None or is_over
        reached += ready is not None and ready.astimezone(hours.zone).date() <= on
    return SameDay(measured, reached)


def _invited(facts: Facts) -> Seen:
    if facts.invitation is not None:
        return Seen(Step.INVITED, Sign.DONE, facts.invitation.made_at)
    return Seen(Step.INVITED, Sign.NOT_ASKED if facts.activated_at else Sign.WAITING)


def _credentials(facts: Facts, at: datetime) -> Seen:
    if facts.activated_at is not None:
        return Seen(Step.CREDENTIALS, Sign.DONE, facts.activated_at)
    is_open = facts.invitation is not None and facts.invitation.is_open(at)
    return Seen(Step.CREDENTIALS, Sign.WAITING, code="" if is_open else "invitation_over")


def _verified(facts: Facts) -> Seen:
    if facts.asks_identity:
        return Seen(Step.VERIFIED, Sign.WAITING)
    return Seen(Step.VERIFIED, Sign.DONE if facts.verified_at else Sign.NOT_ASKED, facts.verified_at)


def _taken_on_by(seen: Seen) -> FixedBy:
    by_administrator = seen.step in (Step.INVITED, Step.ROLE) or seen.code == "invitation_over"
    return FixedBy.ADMINISTRATOR if by_administrator else FixedBy.YOURSELF
