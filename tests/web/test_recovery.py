"""Taking an office over in the browser: asked by a colleague, proven and decided by the plan, objected to."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.test import Client

from portico.domains.access import granting
from portico.domains.notifications import outbox
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

OWN, CASES = "/recovery/", "/staff/recoveries/"
CLAIM, WITHDRAW, OBJECT = f"{OWN}claim/", f"{OWN}withdraw/", f"{OWN}object/"
LINK = f"{OWN}objection/"
WORDS = "Call our physician at the main number."


@pytest.fixture
def vacant(world: World) -> World:
    """Lakeside has lost its administrator; Hillcrest never had one."""
    granting.suspend_persona(actor=worlds.system(), persona_id=world["administrator"].persona_id)
    return world


def row() -> Any:
    return apps.get_model("access", "Recovery").objects.get()


def case(step: str = "") -> str:
    return f"{CASES}{row().pk}/" + (f"{step}/" if step else "")


def waiting(vacant: World, operations: Client) -> Client:
    """The front desk has asked, and the plan made sure; answers the front desk's browser."""
    front = visiting.sign_in(vacant["front_desk"])
    front.post(CLAIM, {"text": WORDS})
    operations.post(case("confirm"), {"proof": "called_on_file"})
    assert row().state == "waiting"
    return front


def mailed() -> str:
    """The link of the first mail."""
    found = apps.get_model("notifications", "Message").objects.filter(template="recovery_asked")[0]
    outgoing = outbox.Outgoing(found.message_id, found.to, found.template, found.context, 1)
    return str(outbox.opened(outgoing)["link"]).removeprefix(settings.SITE)


def test_an_office_with_an_administrator_is_not_recovered(front_desk: Client) -> None:
    said = visiting.seen(front_desk.get(OWN))
    assert "has an administrator" in said
    said = visiting.seen(front_desk.post(CLAIM, {"text": WORDS}, follow=True))
    assert "Your office has an administrator again." in said


def test_somebody_who_works_there_asks_and_takes_it_back(vacant: World) -> None:
    front = visiting.sign_in(vacant["front_desk"])
    assert "has no administrator" in visiting.seen(front.get(OWN))
    answer = front.post(CLAIM, {"text": " "})
    assert (answer.status_code, "Write whom we can ask." in visiting.seen(answer)) == (422, True)
    answer = front.post(CLAIM, {"text": "Our member ID: 123456789"})
    assert (answer.status_code, "something about a patient" in visiting.seen(answer)) == (422, True)
    said = visiting.seen(front.post(CLAIM, {"text": WORDS}, follow=True))
    assert "The plan makes sure with your office next." in said
    assert "Take it back" in said
    assert "You took it back." in visiting.seen(front.post(WITHDRAW, follow=True))
    assert "There was nothing to take back." in visiting.seen(front.post(WITHDRAW, follow=True))


def test_a_colleague_sees_that_somebody_asked_and_stops_it(vacant: World) -> None:
    front = visiting.sign_in(vacant["front_desk"])
    front.post(CLAIM, {"text": WORDS})
    other = visiting.sign_in(vacant["colleague"])
    said = visiting.seen(other.get(OWN))
    assert "A colleague asks to become administrator" in said
    assert WORDS not in said
    assert "It is stopped." in visiting.seen(other.post(OBJECT, follow=True))
    assert "There was nothing to stop." in visiting.seen(other.post(OBJECT, follow=True))
    said = visiting.seen(front.get(OWN))
    assert "You cannot ask again" in said


