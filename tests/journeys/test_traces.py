"""What a journey leaves behind is looked at: whatever is planted there is found."""

import structlog
from django.apps import apps
from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.traces import Traces
from tests.support import cast, patients
from tests.support.world import World

PLANTED = """([name, key]) => {
    localStorage.setItem("name", name);
    sessionStorage.setItem("key", key);
    document.cookie = `name=${name}`;
}"""


def test_whatever_is_planted_is_found(page: Page, world: World, traces: Traces) -> None:
    steps.given_signed_in_by_hand(page, world["front_desk"])
    assert traces.left() == []
    [session] = [each["value"] for each in page.context.cookies() if each["name"] == "portico"]
    page.evaluate(PLANTED, ["Zephyrine", cast.TOTP_SECRET])
    page.goto(f"/support/?q=Quillfeather&p={cast.PASSWORD.replace(' ', '-')}")
    structlog.get_logger("tests").info("planted", session=session, ssn=patients.SSN)
    apps.get_model("jobs", "Job").objects.update(payload={"address": "77 Marigold Street"})
    assert set(traces.left()) == {
        "log: session id",
        f"log: {patients.SSN}",
        "addresses: the password",
        "addresses: Quillfeather",
        "cookies: Zephyrine",
        "storage of the browser: Zephyrine",
        "storage of the browser: the authenticator",
        "jobs_job: 77 Marigold",
    }
    traces.forget()
    apps.get_model("jobs", "Job").objects.update(payload={})


def test_secrets_are_noted_as_they_are_made(page: Page, world: World, traces: Traces) -> None:
    steps.given_signed_in_by_hand(page, world["front_desk"])
    assert traces.left() == []
    kinds = {what for what, _ in traces.secrets.values()}
    assert "session id" in kinds
    assert any(kind.startswith("device of") for kind in kinds)
