"""Contact without an account: a reference shown once, nothing of a patient taken, and nobody told more."""

import io
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from portico.edges.web.site import contact
from tests.support import mailing, sending, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

CALL, QUESTION = "/contact/call-back/", "/contact/question/"
REFERENCE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]\b")
CALL_ME: Mapping[str, str] = {
    "topic": "registration",
    "name": "Robin Tester",
    "office_name": "Lakeside Clinic",
    "telephone": "(530) 555-0193",
    "best_time": "morning",
    "text": "Which licence do we give?",
}
ASK: Mapping[str, str] = {
    "topic": "other",
    "name": "Sam Tester",
    "email": "sam@example.org",
    "text": "Who are you?",
}
CANARIES = (
    "Robin Tester",
    "Lakeside Clinic",
    "5305550193",
    "sam@example.org",
    "Which licence",
    "Who are you?",
)


def enquiries() -> Any:
    return apps.get_model("support", "Enquiry").objects.order_by("pk")


def form(address: str, **changes: str) -> dict[str, str]:
    return {**(CALL_ME if address == CALL else ASK), **changes}


@pytest.fixture
def visitor(world: World) -> Client:
    """Somebody who has not signed in."""
    return Client()


def test_a_wish_to_be_called_is_kept_and_answered_with_a_reference(visitor: Client) -> None:
    answer = visitor.post(CALL, form(CALL))
    said = visiting.seen(answer)
    assert answer.status_code == 200
    assert "We will call you" in said
    assert "We mean to have called by Mar 13, 2026, 10:00 AM PDT" in said
    assert "A mail says that it has arrived" not in said
    assert len(REFERENCE.findall(said)) == 1
    row = enquiries().get()
    assert (row.name, row.telephone, row.best_time) == ("Robin Tester", "5305550193", "morning")


def test_a_question_is_kept_and_its_sender_is_mailed_without_the_reference(visitor: Client) -> None:
    said = visiting.seen(visitor.post(QUESTION, form(QUESTION)))
    assert "We mean to have answered by Mar 16, 2026, 10:00 AM PDT" in said
    assert "A mail says that it has arrived, without the reference." in said
    [reference] = REFERENCE.findall(said)
    [letter] = mailing.deliver()
    assert letter.to == ["sam@example.org"]
    assert letter.subject == "Northlake: your question has arrived"
    assert "March 16, 2026" in letter.body
    for secret in (reference, "Sam", "Who are you"):
        assert secret not in letter.subject + letter.body


@pytest.mark.parametrize("address", [CALL, QUESTION])
def test_the_reference_lies_in_no_header_no_cookie_and_no_later_page(visitor: Client, address: str) -> None:
    answer = visitor.post(address, form(address))
    [reference] = REFERENCE.findall(visiting.seen(answer))
    assert answer.headers["Cache-Control"] == "no-store"
    told = f"{dict(answer.headers)}{answer.cookies.output()}{visitor.get(address).content.decode()}"
    assert reference not in told
    assert reference.replace("-", "") not in told


@pytest.mark.parametrize("address", [CALL, QUESTION])
def test_nothing_of_it_lies_in_logs_or_in_the_audit(visitor: Client, address: str, logs: io.StringIO) -> None:
    visitor.post(address, form(address))
    visitor.post(address, form(address, text="SSN 123-45-6789"))
    audit = repr([vars(row) for row in worlds.uses()])
    for canary in (*CANARIES, "123-45-6789"):
        assert canary not in logs.getvalue()
        assert canary not in audit


@pytest.mark.parametrize("address", [CALL, QUESTION])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("123-45-6789", "looks like a Social Security number (nine digits; write a tax ID as 12-3456789)"),
        ("NLH8842019301", "looks like a member ID. Take it out"),
        ("1EG4-TE5-MK73", "looks like a Medicare number. Take it out"),
        ("DOB 03/12/1984", "looks like a birth date. Take it out"),
        ("NLH8842019301, DOB 03/12/1984", "looks like a member ID and a birth date."),
    ],
    ids=["ssn", "member_id", "medicare_number", "birth_date", "two"],
)
def test_what_looks_like_a_patient_is_refused_and_says_what_to_do(
    visitor: Client, address: str, text: str, says: str
) -> None:
    answer = visitor.post(address, form(address, text=text))
    said = visiting.seen(answer)
    assert answer.status_code == 422
    assert says in said
    assert "ask about a patient after you sign in, or by telephone" in said
    assert not enquiries().exists()


