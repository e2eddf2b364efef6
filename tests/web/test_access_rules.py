"""The rules of access in the browser: changed as a whole, nobody else's change undone, each version told."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.plan import access_rules, policy
from portico.domains.plan.policy import AccessRules
from tests.support import visiting
from tests.support.visiting import seen
from tests.support.world import World

RULES, HISTORY = "/staff/access-rules/", "/staff/access-rules/history/"
SENT = {
    "confirmed_by": "plan",
    "personas": "linked",
    "review_months": "3",
    "review_days": "21",
    "request_hours": "8",
    "request_days": "30",
    "recovery_days": "7",
}


def send(browser: Client, **changes: str) -> Any:
    """The answer to the form, made from the rules as they are."""
    return browser.post(RULES, {**SENT, "was": access_rules.version(access_rules.read()), **changes})


def test_the_page_shows_the_rules_as_they_are(operations: Client) -> None:
    page = operations.get(RULES).content.decode()
    assert 'name="review_days" value="30"' in page
    assert f'name="was" value="{access_rules.version(AccessRules())}"' in page


def test_a_change_is_kept_and_counts_at_once(operations: Client) -> None:
    answer = send(operations)
    assert (answer.status_code, answer.headers["Location"]) == (302, RULES)
    assert policy.current().access == AccessRules(confirmed_by="plan", review_days=21)
    assert "The rules are changed. They count from the next request on." in seen(operations.get(RULES))


def test_the_same_rules_again_are_no_version(operations: Client) -> None:
    send(operations)
    send(operations)
    assert "Nothing is changed." in seen(operations.get(RULES))
    subjects = apps.get_model("audit", "Subject").objects.filter(kind="access_rules")
    assert subjects.count() == 1


def test_every_version_is_told_with_who_made_it(operations: Client) -> None:
    assert "Never changed" in seen(operations.get(HISTORY))
    send(operations)
    send(operations, confirmed_by="", recovery_days="14")
    said = seen(operations.get(HISTORY))
    assert "Operations Tester" in said
    latest = "Before Confirmed by: plan Days to object to a recovery: 7"
    assert said.index(latest) < said.index("Before Confirmed by: nobody Days for a review: 30")
    assert "After Confirmed by: nobody Days to object to a recovery: 14" in said


@pytest.mark.parametrize("after", ["x", "2026x~1", "2026-03-12T00:00:00+00:00~99999999999999999999"])
def test_a_place_in_the_history_that_somebody_made_up_shows_the_first_page(
    operations: Client, after: str
) -> None:
    answer = operations.get(HISTORY, {"after": after})
    assert answer.status_code == 200


def test_somebody_elses_change_is_not_overwritten(operations: Client) -> None:
    was = access_rules.version(AccessRules())
    send(operations)
    answer = send(operations, was=was, recovery_days="14")
    assert answer.status_code == 422
    assert "Somebody else has changed the rules since you opened them." in seen(answer)
    assert access_rules.read().recovery_days == 7


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"recovery_days": "1"}, "Enter a whole number from 3 to 30."),
        ({"recovery_days": "soon"}, "Enter a whole number from 3 to 30."),
        ({"review_months": ""}, "Enter a whole number from 0 to 12."),
        ({"review_months": "1", "review_days": "28"}, "A review has to end before the next one begins."),
        ({"request_days": "3"}, "A request would expire before it has come to the plan."),
        ({"personas": "both"}, "is not one of the available choices"),
        ({"personas": ""}, "Choose how an administrator works with patients."),
        ({"confirmed_by": "anybody"}, "is not one of the available choices"),
    ],
    ids=["too_few", "no_number", "empty", "overlapping", "expiring", "unknown", "none", "nobody_known"],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    operations: Client, changes: dict[str, str], said: str
) -> None:
    answer = send(operations, **changes)
    assert answer.status_code == 422
    assert said in seen(answer)
    assert access_rules.read() == AccessRules()


def test_support_reads_neither_the_rules_nor_their_history(world: World) -> None:
    support = visiting.sign_in(world["support"])
    assert support.get(RULES).status_code == 403
    assert support.get(HISTORY).status_code == 403
    assert support.post(RULES, SENT).status_code == 403
