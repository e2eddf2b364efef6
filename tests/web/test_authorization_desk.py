"""The plan's desk for authorizations: the work list, one request, asking for more, deciding, letters."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from portico.domains.authorizations import models
from portico.domains.authorizations.tests import desk
from portico.shared.pdf.tests import reading
from tests.support import authorizations, visiting
from tests.support.actors import NOW
from tests.support.world import World

DESK = "/staff/authorizations/"


@pytest.fixture
def reviewer(world: World) -> Client:
    """The clinical reviewer's browser."""
    return visiting.sign_in(world["reviewer"])


@pytest.fixture
def director(world: World) -> Client:
    """The medical director's browser."""
    return visiting.sign_in(world["medical_director"])


def one(row: models.Authorization, *more: str) -> str:
    return "/".join((f"{DESK}requests", str(row.public_id), *more, ""))


def said(browser: Client, address: str) -> str:
    return visiting.seen(browser.get(address))


def done(browser: Client, address: str, **sent: Any) -> str:
    return visiting.seen(browser.post(address, sent, follow=True))


def denial(position: int, **changes: str) -> dict[str, str]:
    told = {
        "outcome": "denied",
        "reason": "not_medically_necessary",
        "words": desk.WHY,
        "criteria": desk.CRITERIA,
        **changes,
    }
    return {f"s{position}_{name}": value for name, value in told.items()}


def test_an_empty_desk_says_so(reviewer: Client) -> None:
    for address, says in (
        (DESK, "Nothing waits for a decision"),
        (f"{DESK}?which=with_office", "Nothing waits for an office"),
        (f"{DESK}?which=decided", "Nothing was decided yet"),
        (f"{DESK}?which=x&after=y", "Nothing waits for a decision"),
        (f"{DESK}?kind=referral", "Nothing fits"),
        (f"{DESK}?kind=x", "Nothing waits for a decision"),
    ):
        assert says in said(reviewer, address)


def test_the_list_says_what_is_due_and_how_much_time_is_left(reviewer: Client, world: World) -> None:
    del world
    urgent = authorizations.expedited()
    standard = authorizations.in_review()
    late = authorizations.in_review(due_at=NOW - timedelta(hours=3))
    page = said(reviewer, DESK)
    assert "3 to decide: 1 late, 1 due within 24 hours, 1 expedited." in page
    assert page.index(late.number) < page.index(urgent.number) < page.index(standard.number)
    assert "3 hours overdue" in page
    assert "6 hours left" in page
    assert "5 days left" in page
    assert "97110 and 1 more" in page
    assert "Quillfeather, Zephyrine" in page


def test_the_page_of_a_request_holds_all_a_reviewer_needs(reviewer: Client, world: World) -> None:
    del world
    before = authorizations.partly()
    row = authorizations.pended()
    page = said(reviewer, one(row))
    for says in (
        f"Request {row.number}",
        "Zephyrine Quillfeather",
        "97110: Physical therapy",
        "12 visits",
        authorizations.ASKED,
        "The office may still answer about it.",
        before.number,
        "Nobody has taken it yet.",
        "The request came in",
        "7 calendar days: 42 CFR 438.210",
    ):
        assert says in page, says
    assert "Service 1: Eight visits are enough" in said(reviewer, one(before))


