"""The plan's rules of claims in the browser: deadlines and policies, added, ended and removed."""

from typing import Any

import pytest
from django.test import Client

from portico.domains.claims.models import CodePolicy, DeadlineRule
from portico.domains.library.search.tests import shelving
from tests.support import visiting
from tests.support.visiting import seen
from tests.support.world import World

PAGE = "/staff/claim-rules/"
DEADLINE = {
    "do": "add_deadline",
    "kind": "dispute",
    "days": "365",
    "unit": "calendar",
    "line": "",
    "tax_id": "",
    "first_on": "01/01/2020",
    "citation": "28 CCR 1300.71.38",
    "document": "disputes",
}
POLICY = {"do": "add_policy", "kind": "rarc", "code": "n56", "line": "", "document": "disputes"}


@pytest.fixture(autouse=True)
def _shelf(world: World) -> None:
    shelving.document("disputes", "How to dispute a decision", "Write to us.")


def test_a_deadline_is_added_ended_and_removed(operations: Client) -> None:
    said = seen(operations.post(PAGE, DEADLINE, follow=True))
    assert "Disputing a decision 365 calendar days Every line Every office" in said
    assert "How to dispute a decision" in said
    row = str(DeadlineRule.objects.get().pk)
    ended = {"do": "end_deadline", "row": row, "last_on": "01/31/2026"}
    assert "to 01/31/2026" in seen(operations.post(PAGE, ended, follow=True))
    assert "The rule is removed." in seen(
        operations.post(PAGE, {"do": "remove_deadline", "row": row}, follow=True)
    )
    assert "No deadlines yet" in seen(operations.get(PAGE))


def test_a_policy_is_added_and_removed(operations: Client) -> None:
    assert "Remark N56" in seen(operations.post(PAGE, POLICY, follow=True))
    row = str(CodePolicy.objects.get().pk)
    operations.post(PAGE, {"do": "remove_policy", "row": row})
    assert "No policies yet" in seen(operations.get(PAGE))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**DEADLINE, "days": "0"}, "greater than or equal to 1"),
        ({**DEADLINE, "citation": ""}, "This field is required"),
        ({**DEADLINE, "document": "nowhere"}, "The library has no document of this key in force today."),
        ({**DEADLINE, "tax_id": "17"}, "A tax ID has 9 digits."),
        ({**DEADLINE, "last_on": "01/01/2019"}, "It would end before it begins."),
        ({**POLICY, "document": "nowhere"}, "The library has no document of this key in force today."),
        ({"do": "end_deadline", "row": "1", "last_on": "soon"}, "Enter a day as mm/dd/yyyy"),
    ],
)
def test_what_cannot_be_is_said(operations: Client, sent: dict[str, Any], said: str) -> None:
    answer = operations.post(PAGE, sent)
    assert answer.status_code == 422
    assert said in seen(answer)


@pytest.mark.parametrize("do", ["remove_deadline", "remove_policy", "end_deadline"])
@pytest.mark.parametrize("row", ["", "x", "999"])
def test_a_rule_there_is_not_is_unknown(operations: Client, do: str, row: str) -> None:
    assert operations.post(PAGE, {"do": do, "row": row, "last_on": "01/31/2026"}).status_code == 404
    assert operations.post(PAGE, {"do": "levitate"}).status_code == 404


def test_an_office_may_not(front_desk: Client, world: World) -> None:
    assert front_desk.get(PAGE).status_code == 403
    assert visiting.sign_in(world["support"]).post(PAGE, POLICY).status_code == 403
    assert not CodePolicy.objects.exists()
