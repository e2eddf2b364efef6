"""How a request stands, asked on the pages and by 278: the same of the same request, one audit row each.

And a request sent by 278 is on the pages of its offices; to all others, by either door, it never was.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from portico.domains.authorizations import numbers
from portico.domains.authorizations.models import Authorization
from portico.edges.web.codes import authorizations as codes
from tests.support import authorizations, cast, patients, programs, requirements, visiting
from tests.support import world as worlds
from tests.support.doors import core
from tests.support.doors import x12_authorizations as door
from tests.support.doors.x12_authorizations import Sought, Wanted
from tests.support.visiting import seen
from tests.support.world import World
from tests.web.conftest import clock as clock
from tests.web.conftest import world as world

pytestmark = pytest.mark.django_db
ELEMENT = "COREEnvelopeRealTimeRequest"
ASK = core.Call("RealTime", "X12_278_Request_005010X215", ELEMENT)
SEND = core.Call("RealTime", "X12_278_Request_005010X217E1_2", ELEMENT)
NUMBER = numbers.of("12345678")
# What the pages call each HCR01; nothing where no request is found.
CALLED: Mapping[str, tuple[str, ...]] = {
    "A1": (codes.STATES["approved"],),
    "A2": (codes.STATES["partly"],),
    "A3": (codes.STATES["denied"],),
    "A4": (codes.STATES["in_review"], codes.STATES["pended"]),
    "C": (codes.STATES["cancelled"],),
    "NA": (codes.STATES["not_needed"],),
    "": ("",),
}
MADE: Mapping[str, Callable[[str], Authorization | None]] = {
    "in review": authorizations.in_review,
    "pended": authorizations.pended,
    "approved": authorizations.approved,
    "partly": authorizations.partly,
    "denied": authorizations.denied,
    "expedited": authorizations.expedited,
    "cancelled": authorizations.cancelled,
    "not needed": authorizations.not_needed,
    "none": lambda number: None,
}
PEOPLE = ("colleague", "medi_cal_only", "outsider", "two_tax_ids")
OURS = ("front_desk", "two_tax_ids")


def on_the_pages(world: World, key: str, number: str) -> str:
    """What the list calls the request; empty where none is found."""
    browser = visiting.sign_in(world[key])
    asked = {"tax_id": cast.PEOPLE[key].tax_ids[0], "number": number}
    answer = browser.post("/authorizations/?by=number", asked)
    assert answer.status_code == 302, seen(answer)
    before = worlds.last_use()
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 200
    _one_use(before, "authorization_inquiry")
    rows = (page.context or {}).get("rows", ())
    return str(rows[0]["state"]) if rows else ""


def by_278(world: World, key: str, number: str) -> str:
    """HCR01 of the event told; empty where none is found."""
    program = programs.partner(world, key)
    sought = Sought(patients.ZEPHYRINE, "QUILLFEATHER", number=number)
    payload = door.inquiry(program.sender_id, sought, tax_id=program.tax_id)
    before = worlds.last_use()
    back = core.call(ASK, program, payload)
    assert back.fields["PayloadType"] == "X12_278_Response_005010X215"
    _one_use(before, "authorization_inquiry")
    (event,) = door.answer(back.payload).events
    return event.action


def _one_use(before: Any, function: str) -> None:
    (use,) = worlds.uses(pk__gt=before)
    assert use.function == function


@pytest.mark.parametrize(
    ("key", "made"), [*(("front_desk", made) for made in MADE), *((key, "approved") for key in PEOPLE)]
)
def test_the_pages_and_a_278_say_the_same(world: World, key: str, made: str) -> None:
    row = MADE[made](NUMBER)
    action = by_278(world, key, NUMBER)
    assert on_the_pages(world, key, NUMBER) in CALLED[action]
    assert bool(action) == (row is not None and key in OURS)


def sent(world: World, key: str, number: int) -> str:
    """The number a request sent by 278 was taken under."""
    requirements.say("97110", system="procedure", key="therapy")
    program = programs.partner(world, key)
    therapy = Wanted("97110", "12", "VS", authorizations.FIRST_ON, authorizations.LAST_ON)
    payload = door.request(
        program.sender_id,
        Sought(patients.ZEPHYRINE, "QUILLFEATHER"),
        (therapy,),
        tax_id=program.tax_id,
        requester=patients.NPI,
        servicing=patients.NPI,
        number=number,
    )
    before = worlds.last_use()
    back = core.call(SEND, program, payload)
    assert back.fields["PayloadType"] == "X12_278_Response_005010X217E1_2"
    _one_use(before, "authorization_submission")
    (event,) = door.answer(back.payload).events
    assert event.action == "A4"
    return event.number


@pytest.mark.parametrize("key", ["front_desk", *PEOPLE])
def test_what_is_sent_by_278_is_on_the_pages_of_its_offices_alone(world: World, key: str) -> None:
    number = sent(world, "front_desk", 901)
    expected = codes.STATES["in_review"] if key in OURS else ""
    assert on_the_pages(world, key, number) == expected
    assert (by_278(world, key, number) == "A4") == (key in OURS)


def test_the_page_shows_what_the_278_said(world: World) -> None:
    row = Authorization.objects.get(number=sent(world, "front_desk", 902))
    said = seen(visiting.sign_in(world["front_desk"]).get(f"/authorizations/{row.public_id}/"))
    for words in (row.number, "97110", "In review"):
        assert words in said
