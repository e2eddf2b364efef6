"""Reminders of usernames: to the address they belong to, never of somebody whose invitation is open."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import allowances, reminders
from portico.domains.accounts.coming_back.allowances import Asked
from portico.domains.accounts.tests import coming_back, people
from portico.domains.accounts.tests.coming_back import ADDRESS, MAIL, audited, jobs, mails, work

pytestmark = pytest.mark.django_db


def ask(email: str = MAIL, *, minutes: float = 0, address: str = ADDRESS) -> None:
    reminders.ask(actor=people.at(minutes), email=email, address=address)


def reminded(email: str = MAIL) -> list[tuple[str, str]]:
    """To whom which usernames were mailed."""
    ask(email)
    work()
    return [(to, facts["usernames"]) for to, template, facts in mails() if template == "usernames"]


def index(email: str) -> tuple[str, str]:
    return "mail_address", allowances.index(email, purpose=Asked.REMINDER).hex()


def invitation(user: models.User, **changes: Any) -> None:
    values = {"secret_index": user.pk.to_bytes(16), "made_at": people.NOW, "kind": "temporary_password"}
    ends = people.NOW + timedelta(hours=24)
    models.Invitation.objects.create(user=user, expires_at=ends, **{**values, **changes})


def test_the_username_is_mailed_to_its_address() -> None:
    coming_back.user()
    assert reminded(" FAY@example.ORG ") == [(MAIL, people.NAME)]


def test_two_accounts_that_share_an_address_are_both_named() -> None:
    coming_back.user()
    coming_back.user("an.other", email="Fay@Example.org")
    coming_back.user("elsewhere", email="joe@example.org")
    assert reminded() == [(MAIL, f"{people.NAME}\n    an.other")]


@pytest.mark.parametrize(
    "changes",
    [{"activated_at": None}, {"state": "disabled"}],
    ids=["not activated", "disabled"],
)
def test_who_is_not_activated_or_disabled_is_not_named(changes: dict[str, Any]) -> None:
    coming_back.user(**changes)
    assert reminded() == []
    coming_back.user("an.other")
    assert [names for _, names in reminded()] == ["an.other"]


def test_who_holds_an_open_invitation_is_not_named() -> None:
    invitation(coming_back.user())
    assert reminded() == []


def test_an_invitation_that_has_ended_hinders_nothing() -> None:
    invitation(coming_back.user(), ended_at=people.NOW, ending="finished")
    assert reminded() == [(MAIL, people.NAME)]


def test_an_address_that_only_a_database_takes_for_the_same_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coming_back.user(email="mike@example.org")
    coming_back.user("other", email="m\u0131ke@example.org")
    everybody = models.User.objects.order_by("username")
    monkeypatch.setattr(reminders, "_found", lambda email: everybody)
    assert reminded("mike@example.org") == [("mike@example.org", people.NAME)]


@pytest.mark.parametrize("email", ["nobody@example.org", "", "%@example.org", "___@example.org"])
def test_an_address_that_nobody_has_is_mailed_nothing(email: str) -> None:
    coming_back.user()
    coming_back.user("without", email="")
    assert reminded(email) == []


def test_the_typed_address_is_kept_in_clear_nowhere() -> None:
    coming_back.user()
    ask()
    assert "fay@" not in json.dumps([job.payload for job in jobs()])
    work()
    assert MAIL not in repr(audited())


@pytest.mark.parametrize("email", [MAIL, "nobody@example.org"])
def test_three_an_hour_are_taken_for_an_address_known_or_not(email: str) -> None:
    coming_back.user()
    for minute in range(5):
        ask(email.upper() if minute % 2 else email, minutes=minute)
    assert len(jobs()) == 3


def test_reminders_and_resets_are_counted_apart() -> None:
    for _ in range(4):
        coming_back.asked("fay@example.org")
    ask()
    assert [job.kind for job in jobs()] == [*["mail_reset"] * 3, "mail_usernames"]


def test_known_and_unknown_addresses_cost_the_same_queries_and_jobs() -> None:
    coming_back.user()
    coming_back.user("disabled", email="disabled@example.org", state="disabled")
    costs = set()
    for email in (MAIL, "nobody@example.org", "disabled@example.org"):
        had = len(jobs())
        with CaptureQueriesContext(connection) as queries:
            ask(email)
        costs.add((len(queries), len(jobs()) - had))
    assert len(costs) == 1


def test_each_asking_and_each_job_leaves_one_row() -> None:
    user = coming_back.user()
    before = coming_back.last_row()
    for email in (MAIL, "nobody@example.org"):
        for _ in range(2):
            ask(email)
    ask(MAIL)
    ask(MAIL)
    work()
    assert [row[2] for row in audited(before)] == [
        *["usernames_asked"] * 5,
        "usernames_asked_too_often",
        *["usernames_mailed"] * 2,
        *["usernames_not_mailed"] * 2,
        "usernames_mailed",
    ]
    assert coming_back.subjects(before).count(("user", str(user.pk))) == 3
    assert index(MAIL) in coming_back.subjects(before)
