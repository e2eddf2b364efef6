"""Offices outside the network: what they read, a number shown once, and a request that nobody else finds."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from portico.domains.registration import network_review, transaction_ids
from portico.domains.registration.network_rules import Decline
from portico.domains.registration.tests import registering
from portico.edges.web.network import pages, words
from tests.support import cast, mailing, sending, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.joining_network import ASK, NUMBER, SENT, STATUS, WITHDRAW, asked, requests
from tests.support.world import World

CANARIES = ("Riverbend", "Noor Haddad", "noor@riverbend", "5305550168", registering.UNKNOWN_NPI)


@pytest.fixture
def visitor(world: World) -> Client:
    """Somebody who has not signed in."""
    return Client()


def test_what_is_open_without_an_account_and_how_to_ask_is_told(visitor: Client) -> None:
    said = visiting.seen(visitor.get("/join-network/"))
    for part in (
        "Open to you without an account",
        "What taking part means",
        "Have these at hand",
        "within ten business days",
        "Call Provider Services at 1-800-555-0142",
    ):
        assert part in said


def test_a_request_is_kept_and_answered_with_a_number(visitor: Client) -> None:
    answer = visitor.post(ASK, dict(SENT))
    said = visiting.seen(answer)
    assert answer.status_code == 200
    assert len(NUMBER.findall(said)) == 1
    assert "We mean to have answered by Mar 26, 2026, 10:00 AM PDT" in said
    row = requests().get()
    assert (row.office_name, row.tax_id, row.telephone) == ("Riverbend Pediatrics", "959999999", "5305550168")


def test_the_mail_that_it_came_holds_neither_number_nor_name(visitor: Client) -> None:
    number = asked(visitor)
    [letter] = mailing.deliver()
    assert letter.to == ["noor@riverbend.example"]
    assert letter.subject == "Northlake: your request to join the network has arrived"
    assert "March 26, 2026" in letter.body
    for secret in (number, number.replace("-", ""), "Riverbend", "Noor", "959999999"):
        assert secret not in letter.subject + letter.body


def test_the_number_lies_in_no_header_no_cookie_and_no_later_page(visitor: Client) -> None:
    answer = visitor.post(ASK, dict(SENT))
    [number] = NUMBER.findall(visiting.seen(answer))
    assert answer.headers["Cache-Control"] == "no-store"
    told = f"{dict(answer.headers)}{answer.cookies.output()}{visitor.get(ASK).content.decode()}"
    for secret in (number, number.replace("-", "")):
        assert secret not in told


def test_nothing_of_it_lies_in_logs_or_in_the_audit(visitor: Client, logs: io.StringIO) -> None:
    number = asked(visitor)
    visitor.post(STATUS, {"tracking_number": number})
    visitor.post(STATUS, {"tracking_number": transaction_ids.new()})
    visitor.post(ASK, {**SENT, "npi": "1"})
    audit = repr([vars(row) for row in worlds.uses()])
    for canary in (*CANARIES, number, number.replace("-", "")):
        assert canary not in logs.getvalue()
        assert canary not in audit


def test_whoever_takes_part_already_is_answered_as_any_other(visitor: Client, world: World) -> None:
    known = {"npi": registering.NPI, "tax_id": cast.OWN, "office_name": "Lakeside"}
    answers = [visitor.post(ASK, {**SENT, **changes}) for changes in ({}, known)]
    first, second = (NUMBER.sub("", visiting.seen(answer)) for answer in answers)
    assert first == second


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": ""}, "Choose what your office is."),
        ({"kind": "love"}, "Choose one of these."),
        ({"kind": "billing_company"}, "Choose one of these."),
        ({"office_name": ""}, "Enter the name of the office."),
        ({"office_name": "Clinic 123-45-6789"}, "Leave numbers out of the name"),
        ({"npi": "2000000003"}, "One of the digits is not right"),
        ({"tax_id": "12"}, "A tax ID has nine digits"),
        ({"specialty": "MRN 12345"}, "Write a specialty in letters"),
        ({"lines": []}, "Choose at least one line."),
        ({"lines": ["moon"]}, "Choose from this list."),
        ({"contact_name": "Noor 7"}, "without digits"),
        ({"telephone": "call me"}, "Enter ten digits"),
        ({"email": "noor"}, "Enter a whole mail address"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    visitor: Client, changes: dict[str, Any], says: str
) -> None:
    answer = visitor.post(ASK, {**SENT, **changes})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert "Please check this form" in visiting.seen(answer)
    assert not requests().exists()


def test_regions_are_asked_where_the_plan_has_some(visitor: Client) -> None:
    assert "Regions where you see patients" not in visiting.seen(visitor.get(ASK))
    apps.get_model("plan", "Region").objects.create(code="north", name="North Lakes")
    cache.clear()
    assert "Regions where you see patients" in visiting.seen(visitor.get(ASK))
    assert "Choose at least one region." in visiting.seen(visitor.post(ASK, dict(SENT)))
    asked(visitor, regions=["north"])
    assert requests().get().regions == ["north"]


def test_the_eleventh_within_a_day_is_told_when_it_goes_on(visitor: Client, clock: Any) -> None:
    for _ in range(10):
        asked(visitor)
    clock.move_to(NOW + timedelta(hours=1))
    answer = visitor.post(ASK, dict(SENT))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(23 * 3600))
    assert "It can be sent again after Mar 13, 2026, 10:00 AM PDT" in visiting.seen(answer)
    assert requests().count() == 10


def test_the_number_tells_where_the_request_is_and_nothing_of_it(visitor: Client) -> None:
    number = asked(visitor)
    answer = Client().post(STATUS, {"tracking_number": number.lower().replace("-", " ")})
    said = visiting.seen(answer)
    assert "Your request has arrived" in said
    assert "Step 2 of 3: With the plan" in said
    assert "Mar 26, 2026, 10:00 AM PDT" in said
    assert not any(canary in said for canary in CANARIES)


def test_what_is_late_is_said_to_be_late(visitor: Client, clock: Any) -> None:
    number = asked(visitor)
    clock.move_to(NOW + timedelta(days=15))
    assert "It is late" in visiting.seen(visitor.post(STATUS, {"tracking_number": number}))


@pytest.mark.parametrize("reason", Decline)
def test_every_no_is_said_in_words(visitor: Client, world: World, reason: Decline) -> None:
    number = asked(visitor)
    network_review.decline(actor=worlds.actor(world["operations"]), number=requests().get().pk, reason=reason)
    said = visiting.seen(visitor.post(STATUS, {"tracking_number": number}))
    assert "The plan does not invite you now" in said
    assert words.DECLINES[reason].says in said
    assert ("Register your office" in said) is (reason is Decline.TAKES_PART)


def test_an_invitation_is_said_here_and_mailed(visitor: Client, world: World) -> None:
    number = asked(visitor)
    mailing.deliver()
    network_review.invite(actor=worlds.actor(world["operations"]), number=requests().get().pk)
    said = visiting.seen(visitor.post(STATUS, {"tracking_number": number}))
    assert "The plan would like to talk with you" in said
    assert "Take the request back" not in said
    [letter] = mailing.deliver()
    assert letter.subject == "Northlake: your request to join the network was answered"
    assert "We would like to talk with you" in letter.body
    assert not any(secret in letter.body for secret in (number, "Riverbend", "Noor"))


def test_a_request_is_taken_back(visitor: Client) -> None:
    number = asked(visitor)
    said = visiting.seen(visitor.post(WITHDRAW, {"tracking_number": number}))
    assert "You took the request back" in said
    assert requests().get().state == "withdrawn"


@pytest.mark.parametrize("address", [STATUS, WITHDRAW])
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the tracking number you were shown."),
        ("12", "A tracking number has 17 letters and digits"),
        (transaction_ids.new(), "There is no request with this tracking number."),
    ],
    ids=["empty", "no_number", "nobodys"],
)
def test_a_number_that_leads_nowhere_is_said_so(visitor: Client, address: str, typed: str, says: str) -> None:
    answer = visitor.post(address, {"tracking_number": typed})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


@pytest.mark.parametrize("address", [STATUS, WITHDRAW])
def test_after_five_wrong_numbers_a_right_one_is_told_the_same(visitor: Client, address: str) -> None:
    number = asked(visitor)
    for _ in range(5):
        assert visitor.post(address, {"tracking_number": transaction_ids.new()}).status_code == 422
    right, wrong = (
        visitor.post(address, {"tracking_number": typed}) for typed in (number, transaction_ids.new())
    )
    assert (right.status_code, right.headers["Retry-After"]) == (429, "3600")
    assert "a right one neither" in visiting.seen(right)
    said = [visiting.as_said(answer) for answer in (right, wrong)]
    shown = [text[: text.index("<main")] for text in said]
    assert shown[0] == shown[1]
    assert visiting.seen(right) == visiting.seen(wrong)
    assert requests().get().state == "received"


def test_a_form_of_another_site_is_not_taken(world: World) -> None:
    assert Client(enforce_csrf_checks=True).post(ASK, dict(SENT)).status_code == 403
    assert not requests().exists()


def test_all_of_what_is_typed_counts_as_sensitive(world: World, rf: Any) -> None:
    request = rf.post(ASK, {})
    request.session = {}
    for view in (pages.ask, pages.status, pages.withdraw):
        view(request)
        assert request.sensitive_post_parameters == "__ALL__"


def test_a_form_has_a_new_key_on_every_page_and_keeps_it_where_something_is_wrong(visitor: Client) -> None:
    first, second = (sending.key_of(visitor.get(ASK)) for _ in range(2))
    assert first != second
    wrong = visitor.post(ASK, {**SENT, "npi": "1", "once": first})
    assert sending.key_of(wrong) == first
    assert sending.key_of(visitor.post(ASK, {**SENT, "npi": "1", "once": "nothing\0of the kind"})) != first


def test_a_double_click_makes_one_request_and_shows_its_number(visitor: Client) -> None:
    sent = {**SENT, "once": sending.key_of(visitor.get(ASK))}
    answers = [visitor.post(ASK, sent) for _ in range(3)]
    assert requests().count() == 1
    assert len({NUMBER.search(visiting.seen(each))[0] for each in answers}) == 1  # type: ignore[index]


def test_a_form_sent_again_hours_later_is_told_so_without_the_number(
    visitor: Client, clock: time_machine.Traveller
) -> None:
    sent = {**SENT, "once": sending.key_of(visitor.get(ASK))}
    visitor.post(ASK, sent)
    clock.shift(timedelta(hours=2))
    answer = visitor.post(ASK, sent)
    said = visiting.seen(answer)
    assert (answer.status_code, NUMBER.findall(said)) == (200, [])
    assert "You sent this form before" in said
    assert "See where it is" not in said
    assert requests().count() == 1
