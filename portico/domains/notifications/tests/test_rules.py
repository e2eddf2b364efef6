"""What mails may say, and when sending is tried again."""

from datetime import timedelta

import pytest

from portico.domains.notifications import rules


@pytest.mark.parametrize(
    ("template", "context", "wrong"),
    [
        ("new_notices", {"count": 2}, None),
        ("new_notices", {}, "fact_missing"),
        ("new_notices", {"count": 2, "member_name": "x"}, "fact_not_allowed"),
        ("chain_letter", {"count": 2}, "unknown_template"),
    ],
)
def test_a_mail_says_exactly_what_is_listed(template: str, context: rules.Context, wrong: str | None) -> None:
    assert rules.wrong_context(template, context) == wrong


@pytest.mark.parametrize("template", rules.TEMPLATES)
def test_no_mail_is_given_a_fact_that_could_be_phi(template: str) -> None:
    only_there = rules.SAID_ONLY_THERE.get(template, frozenset())
    assert rules.TEMPLATES[template] <= rules.SAID_IN_THE_OPEN | only_there


def test_usernames_are_said_in_their_reminder_alone() -> None:
    assert [name for name, facts in rules.TEMPLATES.items() if "usernames" in facts] == ["usernames"]
    assert {"usernames": {"usernames"}} == rules.SAID_ONLY_THERE


@pytest.mark.parametrize(
    "phi", "name member subscriber ssn birth address phone diagnosis claim provider".split()
)
def test_the_facts_said_in_the_open_name_nobody(phi: str) -> None:
    assert not any(phi in fact for fact in rules.SAID_IN_THE_OPEN)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (7, 1920), (8, 3600), (500, 3600)])
def test_the_wait_doubles_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert rules.wait_after(attempts) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("attempts", "again"), [(0, True), (11, True), (12, False)])
def test_twelve_tries_are_enough(attempts: int, again: bool) -> None:
    assert rules.may_try_again(attempts) is again
