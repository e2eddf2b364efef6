"""The plan's queue of offices that would like to take part: its lists, one request, notes, and the answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.registration import transaction_ids
from portico.domains.registration.tests import wishing
from tests.support import cast, mailing, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.joining_network import DESK, asked, requests
from tests.support.world import World


@pytest.fixture
def waiting(world: World) -> int:
    """A wish to take part; its number."""
    asked()
    return int(requests().get().pk)


def page(browser: Client, number: int) -> str:
    return visiting.seen(browser.get(reverse("network_request", args=[number])))


def act(browser: Client, what: str, number: int, **sent: str) -> str:
    return visiting.seen(browser.post(reverse(f"network_request_{what}", args=[number]), sent, follow=True))


def test_an_empty_queue_says_so(operations: Client) -> None:
    for which, says in (
        ("waiting", "Nobody waits"),
        ("mine", "You have taken none"),
        ("answered", "Nothing was answered yet"),
        ("x", "Nobody waits"),
    ):
        assert says in visiting.seen(operations.get(DESK, {"which": which}))


def test_what_waits_is_listed_with_its_due_time(operations: Client, waiting: int) -> None:
    said = visiting.seen(operations.get(DESK))
    assert "1 waits, 0 late, 0 yours." in said
    assert "Riverbend Pediatrics Medical group, Pediatrics New Nobody" in said
    assert "Mar 26, 2026, 10:00 AM PDT" in said
    assert "Noor" not in said


def test_what_is_past_due_is_marked(world: World, waiting: int, clock: Any) -> None:
    clock.move_to(NOW + timedelta(days=15))
    said = visiting.seen(visiting.sign_in(world["operations"]).get(DESK))
    assert "1 waits, 1 late, 0 yours." in said
    assert "Late" in said


@pytest.mark.parametrize("which", ["waiting", "answered"])
def test_a_long_list_comes_in_pages(operations: Client, world: World, which: str) -> None:
    for _ in range(27):
        wishing.ask(address="", regions=(), lines=(cast.HMO,))
    if which == "answered":
        requests().update(state="invited", decided_at=NOW)
    first = operations.get(DESK, {"which": which})
    key = first.context["queue"].page.next_key
    assert f"which={which}&amp;after={key}" in first.content.decode()
    second = operations.get(DESK, {"which": which, "after": key})
    shown = [row.number for answer in (first, second) for row in answer.context["queue"].page.rows]
    assert sorted(shown) == list(requests().values_list("pk", flat=True))


def test_one_is_shown_with_what_the_file_says(operations: Client, waiting: int) -> None:
    said = page(operations, waiting)
    for part in (
        "Whom to reach Noor Haddad",
        "(530) 555-0168",
        "Lines of business HMO",
        "The NPI Not known",
        "In the network Takes no part",
        "Nobody has verified who this is.",
    ):
        assert part in said
    [use] = worlds.uses(conclusion="network_request_shown")
    assert use.function == "network_review"


def test_one_who_takes_part_already_is_marked_for_the_desk(operations: Client, world: World) -> None:
    asked(tax_id=cast.OWN)
    said = page(operations, requests().get().pk)
    assert "In the network Takes part already" in said
    assert "An account here Yes" in said


def test_it_is_taken_and_handed_back(operations: Client, waiting: int) -> None:
    assert "You have taken this request." in act(operations, "assign", waiting, takes="yes")
    assert "Riverbend" in visiting.seen(operations.get(DESK, {"which": "mine"}))
    said = act(operations, "assign", waiting, takes="no")
    assert "Anybody can take this request now." in said
    assert "Take it" in said


def test_a_note_is_shown_as_it_was_typed(operations: Client, waiting: int) -> None:
    act(operations, "note", waiting, text="<b>May</b>\nthen June")
    answer = operations.get(reverse("network_request", args=[waiting]))
    assert "&lt;b&gt;May&lt;/b&gt;<br>then June" in answer.content.decode()


@pytest.mark.parametrize(
    ("what", "sent", "says"),
    [
        ("note", {"text": ""}, "Write the note."),
        ("note", {"text": "x" * 2_001}, "at most 2000 characters"),
        ("decline", {}, "Choose why."),
        ("decline", {"reason": "x"}, "Choose one of these."),
    ],
    ids=["no_note", "long_note", "no_reason", "unknown_reason"],
)
def test_what_is_wrong_is_said_beside_its_field(
    operations: Client, waiting: int, what: str, sent: dict[str, str], says: str
) -> None:
    answer = operations.post(reverse(f"network_request_{what}", args=[waiting]), sent)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert (requests().get().state, requests().get().events.count()) == ("received", 1)


def test_an_invitation_is_told_and_takes_it_out_of_the_list(operations: Client, waiting: int) -> None:
    mailing.deliver()
    said = act(operations, "invite", waiting)
    assert "The office is told. Get in touch with it now." in said
    assert "Invited Mar 12, 2026" in said
    assert "Why?" not in said
    assert "Nobody waits" in visiting.seen(operations.get(DESK))
    assert "Riverbend" in visiting.seen(operations.get(DESK, {"which": "answered"}))
    assert len(mailing.deliver()) == 1


def test_a_no_names_its_reason_to_the_desk(operations: Client, waiting: int) -> None:
    said = act(operations, "decline", waiting, reason="region_not_served")
    assert "The office is told that there is an answer." in said
    assert "Declined Outside the service area, Mar 12, 2026" in said


@pytest.mark.parametrize(
    ("what", "sent"),
    [("invite", {}), ("decline", {"reason": "no_need_now"}), ("assign", {"takes": "yes"})],
    ids=["invite", "decline", "take"],
)
def test_who_comes_second_is_told_so(
    operations: Client, waiting: int, what: str, sent: dict[str, str]
) -> None:
    act(operations, "decline", waiting, reason="not_reached")
    assert "somebody was quicker" in act(operations, what, waiting, **sent)
    assert (requests().get().state, requests().get().reason) == ("declined", "not_reached")


def test_a_number_a_caller_names_leads_to_the_request(operations: Client, world: World) -> None:
    number = asked()
    answer = operations.post(DESK, {"tracking_number": number.lower()})
    assert answer.headers["Location"] == reverse("network_request", args=[requests().get().pk])


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the tracking number you were shown."),
        ("12", "A tracking number has 17 letters and digits"),
        (transaction_ids.new(), "No request has this tracking number."),
    ],
    ids=["empty", "no_number", "nobodys"],
)
def test_a_number_that_leads_nowhere_is_said_so(operations: Client, typed: str, says: str) -> None:
    answer = operations.post(DESK, {"tracking_number": typed})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_the_other_desks_do_not_answer_them(world: World, waiting: int) -> None:
    for desk in ("support", "member_services"):
        browser = visiting.sign_in(world[desk])
        assert browser.get(DESK).status_code == 403
        assert browser.post(reverse("network_request_invite", args=[waiting])).status_code == 403
    assert requests().get().state == "received"


def test_a_further_request_of_the_same_office_is_named(operations: Client, waiting: int) -> None:
    asked(office_name="Riverbend Kids")
    assert "The same numbers asked before or since Riverbend Kids" in page(operations, waiting)
