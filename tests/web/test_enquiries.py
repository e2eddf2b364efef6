"""The plan's queue of enquiries: pages in the order due, one with its text, its end, and who may see it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.support.tests import asking
from portico.shared import identifiers, references
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

LIST = "/staff/enquiries/"


def enquiries() -> Any:
    return apps.get_model("support", "Enquiry").objects.order_by("pk")


@pytest.fixture
def waiting(world: World) -> int:
    """A wish to be called back; its number."""
    asking.ask()
    return int(enquiries().get().pk)


def test_an_empty_queue_says_so(operations: Client) -> None:
    assert "Nobody waits" in visiting.seen(operations.get(LIST))


def test_what_waits_is_listed_with_its_due_time(operations: Client, waiting: int) -> None:
    asking.ask(asking.QUESTION)
    said = visiting.seen(operations.get(LIST))
    assert "2 wait, 0 late." in said
    assert f"Call back {waiting} Robin Tester Lakeside Clinic Registering an office" in said
    assert "Mar 13, 2026, 10:00 AM PDT" in said
    assert said.index("Call back") < said.index(f"Question {waiting + 1}")
    assert "Which licence" not in said


def test_what_is_past_due_is_marked(world: World, waiting: int, clock: Any) -> None:
    clock.move_to(NOW + timedelta(days=1, minutes=1))
    said = visiting.seen(visiting.sign_in(world["operations"]).get(LIST))
    assert "1 waits, 1 late." in said
    assert "Late" in said


def test_a_long_queue_comes_in_pages(operations: Client, world: World) -> None:
    for turn in range(27):
        asking.ask(address="", later=timedelta(seconds=turn))
    first = operations.get(LIST)
    key = first.context["queue"].page.next_key
    assert "27 wait, 0 late." in visiting.seen(first)
    second = operations.get(LIST, {"after": key})
    shown = [row.number for answer in (first, second) for row in answer.context["queue"].page.rows]
    assert shown == list(enquiries().values_list("pk", flat=True))
    assert second.context["queue"].page.next_key is None


def test_one_is_shown_with_its_text_as_it_was_typed(operations: Client, world: World) -> None:
    asking.ask(replace(asking.CALL, text="<b>one</b>\ntwo"))
    answer = operations.get(reverse("enquiry", args=[enquiries().get().pk]))
    assert "&lt;b&gt;one&lt;/b&gt;<br>two" in answer.content.decode()
    said = visiting.seen(answer)
    assert "(530) 555-0193" in said
    assert "In the morning" in said
    assert "Nobody has verified who this is." in said
    [use] = worlds.uses(conclusion="enquiry_shown")
    assert use.function == "enquiry_review"


def test_an_end_is_said_and_takes_it_out_of_the_list(operations: Client, waiting: int) -> None:
    address = reverse("enquiry_end", args=[waiting])
    answer = operations.post(address, {"ending": "not_reached"}, follow=True)
    said = visiting.seen(answer)
    assert f"Enquiry {waiting} has ended: nobody was reached." in said
    assert "Nobody waits" in said
    said = visiting.seen(operations.get(reverse("enquiry", args=[waiting])))
    assert "Nobody was reached, Mar 12, 2026" in said
    assert "How it ended" not in said


def test_who_comes_second_is_told_so(operations: Client, waiting: int) -> None:
    address = reverse("enquiry_end", args=[waiting])
    operations.post(address, {"ending": "answered"})
    answer = operations.post(address, {"ending": "not_ours"}, follow=True)
    assert "somebody was quicker" in visiting.seen(answer)
    assert enquiries().get().ending == "answered"


@pytest.mark.parametrize(("ending", "says"), [("", "Choose how it ended."), ("x", "Choose one of these.")])
def test_an_end_that_is_none_is_said_beside_the_field(
    operations: Client, waiting: int, ending: str, says: str
) -> None:
    answer = operations.post(reverse("enquiry_end", args=[waiting]), {"ending": ending})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert enquiries().get().ended_at is None


def test_a_reference_leads_to_its_enquiry(operations: Client, world: World) -> None:
    reference = identifiers.group_reference(asking.ask().reference)
    answer = operations.post(LIST, {"reference": reference.lower()})
    assert answer.headers["Location"] == reverse("enquiry", args=[enquiries().get().pk])


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the reference."),
        ("12", "A reference has 17 letters and digits."),
        (references.new(), "No enquiry has this reference."),
    ],
    ids=["empty", "no_reference", "nobodys"],
)
def test_a_reference_that_leads_nowhere_is_said_so(operations: Client, typed: str, says: str) -> None:
    answer = operations.post(LIST, {"reference": typed})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_the_support_desk_answers_too_and_member_services_do_not(world: World, waiting: int) -> None:
    assert visiting.sign_in(world["support"]).get(LIST).status_code == 200
    assert visiting.sign_in(world["member_services"]).get(LIST).status_code == 403
