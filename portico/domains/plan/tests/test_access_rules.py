"""The plan's rules of access: who may change them, to what, what the audit keeps, when they count."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError

from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.domains.plan import access_rule_bounds, access_rules, models, policy
from portico.domains.plan.access_rules import CannotSet, Changed
from portico.domains.plan.policy import AccessRules
from tests.support import actors
from tests.support.actors import NOW

OPERATIONS = actors.plan_staff(persona_id=93)
STRICTER = AccessRules(confirmed_by="plan", review_months=1, review_days=14)


def change(rules: AccessRules = STRICTER, *, actor: Actor = OPERATIONS, was: str = "") -> bool:
    return access_rules.replace(actor=actor, rules=rules, was=was)


def last_use() -> tuple[str, str, list[tuple[str, str]]]:
    """The outcome, conclusion and subjects of the latest audit row."""
    use = apps.get_model("audit", "Entry").objects.latest("pk")
    return use.outcome, use.conclusion, list(use.subjects.order_by("pk").values_list("kind", "identifier"))


@pytest.mark.django_db
def test_without_a_row_the_defaults_count() -> None:
    assert access_rules.read() == AccessRules() == policy.current().access


@pytest.mark.django_db
def test_a_change_counts_at_once_and_says_who_made_it_and_when() -> None:
    assert policy.current().access == AccessRules()
    assert change()
    assert access_rules.read() == STRICTER == policy.current().access
    row = models.AccessPolicy.objects.get()
    assert (row.changed_at, row.changed_by) == (NOW, OPERATIONS.user_id)


@pytest.mark.django_db
def test_the_audit_keeps_what_changed_before_and_after_and_nothing_else() -> None:
    change()
    assert last_use() == (
        "allowed",
        "access_rules_replaced",
        [
            ("access_rules", "table"),
            ("rule_was", "confirmed_by -"),
            ("rule_is", "confirmed_by plan"),
            ("rule_was", "review_months 3"),
            ("rule_is", "review_months 1"),
            ("rule_was", "review_days 30"),
            ("rule_is", "review_days 14"),
        ],
    )


@pytest.mark.django_db
def test_the_same_rules_again_change_nothing_and_write_no_version() -> None:
    change()
    assert not change()
    assert last_use() == ("allowed", "access_rules_kept", [])


@pytest.mark.django_db
def test_rules_somebody_else_changed_meanwhile_are_not_overwritten() -> None:
    opened = access_rules.version(access_rules.read())
    change()
    with pytest.raises(Changed):
        change(AccessRules(recovery_days=14), was=opened)
    assert access_rules.read() == STRICTER
    assert change(AccessRules(recovery_days=14), was=access_rules.version(STRICTER))


WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("confirmed_by_somebody", {"confirmed_by": "anybody"}, "confirmed_by", "unknown"),
    ("personas_unknown", {"personas": "both"}, "personas", "unknown"),
    ("no_time_to_object", {"recovery_days": 2}, "recovery_days", "out_of_bounds"),
    ("objecting_for_ever", {"recovery_days": 31}, "recovery_days", "out_of_bounds"),
    ("no_hours", {"request_hours": 0}, "request_hours", "out_of_bounds"),
    ("a_review_of_six_days", {"review_days": 6}, "review_days", "out_of_bounds"),
    ("a_review_each_thirteen_months", {"review_months": 13}, "review_months", "out_of_bounds"),
    ("a_negative_turn", {"review_months": -1}, "review_months", "out_of_bounds"),
    ("a_request_of_two_days", {"request_days": 2}, "request_days", "out_of_bounds"),
    (
        "a_review_longer_than_its_turn",
        {"review_months": 1, "review_days": 28},
        "review_days",
        "review_outlasts_its_turn",
    ),
    (
        "a_request_that_expires_first",
        {"request_hours": 8, "request_days": 4},
        "request_days",
        "expires_before_the_plan_has_it",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field", "code"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_rules_that_cannot_be_are_refused_and_nothing_changes(
    changes: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(CannotSet) as refused:
        change(replace(AccessRules(), **changes))
    assert (refused.value.field, refused.value.code) == (field, code)
    assert access_rules.read() == AccessRules()
    assert last_use()[:2] == ("crashed", "CannotSet")


@pytest.mark.parametrize("field", list(access_rule_bounds.BOUNDS), ids=str)
def test_both_ends_of_a_bound_may_be_set(field: str) -> None:
    roomy = AccessRules(review_months=12, review_days=7, request_hours=1, request_days=90)
    for number in access_rule_bounds.BOUNDS[field]:
        changes: dict[str, Any] = {field: number}
        access_rule_bounds.check(replace(roomy, **changes))


def test_reviews_that_are_off_outlast_nothing() -> None:
    access_rule_bounds.check(AccessRules(review_months=0, review_days=60))


@pytest.mark.django_db
@pytest.mark.parametrize("desk", [Desk.SUPPORT, Desk.MEMBER_SERVICES], ids=str)
def test_another_desk_does_not_change_them(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        change(actor=actors.plan_staff(desk))
    assert last_use()[0] == "denied"


@pytest.mark.django_db
def test_an_administrator_does_not_change_them() -> None:
    with pytest.raises(NotPermitted) as refused:
        change(actor=actors.administrator())
    assert refused.value.decision.reasons == (Reason.FUNCTION_NOT_GRANTED,)
    assert refused.value.decision.question.function is Function.ACCESS_RULES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (Account(proven_lately=False), Reason.CONFIRMATION_REQUIRED),
        (Account(second_factor=False), Reason.STEP_UP_REQUIRED),
    ],
    ids=["proven_some_time_ago", "no_second_factor"],
)
def test_a_change_asks_for_proof(account: Account, reason: Reason) -> None:
    with pytest.raises(NotPermitted) as refused:
        change(actor=actors.plan_staff(account=account))
    assert refused.value.decision.reasons == (reason,)


@pytest.mark.django_db
def test_the_database_keeps_one_row() -> None:
    with pytest.raises(IntegrityError):
        models.AccessPolicy.objects.create(pk=2)
