"""How a claim stands, asked on the pages and by a 276: the same of the same claim, one audit row each."""

from collections.abc import Mapping
from typing import Any

import pytest

from portico.edges.web.codes import states
from tests.support import cast, claims, patients, programs, visiting
from tests.support import world as worlds
from tests.support.doors import core, x12_claims
from tests.support.doors.x12_claims import SoughtClaim
from tests.support.visiting import seen
from tests.support.world import World
from tests.web.conftest import clock as clock
from tests.web.conftest import world as world

pytestmark = pytest.mark.django_db
SUBSCRIBER = f"S{patients.ZEPHYRINE}"
ASK = core.Call("RealTime", "X12_276_Request_005010X212", "COREEnvelopeRealTimeRequest")
# What the pages call each category of STC01; nothing where no claim is found.
CALLED: Mapping[str, str] = {
    "P1": states.STATES["received"],
    "P2": states.STATES["pended"],
    "P3": states.STATES["pended"],
    "P4": states.STATES["pended"],
    "F0": states.STATES["approved"].partition(",")[0],
    "F1": states.STATES["paid"],
    "F2": states.STATES["denied"],
    "F3": states.STATES["reversed"],
    "F4": states.STATES["paid"],
    "D0": "",
}
MADE = {
    "received": claims.received,
    "pended": claims.pended,
    "waits for the plan": lambda: claims.pended("26015A0007", pend_reason="clinical_review"),
    "waits for the member": lambda: claims.pended("26015A0008", pend_reason="other_coverage"),
    "approved": lambda: claims.received("26015A0009", status="approved"),
    "paid": claims.decided,
    "paid nothing": lambda: claims.decided("26015A0010", paid=0),
    "denied": claims.denied,
    "reversed": claims.reversed_claim,
    "adjusted": claims.adjusted,
    "none": lambda: None,
}
PEOPLE = ("colleague", "medi_cal_only", "outsider", "two_tax_ids")


def on_the_pages(world: World, key: str, claim_number: str) -> str:
    """What the list calls the claim; empty where none is found."""
    person = cast.PEOPLE[key]
    asked = {"tax_id": person.tax_ids[0], "subscriber_id": SUBSCRIBER, "claim_number": claim_number}
    browser = visiting.sign_in(world[key])
    answer = browser.post("/claims/", asked)
    assert answer.status_code == 302, seen(answer)
    before = worlds.last_use()
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 200
    rows = (page.context or {}).get("rows", ())
    _one_use(before)
    return rows[0]["state"].partition(",")[0] if rows else ""


def by_a_276(world: World, key: str, claim_number: str) -> str:
    """What the 277 says, in the words of the pages."""
    program = programs.partner(world, key)
    sought = SoughtClaim(SUBSCRIBER, "Quillfeather", "Zephyrine", claim_number=claim_number)
    payload = x12_claims.inquiry(program.sender_id, [sought], tax_id=program.tax_id)
    before = worlds.last_use()
    (told,) = x12_claims.claims(core.call(ASK, program, payload).payload)
    _one_use(before)
    return CALLED[told.state.partition(":")[0]]


def _one_use(before: Any) -> None:
    (use,) = worlds.uses(pk__gt=before)
    assert use.function == "claims_inquiry"


@pytest.mark.parametrize(
    ("key", "made"), [*(("front_desk", made) for made in MADE), *((key, "paid") for key in PEOPLE)]
)
def test_the_pages_and_a_276_say_the_same(world: World, key: str, made: str) -> None:
    claim = MADE[made]()  # type: ignore[no-untyped-call]
    number = claim.claim_number if claim else "NOSUCH"
    said = by_a_276(world, key, number)
    assert on_the_pages(world, key, number) == said
    assert bool(said) == (claim is not None and key in ("front_desk", "two_tax_ids"))
