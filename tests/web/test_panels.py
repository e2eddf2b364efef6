"""A panel that fails fails alone: it shows a reference that support finds; the rest of the page is there."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from portico.domains.members import accumulators, benefits, eligibility, other_coverage, receipts, visibility
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from tests.support import patients, visiting
from tests.support import world as worlds
from tests.support.world import World

FAULTS = (RuntimeError, KeyError, LookupError, DatabaseError)
SECRET = f"{patients.ZEPHYRINE} Quillfeather"
SHOWN = {
    eligibility: ("Coverage dates 01/01/2026", "eligibility"),
    benefits: ("Physical therapy", "benefits"),
    accumulators: ("Individual deductible", "benefits"),
    other_coverage: ("The plan knows of no other coverage", "eligibility"),
}
FAILED = "This part could not be shown."


def break_(monkeypatch: pytest.MonkeyPatch, panel: ModuleType, fault: type[Exception]) -> None:
    """Let the use case of a panel fail in the middle, after its permit was opened."""

    @contextmanager
    def look(*, actor: Actor, lookup: UUID, function: Function) -> Iterator[visibility.Look]:
        with visibility.look(actor=actor, lookup=lookup, function=function) as seen:
            if seen.asked.id == lookup:
                raise fault(SECRET)
            yield seen

    monkeypatch.setattr(panel, "visibility", SimpleNamespace(look=look))


def page_of(browser: Client, world: World) -> Any:
    """The answer to Zephyrine's page."""
    return browser.get(reverse("patient", args=[world["front_desk"].lookup]))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("panel", SHOWN, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_one_panel_fails_alone_with_a_reference_that_support_finds(
    front_desk: Client,
    world: World,
    logs: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    panel: ModuleType,
    fault: type[Exception],
) -> None:
    break_(monkeypatch, panel, fault)
    answer = page_of(front_desk, world)
    said = visiting.seen(answer)
    assert answer.status_code == 200
    assert said.count(FAILED) == 1
    for other, (words, _) in SHOWN.items():
        assert (words in said) is (other is not panel)
    [crashed] = worlds.uses(outcome="crashed")
    assert (crashed.function, crashed.conclusion) == (SHOWN[panel][1], fault.__name__)
    assert f"tell support this reference: {crashed.reference}" in said
    assert crashed.reference in logs.getvalue()
    assert SECRET not in said + logs.getvalue()


def test_all_panels_may_fail_and_the_page_still_stands(
    front_desk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for panel in SHOWN:
        break_(monkeypatch, panel, RuntimeError)
    answer = page_of(front_desk, world)
    assert answer.status_code == 200
    assert visiting.seen(answer).count(FAILED) == len(SHOWN)


def test_support_finds_the_crash_by_the_reference_on_the_panel(
    front_desk: Client, operations: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_(monkeypatch, benefits, RuntimeError)
    page_of(front_desk, world)
    [crashed] = worlds.uses(outcome="crashed")
    answer = operations.post(reverse("audit"), {"by": "reference", "text": crashed.reference.lower()})
    assert "benefits crashed runtimeerror" in visiting.seen(answer).lower()


def test_a_fault_before_the_permit_has_a_reference_too(
    front_desk: Client, world: World, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**asked: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(benefits, "of", fail)
    said = visiting.seen(page_of(front_desk, world))
    reference = said.split("tell support this reference: ")[1].split()[0]
    assert reference in logs.getvalue()
    assert SECRET not in said + logs.getvalue()


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError, 500), (KeyError, 500), (DatabaseError, 503)])
def test_a_page_that_fails_whole_shows_the_reference_of_its_audit_row(
    front_desk: Client,
    logs: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    fault: type[Exception],
    status: int,
) -> None:
    def fail(*asked: object) -> None:
        raise fault(SECRET)

    monkeypatch.setattr(receipts, "_held", fail)
    front_desk.raise_request_exception = False
    answer = front_desk.get(reverse("receipts"))
    said = visiting.seen(answer)
    [crashed] = worlds.uses(outcome="crashed")
    assert answer.status_code == status
    assert f"Reference for support: {crashed.reference}" in said
    assert crashed.reference in logs.getvalue()
    assert SECRET not in said + logs.getvalue()
    assert ("Retry-After" in answer.headers) is (status == 503)
