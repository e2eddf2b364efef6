"""How far an account is: each step by its facts, where it is stuck, and who can mend it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from portico.domains.accounts.joining.provisioning_rules import (
    Facts,
    Identity,
    Invited,
    Lock,
    Progress,
    Standing,
    Step,
    Stuck,
    standing,
    steps,
    stuck,
)
from portico.domains.permits.actors import AccountState
from portico.domains.permits.reasons import FixedBy
from tests.support.actors import NOW

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
MADE = NOW - 9 * DAY
DONE = Facts(
    state=AccountState.ACTIVE,
    made_at=MADE,
    activated_at=NOW - DAY,
    invitation=Invited(MADE, MADE + DAY, MADE, "finished"),
    password_set_at=NOW - DAY,
    factor_since=NOW - DAY,
    identity=Identity(verified_at=NOW - DAY),
    terms_at=NOW - DAY,
    signed_in_at=NOW,
)
NEW = Facts(AccountState.ACTIVE, MADE, invitation=Invited(MADE, NOW + DAY), identity=Identity(is_asked=True))
OVER = Invited(MADE, NOW)


def seen(facts: Facts, step: Step, at: datetime = NOW) -> tuple[Progress, str]:
    [found] = [each for each in steps(facts, at) if each.step is step]
    return found.progress, found.code


def test_the_steps_stand_in_the_order_they_are_taken() -> None:
    assert [each.step for each in steps(NEW, NOW)] == list(Step)


def test_whoever_did_all_of_them_is_stuck_nowhere() -> None:
    assert {each.progress for each in steps(DONE, NOW)} == {Progress.DONE}
    assert stuck(steps(DONE, NOW)) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Standing.ACTIVE),
        ({"state": AccountState.PENDING}, Standing.PENDING),
        ({"state": AccountState.SUSPENDED}, Standing.SUSPENDED),
        ({"state": AccountState.DISABLED}, Standing.DISABLED),
        ({"lock": Lock(NOW)}, Standing.LOCKED),
        ({"lock": Lock(NOW), "state": AccountState.SUSPENDED}, Standing.SUSPENDED),
        ({"activated_at": None, "invitation": Invited(MADE, NOW + MOMENT)}, Standing.INVITED),
        ({"activated_at": None, "invitation": OVER}, Standing.INVITATION_OVER),
        ({"activated_at": None, "invitation": None}, Standing.INVITATION_OVER),
        ({"activated_at": None, "state": AccountState.DISABLED}, Standing.DISABLED),
    ],
    ids=str,
)
def test_an_account_stands_so(changes: dict[str, Any], expected: Standing) -> None:
    assert standing(replace(DONE, **changes), NOW)[0] is expected


def test_what_ends_by_itself_says_when() -> None:
    assert standing(NEW, NOW) == (Standing.INVITED, NOW + DAY)
    assert standing(replace(DONE, lock=Lock(NOW + DAY)), NOW) == (Standing.LOCKED, NOW + DAY)
    assert standing(replace(DONE, lock=Lock(None)), NOW) == (Standing.LOCKED, None)


@pytest.mark.parametrize(
    ("invitation", "expected"),
    [
        (None, (Progress.STOPPED, "none")),
        (Invited(MADE, NOW + MOMENT), (Progress.WAITING, "open")),
        (Invited(MADE, NOW + MOMENT, NOW), (Progress.WAITING, "taken")),
        (OVER, (Progress.STOPPED, "expired")),
        (Invited(MADE, NOW + DAY, None, "cancelled"), (Progress.STOPPED, "cancelled")),
        (Invited(MADE, NOW + DAY, None, "misses"), (Progress.STOPPED, "misses")),
        (Invited(MADE, NOW + DAY, None, "not_mine"), (Progress.STOPPED, "not_mine")),
    ],
    ids=str,
)
def test_an_invitation_is_that_far(invitation: Invited | None, expected: tuple[Progress, str]) -> None:
    assert seen(replace(NEW, invitation=invitation), Step.INVITED) == expected


@pytest.mark.parametrize(
    ("changes", "step", "expected"),
    [
        ({"invitation": None}, Step.INVITED, (Progress.NOT_ASKED, "")),
        ({"password_set_at": None}, Step.CREDENTIALS, (Progress.WAITING, "")),
        ({"password_set_at": None, "elsewhere_since": NOW}, Step.CREDENTIALS, (Progress.DONE, "elsewhere")),
        ({"factor_since": None}, Step.FACTOR, (Progress.WAITING, "")),
        (
            {"factor_since": None, "elsewhere_with_factor": True},
            Step.FACTOR,
            (Progress.NOT_ASKED, "elsewhere"),
        ),
        ({"identity": Identity()}, Step.IDENTITY, (Progress.NOT_ASKED, "")),
        ({"identity": Identity(is_asked=True)}, Step.IDENTITY, (Progress.WAITING, "")),
        ({"identity": Identity(NOW, True, "asked")}, Step.IDENTITY, (Progress.WAITING, "asked")),
        ({"identity": Identity(NOW, True, "refused")}, Step.IDENTITY, (Progress.STOPPED, "refused")),
        ({"identity": Identity(NOW, False, "refused")}, Step.IDENTITY, (Progress.DONE, "")),
        ({"terms_at": None}, Step.TERMS, (Progress.NOT_ASKED, "")),
        ({"terms_at": None, "terms_asked": True}, Step.TERMS, (Progress.WAITING, "")),
        ({"terms_asked": True}, Step.TERMS, (Progress.WAITING, "changed")),
        ({"activated_at": None}, Step.ACCOUNT, (Progress.WAITING, "")),
        ({"lock": Lock(NOW)}, Step.ACCOUNT, (Progress.STOPPED, "locked")),
        ({"state": AccountState.SUSPENDED}, Step.ACCOUNT, (Progress.STOPPED, "suspended")),
        ({"signed_in_at": None}, Step.SIGNED_IN, (Progress.NOT_ASKED, "")),
    ],
    ids=str,
)
def test_a_step_is_that_far(changes: dict[str, Any], step: Step, expected: tuple[Progress, str]) -> None:
    assert seen(replace(DONE, **changes), step) == expected


@pytest.mark.parametrize(
    ("facts", "step", "code", "by"),
    [
        (NEW, Step.INVITED, "open", FixedBy.YOURSELF),
        (replace(NEW, invitation=OVER), Step.INVITED, "expired", FixedBy.ADMINISTRATOR),
        (replace(DONE, password_set_at=None), Step.CREDENTIALS, "", FixedBy.YOURSELF),
        (replace(DONE, factor_since=None), Step.FACTOR, "", FixedBy.YOURSELF),
        (replace(DONE, identity=Identity(is_asked=True)), Step.IDENTITY, "", FixedBy.YOURSELF),
        (
            replace(DONE, identity=Identity(is_asked=True, proof="handed_in")),
            Step.IDENTITY,
            "handed_in",
            FixedBy.PLAN,
        ),
        (
            replace(DONE, identity=Identity(is_asked=True, proof="refused")),
            Step.IDENTITY,
            "refused",
            FixedBy.PLAN,
        ),
        (replace(DONE, terms_asked=True), Step.TERMS, "changed", FixedBy.YOURSELF),
        (replace(DONE, lock=Lock()), Step.ACCOUNT, "locked", FixedBy.ADMINISTRATOR),
        (replace(DONE, state=AccountState.SUSPENDED), Step.ACCOUNT, "suspended", FixedBy.ADMINISTRATOR),
        (replace(DONE, state=AccountState.PENDING), Step.ACCOUNT, "pending", FixedBy.PLAN),
        (replace(DONE, state=AccountState.DISABLED), Step.ACCOUNT, "disabled", FixedBy.PLAN),
        (replace(NEW, state=AccountState.DISABLED), Step.ACCOUNT, "disabled", FixedBy.PLAN),
    ],
    ids=[
        *("open", "expired", "no_password", "no_factor", "unverified", "handed_in", "refused"),
        *("new_terms", "locked", "suspended", "pending", "disabled", "disabled_before_it_began"),
    ],
)
def test_it_is_stuck_there_and_that_is_who_mends_it(facts: Facts, step: Step, code: str, by: FixedBy) -> None:
    assert stuck(steps(facts, NOW)) == Stuck(step, code, by)


def test_never_having_signed_in_is_no_reason_to_be_stuck() -> None:
    assert stuck(steps(replace(DONE, signed_in_at=None), NOW)) is None
