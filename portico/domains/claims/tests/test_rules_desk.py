"""The plan's desk for claims: deadlines and the policies behind codes, set by whoever may."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portico.domains.claims import policies, reading, rules_desk
from portico.domains.claims.deadline_rules import Kind, Rule, Unit
from portico.domains.claims.models import CodePolicy, DeadlineRule
from portico.domains.claims.rules_desk import CannotSet, Policy, UnknownRule
from portico.domains.claims.tests.asking import biller
from portico.domains.library.search.tests import shelving
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.shared.periods import Period
from tests.support import actors, claims, world
from tests.support.cast import HMO, PPO

pytestmark = pytest.mark.usefixtures("plan")
DISPUTE = Rule(
    Kind.DISPUTE, 365, Unit.CALENDAR, "28 CCR 1300.71.38", Period(date(2020, 1, 1)), document="disputes"
)
POLICY = Policy("carc", "197", "disputes")
DESK = actors.plan_staff(Desk.OPERATIONS)


@pytest.fixture(autouse=True)
def _shelf(plan: None) -> None:
    shelving.document("disputes", "How to dispute a decision", "Write to us.")


def test_a_deadline_counts_at_the_next_look() -> None:
    rules_desk.add_deadline(actor=DESK, rule=DISPUTE)
    (found,) = reading.read(actor=biller(), claim=claims.denied().public_id).deadlines
    assert (found.rule, found.title) == (DISPUTE, "How to dispute a decision")


def test_a_policy_stands_beside_its_code() -> None:
    rules_desk.add_policy(actor=DESK, policy=POLICY)
    page = reading.read(actor=biller(), claim=claims.denied().public_id)
    assert page.policies[(policies.CARC, "197")].title == "How to dispute a decision"


def test_the_policy_of_the_line_comes_before_that_of_every_line() -> None:
    shelving.document("disputes-hmo", "Disputes in the HMO", "Write to them.")
    rules_desk.add_policy(actor=DESK, policy=POLICY)
    rules_desk.add_policy(actor=DESK, policy=replace(POLICY, line=HMO, document="disputes-hmo"))
    in_hmo = reading.read(actor=biller(), claim=claims.denied().public_id)
    in_ppo = reading.read(actor=biller(), claim=claims.denied("2", line_id=PPO).public_id)
    assert in_hmo.policies[(policies.CARC, "197")].document == "disputes-hmo"
    assert in_ppo.policies[(policies.CARC, "197")].document == "disputes"


def test_all_there_is_is_listed_with_titles() -> None:
    rules_desk.add_deadline(actor=DESK, rule=DISPUTE)
    rules_desk.add_policy(actor=DESK, policy=POLICY)
    CodePolicy.objects.create(kind="rarc", code="N56", document="gone")
    listed = rules_desk.listed(actor=DESK)
    assert [(row.rule, row.title) for row in listed.deadlines] == [(DISPUTE, "How to dispute a decision")]
    assert [(row.policy.code, row.title) for row in listed.policies] == [
        ("197", "How to dispute a decision"),
        ("N56", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"days": 0}, "days", "out_of_range"),
        ({"days": 3651}, "days", "out_of_range"),
        ({"citation": " "}, "citation", "missing"),
        ({"citation": "x" * 201}, "citation", "too_long"),
        ({"line": "levitation"}, "line", "unknown"),
        ({"document": "nowhere"}, "document", "not_in_library"),
        ({}, "first_on", "there_already"),
    ],
)
def test_a_deadline_that_cannot_be_is_refused(changes: dict[str, Any], field: str, code: str) -> None:
    rules_desk.add_deadline(actor=DESK, rule=DISPUTE)
    with pytest.raises(CannotSet) as refused:
        rules_desk.add_deadline(actor=DESK, rule=replace(DISPUTE, **changes))
    assert (refused.value.field, refused.value.code) == (field, code)
    assert DeadlineRule.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kind": "cpt"}, "kind", "unknown"),
        ({"code": ""}, "code", "missing"),
        ({"line": "levitation"}, "line", "unknown"),
        ({"document": "nowhere"}, "document", "not_in_library"),
        ({"document": ""}, "document", "not_in_library"),
        ({}, "code", "there_already"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(changes: dict[str, Any], field: str, code: str) -> None:
    rules_desk.add_policy(actor=DESK, policy=POLICY)
    with pytest.raises(CannotSet) as refused:
        rules_desk.add_policy(actor=DESK, policy=replace(POLICY, **changes))
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_deadline_is_ended_and_removed() -> None:
    rules_desk.add_deadline(actor=DESK, rule=DISPUTE)
    number = DeadlineRule.objects.get().pk
    with pytest.raises(CannotSet):
        rules_desk.end_deadline(actor=DESK, number=number, last_on=date(2019, 12, 31))
    rules_desk.end_deadline(actor=DESK, number=number, last_on=date(2026, 1, 31))
    assert not reading.read(actor=biller(), claim=claims.denied().public_id).deadlines
    rules_desk.remove_deadline(actor=DESK, number=number)
    with pytest.raises(UnknownRule):
        rules_desk.remove_deadline(actor=DESK, number=number)
    with pytest.raises(UnknownRule):
        rules_desk.end_deadline(actor=DESK, number=number, last_on=date(2026, 1, 31))
    with pytest.raises(UnknownRule):
        rules_desk.remove_policy(actor=DESK, number=number)


def test_every_change_is_written_down() -> None:
    before = world.last_use()
    rules_desk.add_deadline(actor=DESK, rule=DISPUTE)
    (use,) = world.uses(pk__gt=before)
    assert (use.function, use.conclusion) == ("claim_rules", "deadline_added")
    assert [text.split(" ", 1)[1] for _, text in use.subjects.values_list("kind", "identifier")] == [
        "dispute 365 calendar"
    ]


@pytest.mark.parametrize("desk", [Desk.SUPPORT, Desk.MEMBER_SERVICES, Desk.COMMUNICATIONS])
def test_another_desk_may_not(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        rules_desk.listed(actor=actors.plan_staff(desk))
