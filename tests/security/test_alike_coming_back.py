"""Nobody learns from the ways back in whether somebody has a name: same answer and work, whatever happens."""

import re
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support import mailing, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

KNOWN, UNKNOWN, LOCKED, DISABLED, INVITED, SUSPENDED = (
    *("front.desk", "nobody.here", "outsider", "disabled", "colleague", "suspended"),
)
NAMES = (
    KNOWN,
    UNKNOWN,
    LOCKED,
    DISABLED,
    INVITED,
    SUSPENDED,
    "no username at all",
    "x" * 254,
    "a@example.org",
)
ROUTES = ("forgot_password", "forgot_username")
_COOKIE = re.compile(r"=[^;]*")


@pytest.fixture
def crowd(db: None) -> Any:
    """People who stand in every way before the sign-in, at one instant."""
    del db
    with time_machine.travel(NOW, tick=False):
        world = worlds.build()
        users = apps.get_model("accounts", "User").objects
        worlds.disable(world["disabled"])
        users.filter(pk=world["colleague"].user_id).update(activated_at=None)
        users.filter(pk=world["suspended"].user_id).update(state="suspended", suspended_at=NOW)
        for _ in range(5):
            visiting.give_password(Client(), world["outsider"], password="not the pass phrase at all")
        Client().post(reverse("forgot_password"), {"username": "first.of.this.process"})
        yield world


def asked(route: str, name: str) -> Any:
    """The answer to somebody who forgot: of the password by the name, of the name by its address."""
    address = name if "@" in name else f"{name.replace(' ', '.')[:60]}@example.org"
    form = {"username": name} if route == "forgot_password" else {"email": address}
    return Client().post(reverse(route), form)


def whole(answer: Any) -> tuple[int, dict[str, str], list[str], str]:
    """Status, headers, the cookies without what is random in them, and the text."""
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    cookies = sorted(_COOKIE.sub("", str(each.OutputString()), count=1) for each in answer.cookies.values())
    return answer.status_code, headers, cookies, visiting.as_said(answer)


def costs(route: str, name: str, hashes: list[str]) -> tuple[list[str], int, int]:
    """The statements without their values, the hashes, and the jobs that an answer takes."""
    hashes.clear()
    jobs = apps.get_model("jobs", "Job").objects
    had = jobs.count()
    with CaptureQueriesContext(connection) as queries:
        asked(route, name)
    said = [re.sub(r"'[^']*'|\b[0-9a-fA-F]{8,}\b|\d+", "?", query["sql"]) for query in queries]
    return said, len(hashes), jobs.count() - had


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each password that was hashed."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(salt)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return made


@pytest.fixture
def mail_server_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mail that is sent fails."""

    def fail(mail: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPException(str(mail.to))

    monkeypatch.setattr(EmailMessage, "send", fail)


@pytest.mark.parametrize("route", ROUTES)
def test_every_name_is_answered_alike(crowd: World, route: str) -> None:
    answers = {name: whole(asked(route, name)) for name in NAMES}
    assert answers[KNOWN][0] == 200
    assert [name for name, answer in answers.items() if answer != answers[KNOWN]] == []


@pytest.mark.parametrize("route", ROUTES)
def test_every_name_costs_the_same_statements_hashes_and_jobs(
    crowd: World, route: str, hashes: list[str]
) -> None:
    taken = {name: costs(route, name, hashes) for name in NAMES}
    assert taken[KNOWN][1:] == (0, 1)
    assert [name for name, cost in taken.items() if cost != taken[KNOWN]] == []


@pytest.mark.parametrize("route", ROUTES)
def test_more_than_may_be_asked_is_answered_and_costs_alike(
    crowd: World, route: str, hashes: list[str]
) -> None:
    first = whole(asked(route, KNOWN))
    names = (KNOWN, UNKNOWN, DISABLED)
    for name in names:
        for _ in range(3):
            asked(route, name)
    assert [whole(asked(route, name)) for name in names] == [first] * 3
    taken = [costs(route, name, hashes) for name in names]
    assert taken == [taken[0]] * 3
    assert taken[0][1:] == (0, 0)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.usefixtures("mail_server_down")
def test_a_mail_server_that_is_down_changes_no_answer(crowd: World, route: str) -> None:
    before = [whole(asked(route, name)) for name in (KNOWN, UNKNOWN)]
    assert mailing.deliver() == []
    after = [whole(asked(route, name)) for name in (KNOWN, UNKNOWN)]
    assert before[0] == before[1] == after[0] == after[1]


@pytest.mark.usefixtures("mail_server_down")
def test_what_could_not_be_sent_is_sent_when_the_server_is_back(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("forgot_password", KNOWN)
    mailing.deliver()
    monkeypatch.undo()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert [letter.to for letter in mailing.deliver()] == [[f"{KNOWN}@example.org"]]


def test_only_those_who_may_come_back_are_mailed(crowd: World) -> None:
    for route in ROUTES:
        for name in NAMES:
            asked(route, name)
    told = sorted((letter.to[0], letter.subject.rpartition(": ")[2]) for letter in mailing.deliver())
    may = (KNOWN, LOCKED, SUSPENDED)
    subjects = ("set a new password", "your username")
    assert told == sorted((f"{name}@example.org", subject) for name in may for subject in subjects)


def test_a_locked_name_and_an_unknown_one_are_answered_alike_at_the_sign_in(crowd: World) -> None:
    def locked(name: str) -> tuple[int, dict[str, str], list[str], str]:
        for _ in range(5):
            answer = Client().post(reverse("sign_in"), {"username": name, "password": "not the pass phrase"})
        status, headers, cookies, text = whole(answer)
        return status, headers, cookies, text.replace(name, "")

    assert locked("medi.cal.only") == locked("nobody.at.all")
    assert "locked until" in locked(UNKNOWN)[3]


def test_links_that_are_over_are_answered_alike_whoevers_they_were(crowd: World) -> None:
    asked("forgot_password", KNOWN)
    [letter] = mailing.deliver()
    ended = mailing.link_in(letter)
    worlds.disable(crowd["front_desk"])
    made_up = f"{reverse('reset')}?t={'A' * 43}"
    assert whole(Client().get(ended)) == whole(Client().get(made_up))


def test_neither_job_nor_audit_row_holds_what_was_typed(crowd: World) -> None:
    before = worlds.last_use()
    for route in ROUTES:
        for name in (KNOWN, UNKNOWN):
            asked(route, name)
    mailing.deliver()
    rows = [vars(row) for row in worlds.uses(pk__gt=before)]
    subjects = list(apps.get_model("audit", "Subject").objects.filter(entry_id__gt=before).values())
    jobs = list(apps.get_model("jobs", "Job").objects.values())
    kept = repr((rows, subjects, jobs))
    assert not [name for name in (KNOWN, UNKNOWN) if name in kept]
