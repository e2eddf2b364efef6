"""What becomes of a registration that was sent: in at once, to the desk, or to an office that is here."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.accounts import models
from portico.domains.accounts.tests import coming_back
from portico.domains.registration import transaction_ids
from portico.domains.registration.claims import Reason
from portico.edges.web.register.reason_words import NOTHING_WRONG, REASONS
from portico.shared.pdf.tests import reading
from tests.support import mailing, registering, visiting
from tests.support.actors import NOW
from tests.support.registering import (
    FACTS,
    HOSPITAL,
    OF_OFFICE,
    PASSWORD,
    USERNAME,
    fill_in,
    id_on,
    open_account,
    registered,
    submit,
)
from tests.support.world import World
from tests.web.test_register_steps import leads

DIFFERING: dict[Reason, dict[str, str]] = {
    Reason.LICENCE_DIFFERS: {"licence_number": "A998877"},
    Reason.NPI_DIFFERS: {"npi": "1234567893"},
    Reason.TAX_ID_DIFFERS: {"tax_id_0": "619999999"},
    Reason.NOTHING_MATCHES: {"npi": "1234567893", "tax_id_0": "619999999"},
}


@pytest.fixture
def digest(world: World) -> str:
    """The terms in force."""
    del world
    return registering.prepare()


def applications() -> Any:
    """Every registration that was sent."""
    return apps.get_model("registration", "Application").objects


def stored(name: str) -> str:
    """What the provider file holds of that physician."""
    row = apps.get_model("offices", "Provider").objects.get(npi=registering.NPI)
    return str(getattr(row, name))


def test_a_physician_whose_facts_agree_is_in_at_once(digest: str) -> None:
    browser = Client()
    answer = registered(browser, digest)
    assert (answer.status_code, answer.context["submitted"].state) == (200, "matched")
    assert "Everything agrees with what the plan has on file" in visiting.seen(answer)
    assert leads(open_account(browser)) == "next"
    page = browser.get(reverse("register_next"))
    assert "Two things open patients" in visiting.seen(page)
    assert browser.cookies["portico_register"].value == ""


def test_patients_stay_closed_until_both_things_are_done(digest: str) -> None:
    browser = Client()
    registered(browser, digest)
    open_account(browser)
    assert browser.get(reverse("patient_search")).status_code == 403
    told = visiting.seen(browser.get(reverse("register_next")))
    assert told.count("To be done") == 2
    assert "A code to a contact we have on file" in told


def test_the_mail_address_is_confirmed_by_its_link_while_signed_in(digest: str) -> None:
    browser = Client()
    registered(browser, digest)
    open_account(browser)
    told = visiting.seen(browser.get(reverse("register_next")))
    assert f"We wrote to {registering.CONTACT['email']}" in told
    assert "Your mail address waits to be confirmed" in visiting.seen(browser.get(reverse("account")))
    [letter] = [each for each in mailing.deliver() if "confirm your mail address" in each.subject]
    assert letter.to == [registering.CONTACT["email"]]
    link = re.findall(r"https?://[^/]+(/\S+)", str(letter.body))[0]
    assert "Sign in first" in visiting.seen(Client().get(link))
    browser.get(link)
    answer = browser.post(reverse("address_confirm"), {"t": link.partition("?t=")[2]}, follow=True)
    assert "This is your account's mail address now" in visiting.seen(answer)
    assert "Confirm your mail address" not in visiting.seen(browser.get(reverse("register_next")))


def test_who_never_confirmed_it_is_mailed_no_way_back_in_and_told_who_helps(digest: str) -> None:
    browser = Client()
    registered(browser, digest)
    open_account(browser)
    mailing.deliver()
    told = visiting.seen(Client().post(reverse("forgot_password"), {"username": USERNAME}, follow=True))
    assert "If you registered and never confirmed yours, Provider Services helps you." in told
    Client().post(reverse("forgot_username"), {"email": registering.CONTACT["email"]})
    coming_back.work()
    assert mailing.deliver() == []


def test_a_link_that_ran_out_is_said_and_another_address_is_asked_for(
    digest: str, clock: time_machine.Traveller
) -> None:
    browser = Client()
    registered(browser, digest)
    open_account(browser)
    models.AddressChange.objects.update(expires_at=NOW)
    clock.shift(timedelta(minutes=1))
    told = visiting.seen(browser.get(reverse("register_next")))
    assert "The link that we mailed works no more." in told
    assert "Name a mail address, and confirm it" in visiting.seen(browser.get(reverse("account")))


def test_the_new_username_and_password_sign_in(digest: str) -> None:
    browser = Client()
    registered(browser, digest)
    open_account(browser)
    again = Client().post(reverse("sign_in"), {"username": USERNAME, "password": PASSWORD})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"username": "Ä"}, "A username has 2 to 60"),
        ({"password": "short"}, "This is too short. Use at least 15 characters."),
        ({"username": "front.desk"}, "Somebody has this username already"),
        ({"username": ""}, "Choose a username"),
    ],
    ids=["username", "password", "taken", "nothing"],
)
def test_what_will_not_do_is_said_and_another_try_opens_it(
    sent: dict[str, str], said: str, world: World, digest: str
) -> None:
    assert world["front_desk"].person.username == "front.desk"
    browser = Client()
    registered(browser, digest)
    answer = open_account(browser, **sent)
    assert answer.status_code == 422
    assert said in visiting.seen(answer)
    assert PASSWORD not in answer.content.decode()
    assert leads(open_account(browser)) == "next"


def test_another_browser_opens_nothing_without_the_transaction_id(digest: str) -> None:
    browser, other = Client(), Client()
    transaction_id = id_on(registered(browser, digest))
    assert leads(open_account(other)) == "status"
    assert leads(other.get(reverse("register_opening"))) == "status"
    begun = other.post(reverse("register_opening"), {"transaction_id": transaction_id})
    assert begun.status_code == 200
    assert leads(open_account(other, transaction_id=transaction_id)) == "next"


def test_a_second_click_makes_no_second_registration(digest: str) -> None:
    browser = Client()
    first = registered(browser, digest, **HOSPITAL)
    second = submit(browser)
    assert id_on(first) == id_on(second)
    assert applications().count() == 1


def test_back_after_sending_leads_to_what_was_sent(digest: str) -> None:
    browser = Client()
    registered(browser, digest, **HOSPITAL)
    assert leads(browser.get(reverse("register_review"))) == "received"
    page = browser.get(reverse("register_received"))
    assert page.status_code == 200
    assert "You sent a registration" in visiting.seen(browser.get(reverse("register")))


@pytest.mark.parametrize("kind", ["hospital", "medical_group", "ancillary"])
def test_organizations_always_go_to_the_desk(kind: str, digest: str) -> None:
    sent = {**HOSPITAL, "account": {"account_type": kind}}
    answer = registered(Client(), digest, **sent)
    submitted = answer.context["submitted"]
    assert (submitted.state, submitted.path) == ("submitted", "queue")
    told = visiting.seen(answer)
    assert "Its goal is to decide by" in told
    assert submitted.due_at is not None


def test_the_confirmation_shows_the_transaction_id_in_groups_of_four(digest: str) -> None:
    answer = registered(Client(), digest, **HOSPITAL)
    transaction_id = id_on(answer)
    assert transaction_ids.shown(transaction_id) in visiting.seen(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_confirmation_as_a_paper_holds_the_transaction_id_and_pdf_ua(digest: str) -> None:
    browser = Client()
    transaction_id = id_on(registered(browser, digest, **HOSPITAL))
    answer = browser.post(reverse("register_received_pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert transaction_id not in answer.headers["Content-Disposition"]
    assert transaction_ids.shown(transaction_id) in reading.text(answer.content)
    assert reading.failures(answer.content) == []
    assert transaction_id not in reading.promises(answer.content).title


def test_opened_by_its_address_the_confirmation_does_not_show_the_id(digest: str) -> None:
    browser = Client()
    transaction_id = id_on(registered(browser, digest, **HOSPITAL))
    page = browser.get(reverse("register_received"))
    assert transaction_ids.shown(transaction_id) not in page.content.decode()
    again = browser.post(reverse("register_received"))
    assert transaction_ids.shown(transaction_id) in again.content.decode()


def test_after_an_hour_nothing_shows_the_confirmation(digest: str, clock: time_machine.Traveller) -> None:
    browser = Client()
    registered(browser, digest, **HOSPITAL)
    clock.shift(timedelta(minutes=61))
    assert leads(browser.post(reverse("register_received"))) == "status"
    assert leads(browser.post(reverse("register_received_pdf"))) == "status"


def test_a_strangers_browser_has_no_confirmation(digest: str) -> None:
    registered(Client(), digest, **HOSPITAL)
    assert leads(Client().get(reverse("register_received"))) == "status"
    assert leads(Client().post(reverse("register_received_pdf"))) == "status"


@pytest.mark.parametrize("reason", DIFFERING)
def test_what_differs_is_said_in_words_and_never_what_is_on_file(reason: Reason, digest: str) -> None:
    answer = registered(Client(), digest, facts={**FACTS, **DIFFERING[reason]})
    told = visiting.seen(answer)
    assert answer.context["submitted"].reason is reason
    assert REASONS[reason].headline in told
    assert stored("licence_number") not in told
    assert stored("npi") not in told


def test_who_takes_no_part_is_shown_the_way_into_the_network(digest: str) -> None:
    apps.get_model("offices", "Participation").objects.all().delete()
    answer = registered(Client(), digest)
    assert answer.context["submitted"].reason is Reason.NOT_PARTICIPATING
    assert f'href="{reverse("join_network")}"' in answer.content.decode()


@pytest.mark.parametrize("reason", sorted(NOTHING_WRONG))
def test_what_finds_nothing_wrong_asks_for_no_correction(reason: Reason) -> None:
    assert REASONS[reason].todo == ""


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(Reason)
    assert all(said.headline and said.says for said in REASONS.values())


def test_an_office_that_is_here_already_is_told_so_and_names_nobody(world: World, digest: str) -> None:
    answer = registered(Client(), digest, facts=OF_OFFICE)
    told = visiting.seen(answer)
    assert answer.context["submitted"].state == "recognised"
    assert "Your office has an account" in told
    assert "Outsider" not in told


def test_of_two_browsers_with_one_licence_one_is_told_that_it_is_claimed(digest: str) -> None:
    first, second = Client(), Client()
    registered(first, digest)
    registered(second, digest)
    open_account(first)
    answer = open_account(second, username="sol.second")
    assert answer.status_code == 409
    assert REASONS[Reason.LICENCE_CLAIMED].headline in visiting.seen(answer)
    users = apps.get_model("accounts", "User").objects
    assert not users.filter(username="sol.second").exists()


def test_too_many_registrations_of_one_network_are_put_off_and_lose_nothing(digest: str) -> None:
    for _ in range(20):
        registered(Client(), digest, **HOSPITAL)
    browser = Client()
    fill_in(browser, digest, **HOSPITAL)
    answer = browser.post(reverse("register_submit"), follow=True)
    assert "Many registrations came from your network today" in visiting.seen(answer)
    assert applications().count() == 20
    assert browser.get(reverse("register_review")).status_code == 200


def test_no_mail_of_it_holds_the_transaction_id(digest: str) -> None:
    transaction_id = id_on(registered(Client(), digest, **HOSPITAL))
    for message in apps.get_model("notifications", "Message").objects.all():
        assert transaction_id not in str(message.context)
        assert transaction_ids.shown(transaction_id) not in str(message.context)