def test_the_plan_makes_sure_waits_and_approves(
    vacant: World, operations: Client, clock: time_machine.Traveller
) -> None:
    said = visiting.seen(operations.get(CASES))
    assert "Lakeside Family Practice" in said
    assert "Nobody has asked" in said
    front = visiting.sign_in(vacant["front_desk"])
    front.post(CLAIM, {"text": WORDS})
    said = visiting.seen(operations.get(case()))
    assert WORDS in said
    assert "front.desk" in said
    answer = operations.post(case("confirm"), {})
    assert (answer.status_code, "Choose how you made sure." in visiting.seen(answer)) == (422, True)
    said = visiting.seen(operations.post(case("confirm"), {"proof": "in_person"}, follow=True))
    assert "The waiting time has begun" in said
    assert "Nobody can shorten it." in said
    assert "the waiting time is not over" in visiting.seen(operations.post(case("approve"), follow=True))
    clock.shift(timedelta(days=7))
    again = visiting.sign_in(vacant["operations"])
    assert "Over: decide" in visiting.seen(again.get(CASES))
    said = visiting.seen(again.post(case("approve"), follow=True))
    assert "The office has an administrator again." in said
    kinds = apps.get_model("access", "Persona").objects.filter(user_id=vacant["front_desk"].user_id)
    assert sorted(kinds.values_list("kind", flat=True)) == ["administrator", "end_user"]
    assert "Every office has an administrator" in visiting.seen(again.get(CASES))


def test_the_plan_refuses(vacant: World, operations: Client) -> None:
    waiting(vacant, operations)
    answer = operations.post(case("refuse"), {})
    assert (answer.status_code, "Choose why not." in visiting.seen(answer)) == (422, True)
    said = visiting.seen(operations.post(case("refuse"), {"refusal": "not_entitled"}, follow=True))
    assert "Somebody else of the office may ask." in said
    assert "The office wants somebody else." in said
    assert "it stands differently by now" in visiting.seen(operations.post(case("approve"), follow=True))


@pytest.mark.parametrize("step", ["", "confirm", "approve", "refuse"])
def test_a_case_nobody_opened_is_not_found(operations: Client, step: str) -> None:
    address = f"{CASES}999999/" + (f"{step}/" if step else "")
    sent = {"proof": "in_person", "refusal": "not_proven"}
    answer = operations.post(address, sent) if step else operations.get(address)
    assert answer.status_code == 404


def test_a_mailed_link_opens_a_form_and_only_its_button_stops_anything(
    vacant: World, operations: Client
) -> None:
    waiting(vacant, operations)
    link = mailed()
    assert link.startswith(f"{LINK}?t=")
    stranger = Client()
    opened = stranger.get(link)
    assert opened.headers["Cache-Control"] == "no-store"
    assert opened.headers["Referrer-Policy"] == "strict-origin"
    assert row().state == "waiting"
    [secret] = re.findall(r'name="t" value="([^"]+)"', opened.content.decode())
    assert "Lakeside" not in visiting.seen(opened)
    assert "Front" not in visiting.seen(opened)
    assert "It is stopped" in visiting.seen(stranger.post(LINK, {"t": secret}))
    assert row().state == "open"
    again = stranger.post(LINK, {"t": secret})
    assert (again.status_code, "This link stops nothing" in visiting.seen(again)) == (404, True)


def test_a_link_that_is_none_opens_and_answers_like_one_that_is_over(
    vacant: World, operations: Client
) -> None:
    waiting(vacant, operations)
    secret = mailed().partition("?t=")[2]
    stranger = Client()
    stranger.post(LINK, {"t": secret})
    wrong = "x" * len(secret)
    for method in (stranger.get, stranger.post):
        over, none = (method(LINK, {"t": each}) for each in (secret, wrong))
        assert over.status_code == none.status_code
        assert visiting.as_said(over).replace(secret, wrong) == visiting.as_said(none)


def test_a_visitor_is_led_to_the_sign_in_and_the_plan_has_no_office(
    client: Client, operations: Client
) -> None:
    assert client.get(OWN).headers["Location"].startswith("/sign-in/")
    assert client.post(CLAIM, {"text": WORDS}).status_code == 302
    said = visiting.seen(operations.get(OWN))
    assert "You do not act for an office here." in said


def test_nothing_that_was_mailed_or_told_names_anybody(vacant: World, operations: Client) -> None:
    waiting(vacant, operations)
    for kind in ("Message", "Notice"):
        for each in apps.get_model("notifications", kind).objects.all():
            assert not re.search("front|lakeside|physician", str(each.context), re.IGNORECASE)
    assert NOW.date() < row().waits_until.date()
    assert cast.LAKESIDE in str(row().office.key)
