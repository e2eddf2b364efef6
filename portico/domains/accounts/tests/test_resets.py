"""Asking for a reset link: one permit and one job whoever is named; only the worker looks, and mails."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.accounts import closing, models
from portico.domains.accounts.coming_back import resets
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.accounts.tests import coming_back, people, spying
from portico.domains.accounts.tests.coming_back import asked, audited, jobs, mails, subjects, work
from portico.domains.accounts.tests.spying import Spy
from portico.domains.notifications import outbox
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.shared.vault import CannotOpen
from tests.support import actors

pytestmark = pytest.mark.django_db

NOBODY = "nobody.here"


def index(username: str) -> tuple[str, str]:
    return "sign_in_name", misses.index(Step.PASSWORD, username).hex()


def test_a_link_is_mailed_to_the_address_of_the_account() -> None:
    coming_back.user()
    asked(" FAY.desk ")
    assert work() == 1
    [(to, template, facts)] = mails()
    assert (to, template) == (coming_back.MAIL, "password_reset")
    secret = facts["link"].partition("?t=")[2]
    row = models.ResetLink.objects.get()
    assert bytes(row.secret_index) == resets.link_index(secret)
    assert (row.made_at, row.expires_at) == (people.NOW, people.instant(60))


def test_neither_the_link_nor_the_typed_name_is_kept_in_clear() -> None:
    coming_back.user()
    asked()
    name = misses.name_key(people.NAME)
    assert name not in json.dumps([job.payload for job in jobs()]).casefold()
    work()
    [(_, _, facts)] = mails()
    secret = facts["link"].partition("?t=")[2]
    kept = repr(list(models.ResetLink.objects.values())) + repr([job.__dict__ for job in jobs()])
    assert secret not in kept
    assert secret not in repr(audited())


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "disabled"},
        {"activated_at": None},
        {"email": ""},
        {"email": "no address"},
        {"password": "!"},
    ],
    ids=["disabled", "invited", "no address", "a bad address", "signs in elsewhere"],
)
def test_who_may_not_reset_is_mailed_nothing(changes: dict[str, Any]) -> None:
    user = coming_back.user()
    models.User.objects.filter(pk=user.pk).update(**changes)
    asked()
    assert work() == 1
    assert mails() == []


@pytest.mark.parametrize("state", ["active", "pending", "suspended"])
def test_who_may_sign_in_may_reset(state: str) -> None:
    coming_back.user(state=state, suspended_at=people.NOW)
    asked()
    work()
    assert [template for _, template, _ in mails()] == ["password_reset"]


def test_a_name_that_nobody_has_is_mailed_nothing() -> None:
    asked(NOBODY)
    asked("not even a username!")
    assert work() == 2
    assert mails() == []
    assert not models.ResetLink.objects.exists()


def test_each_asking_and_each_job_leaves_one_row() -> None:
    user = coming_back.user()
    before = coming_back.last_row()
    asked()
    asked(NOBODY)
    work()
    assert audited(before) == [
        ("sign_in", "allowed", "reset_asked"),
        ("sign_in", "allowed", "reset_asked"),
        ("sending", "allowed", "reset_mailed"),
        ("sending", "allowed", "reset_not_mailed"),
    ]
    assert subjects(before) == [
        index(people.NAME),
        index(NOBODY),
        index(people.NAME),
        ("user", str(user.pk)),
        index(NOBODY),
    ]


def test_an_older_link_ends_when_a_newer_one_is_mailed() -> None:
    coming_back.user()
    coming_back.link()
    coming_back.link(minutes=5)
    first, second = models.ResetLink.objects.order_by("pk")
    assert (first.ended_at, second.ended_at) == (people.instant(5), None)


def test_links_long_over_are_dropped() -> None:
    coming_back.user()
    coming_back.link()
    week = 7 * 24 * 60
    coming_back.link(minutes=week + 60)
    assert models.ResetLink.objects.count() == 2
    coming_back.link(minutes=week + 121)
    assert models.ResetLink.objects.count() == 2


@pytest.mark.parametrize("username", [people.NAME, NOBODY])
def test_three_an_hour_are_taken_for_a_name_known_or_not(username: str) -> None:
    coming_back.user()
    for minute in range(5):
        asked(username.upper() if minute % 2 else username, minutes=minute, address=f"198.51.100.{minute}")
    assert len(jobs()) == 3
    asked(username, minutes=61.9)
    assert len(jobs()) == 3
    asked(username, minutes=62)
    assert len(jobs()) == 4
    assert [row[2] for row in audited()][-7:] == [
        *["reset_asked"] * 3,
        *["reset_asked_too_often"] * 3,
        "reset_asked",
    ]


def test_sixty_an_hour_are_taken_from_a_network_address() -> None:
    for number in range(61):
        asked(f"made.up.{number}", address="2001:db8:1:2::1")
    assert len(jobs()) == 60
    asked("made.up.61", address="2001:db8:1:2:9::9")
    assert len(jobs()) == 60
    asked("made.up.61", address="2001:db8:1:3::1")
    assert len(jobs()) == 61


def test_what_an_address_is_not_granted_spends_nothing_of_the_name() -> None:
    for number in range(60):
        asked(f"made.up.{number}")
    for _ in range(5):
        asked("victim")
    asked("victim", address="198.51.100.8")
    assert len(jobs()) == 61


def test_known_unknown_and_every_state_cost_the_same_queries_jobs_and_no_hash(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [spying.PATH]
    Spy.reset()
    coming_back.user()
    for name, changes in (
        ("disabled", {"state": "disabled"}),
        ("invited", {"activated_at": None}),
        ("suspended", {"state": "suspended", "suspended_at": people.NOW}),
    ):
        coming_back.user(name, **changes)
    Spy.reset()
    costs = set()
    for username in (people.NAME, NOBODY, "disabled", "invited", "suspended", "odd name", "x" * 200):
        had = len(jobs())
        with CaptureQueriesContext(connection) as queries:
            asked(username)
        costs.add((len(queries), len(jobs()) - had))
    assert len(costs) == 1
    assert next(iter(costs))[1] == 1
    assert Spy.made == 0


def test_asking_spends_no_try_of_a_password_and_no_miss_stops_asking() -> None:
    user = coming_back.user()
    for _ in range(3):
        asked()
    held = misses.index(Step.PASSWORD, user.username)
    assert misses.standing(held).count == 0
    models.Misses.objects.update_or_create(name_index=held, defaults={"count": 100, "last_at": people.NOW})
    asked(minutes=70)
    assert len(jobs()) == 4


def test_a_typed_name_opens_for_its_own_job_alone() -> None:
    asked("fay.desk")
    asked("joe.desk")
    one, other = jobs()
    one.payload["sealed"] = other.payload["sealed"]
    one.save()
    with pytest.raises(CannotOpen):
        work()


def test_a_mail_is_written_once_however_often_a_job_is_run() -> None:
    coming_back.user()
    asked()
    assert (work(), work(1)) == (1, 0)
    assert len(mails()) == 1


def test_a_user_disabled_between_asking_and_mailing_is_mailed_nothing() -> None:
    user = coming_back.user()
    asked()
    with permit(actors.system(), Function.PROVISIONING) as given:
        closing.disable(given, user.pk)
    work()
    assert mails() == []


def test_what_waits_in_the_outbox_holds_no_link() -> None:
    coming_back.user()
    asked()
    work()
    with permit(actors.system("reader"), Function.SENDING) as given:
        [waiting] = outbox.claim(given=given)
    assert "reset/?t=" not in repr(waiting)
    assert "reset/?t=" in str(outbox.opened(waiting)["link"])


def test_without_a_network_address_the_name_alone_counts() -> None:
    for number in range(65):
        asked(f"somebody.{number}", address="")
    assert len(jobs()) == 65
    for _ in range(4):
        asked("somebody.new", address="")
    assert len(jobs()) == 68
