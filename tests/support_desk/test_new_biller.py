"""A new biller at a busy clinic, from the right door to the section that opens.

They find the door, verify who they are, miss a section that their work needs, ask which it is, and send the
request tied to the line in which it was missed; the administrator approves, and the section opens at the next
request, in the session that was open all along.
"""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import looking_after
from portico.domains.permits.functions import Function
from portico.domains.support import diagnosing, onboarding
from portico.domains.support.diagnosing import Asked
from portico.domains.support.onboarding_rules import Step
from portico.domains.support.verdicts import Verdict
from tests.support import cast, patients, visiting
from tests.support import world as worlds
from tests.support.cast import Person
from tests.support.world import World

BILLER = Person("new_biller", functions=(Function.ELIGIBILITY,), lines=(cast.HMO,), is_verified=False)
CLAIMS = {"function": "claims_inquiry", "line": cast.HMO, "region": "", "tax_id": cast.OWN}


@pytest.fixture
def _biller(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One person more in the cast."""
    monkeypatch.setitem(cast.PEOPLE, BILLER.key, BILLER)
    assert world[BILLER.key].user_id


def stuck_at(world: World) -> Step:
    """Where the administrator's tracker sees them."""
    actor = worlds.actor(world["administrator"])
    rows = onboarding.tracker(actor=actor, function=Function.MANAGE_USERS).page.rows
    [row] = [row for row in rows if row.username == BILLER.username]
    assert row.stuck is not None
    return row.stuck.step


@pytest.mark.usefixtures("_biller")
def test_a_new_biller_comes_from_the_door_to_the_open_section(world: World) -> None:
    browser = Client()
    entered = browser.get(reverse("enter", args=[cast.HMO]))
    assert entered.headers["Location"].startswith(f"/in/{cast.HMO}/")
    browser = visiting.sign_in(world[BILLER.key], browser)

    assert stuck_at(world) is Step.VERIFIED
    told = browser.post("/diagnose/", {**CLAIMS, "function": "eligibility"})
    assert "Verification pending" in visiting.seen(told)
    assert f'href="{reverse("identity")}?for=eligibility"' in told.content.decode()
    desk = worlds.actor(world["operations"])
    looking_after.vouch(actor=desk, user_id=world[BILLER.key].user_id, why="The clinic brought her along.")
    assert stuck_at(world) is Step.TASK
    assert visiting.search(browser, member_id=patients.ZEPHYRINE).status_code == 302

    told = browser.post("/diagnose/", CLAIMS)
    assert "Missing role" in visiting.seen(told)
    button = told.context["refusal"].button
    assert dict(button.sends)["line"] == cast.HMO
    browser.post(button.url, {**dict(button.sends), "send": "yes"})
    request = apps.get_model("access", "AccessRequest").objects.get()
    assert (request.functions, request.line, request.tax_id) == (["claims_inquiry"], cast.HMO, cast.OWN)

    administrator = visiting.sign_in(world["administrator"])
    administrator.post(reverse("office_request_approve", args=[request.public_id]))
    assert "Nothing is in your way here" in visiting.seen(browser.post("/diagnose/", CLAIMS))
    asked = Asked(Function.CLAIMS_INQUIRY, cast.OWN, cast.HMO)
    assert diagnosing.own(actor=worlds.actor(world[BILLER.key]), asked=asked).verdict is Verdict.OPEN
    elsewhere = Asked(Function.CLAIMS_INQUIRY, cast.OWN, cast.PPO)
    assert (
        diagnosing.own(actor=worlds.actor(world[BILLER.key]), asked=elsewhere).verdict is Verdict.WRONG_LINE
    )