def test_a_member_that_is_and_one_that_is_not_are_refused_alike(visitor: Client) -> None:
    known, unknown = "NLH1234567801", "NLH9999999999"
    members: Any = apps.get_model("members", "Member").objects
    members.filter(pk=members.first().pk).update(member_id=known)
    answers = [visitor.post(QUESTION, form(QUESTION, text=each)) for each in (known, unknown)]
    first, second = (
        visiting.as_said(answer).replace(each, "")
        for answer, each in zip(answers, (known, unknown), strict=True)
    )
    assert first == second
    assert {answer.status_code for answer in answers} == {422}


def test_an_office_that_is_known_is_answered_as_any_other(visitor: Client) -> None:
    answers = [visitor.post(CALL, form(CALL, office_name=name)) for name in ("Lakeside", "Nowhere at all")]
    first, second = (REFERENCE.sub("", visiting.as_said(answer)) for answer in answers)
    assert first == second


@pytest.mark.parametrize(
    ("address", "changes", "says"),
    [
        (CALL, {"topic": ""}, "Choose what it is about."),
        (CALL, {"topic": "love"}, "Select a valid choice"),
        (CALL, {"name": ""}, "Enter your name."),
        (CALL, {"telephone": ""}, "Enter the number we should call."),
        (CALL, {"telephone": "call me"}, "Enter a telephone number with its area code"),
        (CALL, {"telephone": "123-45-6789"}, "looks like a Social Security number"),
        (CALL, {"best_time": "midnight"}, "Choose one of these."),
        (CALL, {"email": "nobody"}, "Enter a whole mail address"),
        (QUESTION, {"text": ""}, "Write your question."),
        (QUESTION, {"email": ""}, "Enter a mail address or a telephone number, so that we can answer."),
        (QUESTION, {"text": "x" * 2_001}, "at most 2000 characters"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    visitor: Client, address: str, changes: dict[str, str], says: str
) -> None:
    answer = visitor.post(address, form(address, **changes))
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert "Please check this form" in visiting.seen(answer)
    assert not enquiries().exists()


def test_the_eleventh_within_an_hour_is_told_when_it_goes_on(visitor: Client, clock: Any) -> None:
    for _ in range(10):
        assert visitor.post(CALL, form(CALL)).status_code == 200
    clock.move_to(NOW + timedelta(minutes=15))
    answer = visitor.post(QUESTION, form(QUESTION))
    said = visiting.seen(answer)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2700")
    assert "It can be sent again after Mar 12, 2026, 11:00 AM PDT ." in said
    assert "call Provider Services at 1-800-555-0142" in said
    assert enquiries().count() == 10
    clock.move_to(NOW + timedelta(hours=1))
    assert visitor.post(QUESTION, form(QUESTION)).status_code == 200


def test_a_form_of_another_site_is_not_taken(world: World) -> None:
    assert Client(enforce_csrf_checks=True).post(CALL, form(CALL)).status_code == 403
    assert not enquiries().exists()


def test_all_of_what_is_typed_counts_as_sensitive(world: World, rf: Any) -> None:
    request = rf.post(CALL, {})
    request.session = {}
    for view in (contact.call_back, contact.question):
        view(request)
        assert request.sensitive_post_parameters == "__ALL__"


@pytest.mark.parametrize("address", [CALL, QUESTION])
def test_a_double_click_makes_one_enquiry_and_shows_its_reference(visitor: Client, address: str) -> None:
    sent = form(address, once=sending.key_of(visitor.get(address)))
    answers = [visitor.post(address, sent) for _ in range(3)]
    assert enquiries().count() == 1
    assert len({REFERENCE.findall(visiting.seen(each))[0] for each in answers}) == 1


@pytest.mark.parametrize("address", [CALL, QUESTION])
def test_a_form_sent_again_hours_later_is_told_so_without_the_reference(
    visitor: Client, address: str, clock: time_machine.Traveller
) -> None:
    sent = form(address, once=sending.key_of(visitor.get(address)))
    visitor.post(address, sent)
    clock.shift(timedelta(hours=2))
    said = visiting.seen(visitor.post(address, sent))
    assert "You sent this form before" in said
    assert REFERENCE.findall(said) == []
    assert enquiries().count() == 1


@pytest.mark.parametrize("address", [CALL, QUESTION])
def test_what_is_no_key_is_as_good_as_none(visitor: Client, address: str) -> None:
    for key in ("", "nothing\0of the kind", "k" * 5_000):
        assert visitor.post(address, form(address, once=key)).status_code == 200
    assert enquiries().count() == 3
    wrong = visitor.post(address, form(address, topic="", once="nothing of the kind"))
    assert sending.key_of(wrong) != "nothing of the kind"