def test_no_name_stands_in_an_address_a_title_or_a_store(reviewer: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    answer = reviewer.get(one(row))
    assert "no-store" in answer.headers["Cache-Control"]
    title = answer.content.decode().split("<title>")[1].split("</title>")[0]
    assert "Quillfeather" not in title


def test_a_request_is_taken_and_handed_over(reviewer: Client, world: World) -> None:
    row = authorizations.in_review()
    assert "It is yours now." in done(reviewer, one(row, "hand"), do="take")
    assert "It is yours." in said(reviewer, one(row))
    assert "Reviewer Tester" in said(reviewer, f"{DESK}?whose=mine")
    assert "Choose a colleague" in done(reviewer, one(row, "hand"), do="hand_over")
    to = str(world["medical_director"].user_id)
    assert "It is handed over." in done(reviewer, one(row, "hand"), do="hand_over", to=to)
    assert "Medical Tester has it." in said(reviewer, one(row))
    told = visiting.seen(visiting.sign_in(world["medical_director"]).get("/notices/"))
    assert "A colleague handed a request to you" in told
    assert row.number in told
    done(reviewer, one(row, "hand"), do="take")
    assert "It is everybody's again." in done(reviewer, one(row, "hand"), do="let_go")


def test_a_note_is_kept_for_the_plan(reviewer: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    assert "Write the note." in done(reviewer, one(row, "notes"), text=" ")
    assert "Ask about the knee." in done(reviewer, one(row, "notes"), text="Ask about the knee.")


def test_the_office_is_asked_for_more_in_so_many_words(reviewer: Client, world: World) -> None:
    row = authorizations.in_review()
    assert "Ask for everything at once" in said(reviewer, one(row, "ask"))
    sent = {
        "version": "1",
        "q1_service": "1",
        "q1_kind": "clinical_notes",
        "q1_text": "Send the last two progress notes.",
        "q1_due_on": "03/14/2026",
        "q1_due_time": "5:00 PM",
    }
    wrong = done(reviewer, one(row, "ask"), **{**sent, "q1_due_on": "03/11/2026"})
    assert "Day by which question 1 is answered: This is over already." in wrong
    late = done(reviewer, one(row, "ask"), **{**sent, "q1_due_on": "04/11/2026"})
    assert "The decision itself is due before that." in late
    half = done(reviewer, one(row, "ask"), **{**sent, "q1_kind": ""})
    assert "What is missing, question 1: Fill this in too." in half
    assert "Write at least one question." in done(reviewer, one(row, "ask"), version="1")
    page = done(reviewer, one(row, "ask"), **sent)
    assert "Asked. The offices are told" in page
    assert "to be answered by Mar 14, 2026, 5:00 PM PDT" in page
    letter = models.Letter.objects.get()
    pdf = reviewer.get(one(row, "letters", str(letter.public_id)))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "Send the last two progress notes." in reading.text(pdf.content)
    told = visiting.seen(visiting.sign_in(world["front_desk"]).get("/notices/"))
    assert "The plan asks for more before it decides on a request" in told
    question = models.InformationRequest.objects.get()
    back = one(row, "questions", str(question.public_id), "take-back")
    assert "Taken back." in done(reviewer, back)
    assert reviewer.post(back).status_code == 404


def test_a_reviewer_approves_and_is_not_offered_a_denial(reviewer: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    page = said(reviewer, one(row, "decide"))
    assert "hand the request to medical direction" in page
    assert "Deny" not in page
    assert "Decision on service 1: Choose a decision." in done(reviewer, one(row, "decide"), version="1")
    sneaked = {"version": "1", "s1_outcome": "approved", **denial(2)}
    assert reviewer.post(one(row, "decide"), sneaked).status_code == 422
    sent = {"version": "1", "s1_outcome": "approved", "s2_outcome": "approved"}
    page = done(reviewer, one(row, "decide"), **sent)
    assert "Decided: Approved." in page
    assert "by Reviewer Tester" in page
    assert "does not wait for a decision" in done(reviewer, one(row, "decide"), **sent)


def test_a_denial_without_its_why_is_impossible_on_the_page(director: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    sent = {"version": "1", "s1_outcome": "approved"}
    bare = director.post(one(row, "decide"), {**sent, "s2_outcome": "denied"})
    assert bare.status_code == 422
    page = visiting.seen(bare)
    assert "Reason, service 2: Choose the reason." in page
    assert "In words, service 2: Write why" in page
    assert "Criteria, service 2: Say by which criteria" in page
    for changes, says in (
        ({"words": "Too short."}, "Write at least 20 letters"),
        ({"words": "denied denied denied denied"}, "This says no more than the reason does"),
        ({"reason": "cost"}, "Reason, service 2: Select a valid choice"),
        ({"criteria": " "}, "Say by which criteria you judged"),
        ({"words": f"{desk.WHY} SSN 912-12-1234"}, "It holds a number or a birth date of a patient"),
    ):
        assert says in done(director, one(row, "decide"), **{**sent, **denial(2, **changes)})
    row.refresh_from_db()
    assert row.state == "in_review"


def test_a_director_approves_a_part_and_the_letter_says_why(director: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    part = denial(1, outcome="partly", reason="more_than_criteria_support", quantity="8")
    page = done(director, one(row, "decide"), version="1", **part, **denial(2))
    assert "Decided: Approved in part." in page
    assert "8 visits" in page
    letter = models.Letter.objects.get()
    pdf = director.get(one(row, "letters", str(letter.public_id)))
    assert pdf.headers["Content-Disposition"] == f'inline; filename="authorization-{row.number}.pdf"'
    text = " ".join(reading.text(pdf.content).split())
    for says in (desk.WHY, desk.CRITERIA, "What you can do now", "8 visits", "Appeal until May 16, 2026"):
        assert says in text, says
    assert reading.failures(pdf.content) == []


def test_who_comes_second_is_told_and_may_send_it_again(director: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    models.Authorization.objects.filter(pk=row.pk).update(version=2)
    sent = {"s1_outcome": "approved", "s2_outcome": "approved"}
    answer = director.post(one(row, "decide"), {"version": "1", **sent})
    assert answer.status_code == 422
    assert "Somebody was quicker" in visiting.seen(answer)
    assert 'name="version" value="2"' in answer.content.decode()
    assert "Decided: Approved." in done(director, one(row, "decide"), version="2", **sent)


def test_after_a_talk_a_denied_service_becomes_better_alone(director: Client, world: World) -> None:
    del world
    row = authorizations.denied()
    authorizations.event(row, "talk_held", "plan", at=NOW)
    page = said(director, one(row, "decide"))
    assert "Peer-to-peer talk." in page
    sent = {"version": "1", "s1_outcome": "approved", "s2_outcome": "stays"}
    assert "Decided: Approved in part." in done(director, one(row, "decide"), **sent)


def test_a_clock_is_made_longer_with_a_reason(reviewer: Client, world: World) -> None:
    del world
    row = authorizations.in_review()
    assert "Choose a reason." in done(reviewer, one(row, "longer"), version="1")
    page = done(reviewer, one(row, "longer"), version="1", reason="patient_asked")
    assert "The clock is longer." in page
    assert "The plan took longer" in page
    assert "Take longer Once" not in page
    again = done(reviewer, one(row, "longer"), version="2", reason="patient_asked")
    assert "It was made longer once." in again
    assert "Somebody was quicker" in done(reviewer, one(row, "longer"), version="1", reason="patient_asked")


def test_a_list_of_many_costs_no_more_queries(
    reviewer: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    del world
    for _ in range(30):
        authorizations.in_review()
    with django_assert_max_num_queries(30):
        page = said(reviewer, DESK)
    assert "More" in page
