"""The index of the rules of authorizations."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.authorizations import models
from tests.support import authorizations, visiting
from tests.support.actors import NOW, TODAY
from tests.support.world import World

INDEX = "/staff/authorizations/rules/"


def test_the_index_counts_what_is_in_force(operations: Client, world: World) -> None:
    del world
    assert "send to a reviewer 0 Clocks the plan has set 0 Questionnaires 0" in _seen(operations)
    authorizations.clock_rule()
    models.Questionnaire.objects.create(
        key="imaging", version=1, title="Imaging", content={}, published_at=NOW
    )
    models.ApprovalRule.objects.create(
        key="therapy",
        version=1,
        position=1,
        outcome="approve",
        text="Ten visits",
        citation="Policy 12",
        first_on=TODAY,
        published_at=NOW,
    )
    assert "send to a reviewer 1 Clocks the plan has set 1 Questionnaires 1" in _seen(operations)


def _seen(browser: Client) -> str:
    return visiting.seen(browser.get(INDEX))


RULES = f"{INDEX}approval/"
RULE = {
    "do": "publish",
    "key": "first-visits",
    "outcome": "approve",
    "conditions": "codes all_in 97110-97140, 73721\nunits at_most 12",
    "position": "10",
    "text": "The first visits of therapy.",
    "citation": "Therapy policy 12",
    "first_on": "03/12/2026",
}


def _sent(browser: Client, **sent: str) -> str:
    return visiting.seen(browser.post(RULES, sent, follow=True))


def test_a_rule_is_published_counts_and_ends(operations: Client, world: World) -> None:
    del world
    assert "No rules yet" in visiting.seen(operations.get(RULES))
    page = _sent(operations, **RULE)
    assert "Version 1 is published." in page
    assert "Codes are all among 97110-97140, 73721" in page
    assert "Version 2 is published." in _sent(operations, **RULE, last_on="03/20/2026")
    number = models.ApprovalRule.objects.get(version=2).pk
    ended = _sent(operations, do="end", row=str(number), last_on="03/11/2026")
    assert "Choose today or a later day" in ended
    assert "The rule ends on that day." in _sent(operations, do="end", row=str(number), last_on="03/13/2026")
    revived = _sent(operations, do="end", row=str(number), last_on="03/14/2026")
    assert "It ends earlier than that." in revived
    assert models.ApprovalRule.objects.get(version=2).last_on == TODAY + timedelta(days=1)
    assert operations.post(RULES, {"do": "end", "row": "0", "last_on": "03/13/2026"}).status_code == 404
    assert operations.post(RULES, {"do": "deny"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"outcome": "deny"}, "Select a valid choice"),
        ({"conditions": "codes"}, "Line 1: write the field, the test, and the values."),
        ({"conditions": "color is red"}, "Condition 1: there is no such field."),
        ({"conditions": "units at_most many"}, "Condition 1: the value is one number."),
        ({"conditions": " "}, "This field is required"),
        ({"first_on": "03/11/2026"}, "Choose today or a later day"),
        ({"last_on": "03/11/2026"}, "It would end before it begins."),
        ({"position": "0"}, "greater than or equal to 1"),
    ],
    ids=["outcome", "no test", "field", "number", "empty", "past", "end", "position"],
)
def test_a_rule_that_cannot_be_is_refused_with_why(
    operations: Client, world: World, changes: dict[str, str], says: str
) -> None:
    del world
    assert says in _sent(operations, **{**RULE, **changes})
    assert not models.ApprovalRule.objects.exists()
    assert not apps.get_model("audit", "Entry").objects.filter(outcome="crashed").exists()


def test_a_rule_is_tried_out_on_earlier_requests_and_changes_none(operations: Client, world: World) -> None:
    del world
    authorizations.in_review()
    authorizations.approved()
    denied = authorizations.denied()
    authorizations.referral()
    tried = {"do": "try", "outcome": "approve", "conditions": RULE["conditions"]}
    page = _sent(operations, **tried)
    assert "It would have held for 3 of 4 requests" in page
    assert "1 approved, 0 approved in part, 1 denied; 1 not decided yet." in page
    assert f"look at these first: {denied.number}." in page
    assert "Quillfeather" not in page
    assert not models.Trace.objects.exists()
    assert "there is no such field" in _sent(operations, **{**tried, "conditions": "color is red"})
