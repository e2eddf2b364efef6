"""Behind the mailed link: it acts by its form alone, with the transaction ID, and never says why it died."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.registration import models, transaction_ids
from portico.domains.registration.tests import waiting
from tests.support import registering, visiting
from tests.support.world import World
from tests.web.test_register_steps import leads

USERNAME, PASSWORD = "iris.lin", "a pass phrase of her own"


@pytest.fixture
def approved(world: World) -> tuple[str, str]:
    """The transaction ID of an approved registration, and the secret of its link."""
    del world
    _, transaction_id, secret = waiting.approved(tax_ids=(registering.TAX_ID,))
    return transaction_id, secret


def complete(secret: str, transaction_id: str, browser: Client | None = None, **changes: str) -> Any:
    """The answer to the form behind the link."""
    sent = {"t": secret, "transaction_id": transaction_id, "username": USERNAME, "password": PASSWORD}
    return (browser or Client()).post(reverse("register_complete"), {**sent, **changes})


def users() -> int:
    """How many people have that username."""
    return int(apps.get_model("accounts", "User").objects.filter(username=USERNAME).count())


def test_opened_the_page_asks_and_changes_nothing(approved: tuple[str, str]) -> None:
    page = Client().get(reverse("register_complete"), {"t": approved[1]})
    assert "Finish your registration" in visiting.seen(page)
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert models.Link.objects.get().ended_at is None


def test_link_and_transaction_id_open_the_account_and_sign_in(approved: tuple[str, str]) -> None:
    transaction_id, secret = approved
    browser = Client()
    answer = complete(secret, transaction_ids.shown(transaction_id).lower(), browser)
    assert leads(answer) == "next"
    assert "You are in" in visiting.seen(browser.get(reverse("register_next")))
    assert browser.get(reverse("account")).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"transaction_id": ""}, "Enter the transaction ID"),
        ({"transaction_id": "0000-0000-0000-0000-1"}, "This transaction ID was mistyped"),
        ({"username": "i"}, "A username has 2 to 60"),
        ({"password": "short"}, "This is too short"),
    ],
    ids=["nothing", "slip", "username", "password"],
)
def test_what_will_not_do_is_said_and_the_link_goes_on_working(
    sent: dict[str, str], said: str, approved: tuple[str, str]
) -> None:
    transaction_id, secret = approved
    sent = dict(sent)
    typed = sent.pop("transaction_id", transaction_id)
    answer = complete(secret, typed, None, **sent)
    assert answer.status_code == 422
    assert said in visiting.seen(answer)
    assert PASSWORD not in answer.content.decode()
    assert leads(complete(secret, transaction_id)) == "next"


def test_five_wrong_transaction_ids_end_the_link(approved: tuple[str, str]) -> None:
    transaction_id, secret = approved
    for left in ("4 tries are left", "3 tries are left", "2 tries are left", "One try is left"):
        answer = complete(secret, transaction_ids.new())
        assert (answer.status_code, left in visiting.seen(answer)) == (422, True)
    assert complete(secret, transaction_ids.new()).status_code == 404
    assert complete(secret, transaction_id).status_code == 404
    assert users() == 0


def _used(approved: tuple[str, str], clock: time_machine.Traveller) -> str:
    del clock
    complete(approved[1], approved[0])
    return approved[1]


def _late(approved: tuple[str, str], clock: time_machine.Traveller) -> str:
    clock.shift(timedelta(hours=25))
    return approved[1]


def _unknown(approved: tuple[str, str], clock: time_machine.Traveller) -> str:
    del approved, clock
    return "x" * 43


DEAD: dict[str, Callable[[tuple[str, str], time_machine.Traveller], str]] = {
    "used": _used,
    "late": _late,
    "unknown": _unknown,
}


@pytest.mark.parametrize("dead", DEAD)
def test_dead_links_are_answered_alike(
    dead: str, approved: tuple[str, str], clock: time_machine.Traveller
) -> None:
    secret = DEAD[dead](approved, clock)
    never = Client().get(reverse("register_complete"), {"t": ""})
    for answer in (
        Client().get(reverse("register_complete"), {"t": secret}),
        complete(secret, transaction_ids.new()),
    ):
        assert answer.status_code == never.status_code == 404
        assert visiting.as_said(answer) == visiting.as_said(never)


def test_whoever_is_signed_in_is_asked_to_sign_out_first(
    approved: tuple[str, str], front_desk: Client
) -> None:
    transaction_id, secret = approved
    page = front_desk.get(reverse("register_complete"), {"t": secret})
    assert "You are signed in already" in visiting.seen(page)
    assert "You are signed in already" in visiting.seen(complete(secret, transaction_id, front_desk))
    assert users() == 0
    out = front_desk.post(reverse("register_complete"), {"t": secret, "act": "sign_out"})
    assert "Finish your registration" in visiting.seen(out)
    assert leads(complete(secret, transaction_id, front_desk)) == "next"


def test_the_secret_of_the_link_stands_in_forms_and_in_no_address_of_the_page(
    approved: tuple[str, str],
) -> None:
    page = Client().get(reverse("register_complete"), {"t": approved[1]}).content.decode()
    assert f'<input type="hidden" name="t" value="{approved[1]}"' in page
    assert not [each for each in re.findall(r'(?:href|action|src)="([^"]*)"', page) if approved[1] in each]
