"""The plan's queue of registrations: what is listed and found, one case, and each act with its question."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.registration import still_so
from portico.domains.registration.claims import Field, Reason
from portico.domains.registration.deciding_rules import MISSING, Back, Denial, Obstacle, Stop
from portico.domains.registration.desk_acts import Outcome
from portico.domains.registration.events import Kind
from portico.domains.registration.review import Which
from portico.domains.registration.tests import registering
from portico.edges.web.register import decision_words
from portico.edges.web.staff.registrations import words
from tests.support import deciding, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

LIST = "/staff/registrations/"


def application(number: int) -> Any:
    return apps.get_model("registration", "Application").objects.get(pk=number)


def act(route: str, number: int, *further: str) -> str:
    return reverse(f"registration_{route}", args=[number, *further])


def set_to(number: int, **columns: Any) -> None:
    apps.get_model("registration", "Application").objects.filter(pk=number).update(**columns)


@pytest.fixture
def number(world: World) -> int:
    """A registration with a document."""
    return deciding.case_of(world)


def settled(operations: Client, number: int) -> None:
    """Somebody has given their word on every field that does not agree."""
    for field in ("npi", "tax_id", "name", "participation"):
        form = {"finding": "accepted", "basis": "call", "seen": "0"}
        operations.post(act("check", number, field), form)


def test_an_empty_queue_says_so(operations: Client) -> None:
    assert "Nothing waits here" in visiting.seen(operations.get(LIST))
    assert "Nothing is late" in visiting.seen(operations.get(LIST, {"show": "overdue"}))


def test_what_waits_is_listed_with_its_due_time_and_what_is_left(operations: Client, number: int) -> None:
    said = visiting.seen(operations.get(LIST))
    assert "All that wait (1)" in said
    assert f"Hospital {number} Mei Tran Lakeside Hospital Waits for the plan" in said
    assert "Mar 16, 2026, 10:00 AM PDT 2 business days left Nobody" in said


def test_what_is_late_is_in_the_list_of_breaches(operations: Client, number: int) -> None:
    set_to(number, due_at=NOW)
    set_to(number, due_at=NOW.replace(year=2025))
    said = visiting.seen(operations.get(LIST, {"show": "overdue"}))
    assert "Late (1)" in said
    assert "The applicant reads that it is late." in said


def test_an_unknown_filter_shows_all_that_wait(operations: Client, number: int) -> None:
    assert f"Hospital {number}" in visiting.seen(operations.get(LIST, {"show": "x", "after": "x"}))


def test_a_transaction_id_leads_to_its_case_and_stands_in_no_address(
    operations: Client, world: World
) -> None:
    transaction_id = deciding.waiting()
    answer = operations.post(LIST, {"text": transaction_id})
    found = deciding.number_of(transaction_id)
    assert answer.headers["Location"] == reverse("registration", args=[found])


def test_several_are_listed_and_none_is_said_so(operations: Client, number: int) -> None:
    deciding.waiting()
    assert "2 registrations found" in visiting.seen(operations.post(LIST, {"text": "tran"}))
    answer = operations.post(LIST, {"text": "Nobody"})
    assert answer.status_code == 422
    assert "No registration has this." in visiting.seen(answer)


def test_a_case_shows_the_claim_beside_the_file(operations: Client, world: World) -> None:
    registering.a_provider(registering.GROUP_NPI, "959999998", is_organization=True, last_name="Lakeview")
    number = deciding.case_of(world)
    said = visiting.seen(operations.get(reverse("registration", args=[number])))
    assert "Tax ID 951234567 959999998 Clinic 998 Not found" in said
    assert "Name Mei Tran Lakeside Hospital Mei Lakeview Differs By the provider file" in said
    assert "A field does not agree" in said
    assert "Nobody decides" not in said
    assert "Letter of the office letter.pdf" in said


def test_a_document_comes_as_an_attachment(operations: Client, world: World, number: int) -> None:
    answer = operations.get(act("document", number, str(deciding.file_of(world))))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="registration-')
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.content == registering.FILE


def test_a_case_is_given_to_a_colleague(operations: Client, world: World, number: int) -> None:
    support = world["support"].user_id
    answer = operations.post(act("assign", number), {"to": support}, follow=True)
    assert "It is assigned." in visiting.seen(answer)
    assert application(number).assigned_to == support
    answer = operations.post(act("assign", number), {"to": "1"})
    assert answer.status_code == 422
    answer = operations.post(act("assign", number), {"to": "0"})
    assert application(number).assigned_to is None


def test_a_note_is_kept_and_shown_as_it_was_typed(operations: Client, number: int) -> None:
    answer = operations.post(act("note", number), {"text": "<b>called</b>"}, follow=True)
    assert "&lt;b&gt;called&lt;/b&gt;" in answer.content.decode()
    empty = operations.post(act("note", number), {"text": ""})
    assert (empty.status_code, "Write the note." in visiting.seen(empty)) == (422, True)


def test_a_word_on_a_field_stands_in_the_case(operations: Client, number: int) -> None:
    address = act("check", number, "name")
    empty = operations.post(address, {"seen": "0"})
    assert empty.status_code == 422
    assert "Choose how you made sure." in visiting.seen(empty)
    form = {"finding": "accepted", "basis": "document", "seen": "0"}
    said = visiting.seen(operations.post(address, form, follow=True))
    assert "Your word is kept." in said
    assert "Accepted Operations Tester, by a document that was handed in, Mar 12, 2026" in said


def test_what_was_changed_since_it_was_read_stops_a_word(operations: Client, number: int) -> None:
    form = {"finding": "accepted", "basis": "call", "seen": "77"}
    said = visiting.seen(operations.post(act("check", number, "name"), form, follow=True))
    assert "the applicant has corrected something since you read it" in said


def test_a_yes_with_something_in_its_way_is_refused_and_not_offered(operations: Client, number: int) -> None:
    page = operations.get(reverse("registration", args=[number])).content.decode()
    assert act("approve", number) not in page
    said = visiting.seen(operations.post(act("approve", number), {"seen": "0"}, follow=True))
    assert "something stands in the way" in said
    assert application(number).state == "submitted"


def test_a_yes_is_asked_for_and_said(operations: Client, number: int) -> None:
    settled(operations, number)
    assert act("approve", number) in operations.get(reverse("registration", args=[number])).content.decode()
    asked = visiting.seen(operations.get(act("approve", number)))
    assert "A link is mailed to mei@tran.example." in asked
    said = visiting.seen(operations.post(act("approve", number), {"seen": "0"}, follow=True))
    assert "It is approved. A link is on its way" in said
    assert "Approved Registers as" in said
    assert "Decided Mar 12, 2026, 10:00 AM PDT , Operations Tester" in said


def test_an_office_that_is_here_is_joined_only_where_it_is_ticked(operations: Client, number: int) -> None:
    settled(operations, number)
    apps.get_model("offices", "TaxId").objects.create(number=registering.GROUP_TAX_ID, name="x")
    office = registering.an_office(registering.GROUP_TAX_ID)
    settled(operations, number)
    empty = operations.post(act("approve", number), {"seen": "0"})
    assert empty.status_code == 422
    assert "Say that the applicant joins the office" in visiting.seen(empty)
    operations.post(act("approve", number), {"seen": "0", "joins": "on"})
    assert (application(number).state, application(number).office_id) == ("approved", office)


def test_an_office_that_is_here_may_decide_itself(operations: Client, number: int) -> None:
    apps.get_model("offices", "TaxId").objects.create(number=registering.GROUP_TAX_ID, name="x")
    office = registering.an_office(registering.GROUP_TAX_ID)
    said = visiting.seen(operations.post(act("recognise", number), {"office": office}, follow=True))
    assert "The office's administrators are told." in said
    assert application(number).state == "recognised"


def test_two_yeses_are_said_by_two(operations: Client, world: World, number: int) -> None:
    settled(operations, number)
    set_to(number, four_eyes=True)
    assert "Say the first yes?" in visiting.seen(operations.get(act("approve", number)))
    said = visiting.seen(operations.post(act("approve", number), {"seen": "0"}, follow=True))
    assert "The first yes is kept." in said
    assert "You said the first yes" in said
    again = visiting.seen(operations.post(act("approve", number), {"seen": "0"}, follow=True))
    assert "it is for a colleague to decide" in again
    support = visiting.sign_in(world["support"])
    assert "Second yes (1)" in visiting.seen(support.get(LIST))
    support.post(act("approve", number), {"seen": "0"})
    assert application(number).state == "approved"


def test_it_goes_back_with_what_is_asked_for(operations: Client, number: int) -> None:
    empty = operations.post(act("return", number), {})
    assert empty.status_code == 422
    form = {"reason": "more_needed", "missing": ["letter", "npi"]}
    said = visiting.seen(operations.post(act("return", number), form, follow=True))
    assert "It was sent back." in said
    assert "Asked for: Hand in a letter of the office" in said
    assert "The clock stands still since Mar 12, 2026" in said
    assert act("return", number) not in operations.get(f"{LIST}{number}/").content.decode()


def test_it_is_denied_for_a_reason(operations: Client, number: int) -> None:
    said = visiting.seen(operations.post(act("deny", number), {"reason": "no_answer"}, follow=True))
    assert "It is denied." in said
    assert "Denied: We asked you for something more and heard nothing" in said
    again = visiting.seen(operations.post(act("deny", number), {"reason": "no_answer"}, follow=True))
    assert "somebody was quicker" in again


def matched(number: int) -> None:
    """It matched: the provider file lets it in."""
    set_to(number, state="matched", path="instant", matched_at=NOW, decided_at=NOW, decision="matched")


def test_what_matched_is_denied_or_taken_back_and_never_approved_or_reissued(
    operations: Client, number: int
) -> None:
    matched(number)
    page = operations.get(reverse("registration", args=[number])).content.decode()
    offered = {
        route for route in ("deny", "withdraw", "approve", "return", "reissue") if act(route, number) in page
    }
    assert offered == {"deny", "withdraw"}
    said = visiting.seen(operations.post(act("deny", number), {"reason": "excluded"}, follow=True))
    assert "It is denied." in said
    assert application(number).state == "denied"


@pytest.mark.parametrize("was", ["matched", "approved"])
def test_a_decision_is_taken_back_with_a_word_why(operations: Client, world: World, was: str) -> None:
    number = deciding.approved_of(world) if was == "approved" else deciding.case_of(world)
    if was == "matched":
        matched(number)
    page = operations.get(reverse("registration", args=[number])).content.decode()
    assert act("withdraw", number) in page
    asked = visiting.seen(operations.get(act("withdraw", number)))
    over = {
        "matched": "What matched opens no account any more.",
        "approved": "The mailed link works no more.",
    }
    assert f"{over[was]} The case waits for the plan again" in asked
    empty = operations.post(act("withdraw", number), {"why": " "})
    assert (empty.status_code, "Say why it is taken back." in visiting.seen(empty)) == (422, True)
    said = visiting.seen(operations.post(act("withdraw", number), {"why": "A call came."}, follow=True))
    assert "It is taken back and waits for the plan again." in said
    assert "Taken back" in said
    assert "A call came." in said
    assert "Why it waits The plan looks at it again" in said
    assert application(number).state == "submitted"
    again = visiting.seen(operations.post(act("withdraw", number), {"why": "Again."}, follow=True))
    assert "somebody was quicker" in again


@pytest.mark.parametrize("code", [*Field, *Reason, still_so.OFFICE_GONE])
def test_the_desk_reads_what_kept_an_account_from_opening(code: str) -> None:
    said = words.happened(Kind.LOST, code)
    assert said.startswith("Not opened, and open again: ")
    assert len(said) > len("Not opened, and open again: ")


def test_a_new_transaction_id_is_shown_once(operations: Client, number: int) -> None:
    empty = operations.post(act("reissue", number), {"proof": " "})
    assert (empty.status_code, "Say how the caller showed" in visiting.seen(empty)) == (422, True)
    answer = operations.post(act("reissue", number), {"proof": "Called the number on file."})
    shown = answer.context["shown"]
    assert shown in visiting.seen(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    page = operations.get(reverse("registration", args=[number]))
    assert shown not in visiting.seen(page)
    assert "New transaction ID Mar 12, 2026, 10:00 AM PDT , Operations Tester" in visiting.seen(page)
    said = str([list(use.subjects.values()) for use in worlds.uses()])
    assert shown not in said
    assert shown.replace("-", "") not in said


def test_another_link_is_mailed(operations: Client, world: World) -> None:
    number = deciding.approved_of(world)
    said = visiting.seen(operations.post(act("link", number), follow=True))
    assert "A new link is on its way." in said
    assert "The mailed link Sent" in said


def test_ones_own_is_for_a_colleague(operations: Client, world: World) -> None:
    email = apps.get_model("accounts", "User").objects.get(pk=world["operations"].user_id).email
    number = deciding.number_of(deciding.waiting(replace(registering.HOSPITAL, email=email)))
    page = operations.get(reverse("registration", args=[number]))
    assert "This is your own Nobody decides on their own registration." in visiting.seen(page)
    assert act("deny", number) not in page.content.decode()
    said = visiting.seen(operations.post(act("deny", number), {"reason": "no_answer"}, follow=True))
    assert "it is for a colleague to decide" in said


def test_member_services_have_no_registrations(world: World, number: int) -> None:
    services = visiting.sign_in(world["member_services"])
    for address in (LIST, reverse("registration", args=[number]), act("deny", number)):
        assert services.get(address).status_code == 403


def test_every_code_has_its_words() -> None:
    assert set(words.FILTERS) == set(Which)
    assert set(words.OBSTACLES) == set(Obstacle)
    assert set(words.STOPS) == set(Stop)
    assert set(words.BACKS) == set(Back)
    assert set(words.OUTCOMES) == set(Outcome) - {Outcome.DONE, Outcome.SECONDING}
    assert set(decision_words.DENIALS) == set(Denial)
    assert set(decision_words.MISSING) == set(MISSING)
    states = apps.get_model("registration", "Application").State.values
    assert set(words.STATES) == set(states)
    assert all(words.happened(kind, "") for kind in Kind if kind not in (Kind.MISSING, Kind.DENIED))
