"""What the demo says of registrations is what comes of them, and its desk shows something in every list."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from portico.demo import (
    acting,
    applying,
    arrivals,
    asking,
    build,
    furnish,
    house,
    newcomers,
    past,
    people,
    registrations,
    waiting,
)
from portico.demo import terms as demo_terms
from portico.demo.registrations import Scenario
from portico.demo.scene import Scene
from portico.domains.plan import entrances, opening
from portico.domains.plan import terms as plan_terms
from portico.domains.registration import (
    applications,
    correcting,
    following,
    network_queue,
    review,
    turnaround,
)
from portico.domains.registration.review import Which
from portico.domains.support import answering
from portico.edges.cli import main as command
from tests.matrix import routes
from tests.support import remembering, visiting
from tests.support.actors import NOW, TODAY

MEMBERS, SEED = 1, 5
HOME = "203.0.113.44"
SCENARIOS = {each.key: each for each in registrations.SCENARIOS}
PEOPLE = {"plan_staff", "support_staff", "second_plan_staff", "administrator"}


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> build.Built:
    """The feeds of a small plan."""
    return build.build(MEMBERS, SEED, tmp_path_factory.mktemp("demo"), TODAY)


@pytest.fixture
def clock() -> Iterator[None]:
    """The instant the demo is built at."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def plan(db: None, clock: None, feeds: build.Built, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan with its provider file and its lists; the offices of the demo are there."""
    del db, clock
    remembering.again("demo plan", lambda: made_plan(feeds))
    capsys.readouterr()


def made_plan(feeds: build.Built) -> None:
    """Make it, and load the files registrations are compared with."""
    furnish.set_up_plan(NOW)
    compared = ("providers", "licences", "exclusions")
    for kind, files in (each for each in feeds.loads if each[0] in compared):
        for file in files:
            os.utime(file, (NOW.timestamp(), NOW.timestamp()))  # a list of a day to come is refused
        assert command.main(["load", kind, *map(str, files)]) == 0
    plan_terms.publish(
        actor=acting.system(NOW - furnish.FIRST_TERMS),
        version=demo_terms.EARLIER_VERSION,
        text=demo_terms.EARLIER_TEXT,
    )
    furnish.open_offices(NOW)


def status_of(scenario: Scenario) -> following.Status:
    """Send what the scenario says, and look."""
    return look(applying.submit(scenario.claim, at=NOW))


def look(transaction_id: str) -> following.Status:
    """How it stands for whoever has the transaction ID."""
    status = following.look(actor=acting.visitor(NOW), transaction_id=transaction_id, address=HOME)
    assert status is not None
    return status


@pytest.mark.parametrize("key", [key for key in SCENARIOS if key not in ("staff", "licence_claimed")])
def test_every_scenario_comes_out_as_told(plan: None, key: str) -> None:
    scenario = SCENARIOS[key]
    status = status_of(scenario)
    stage = {"submitted": "in_review"}.get(scenario.outcome, scenario.outcome)
    assert (status.stage, status.reason) == (stage, scenario.reason)


def test_a_licence_that_is_taken_goes_to_the_desk(plan: None) -> None:
    past.take_licence(at=NOW - furnish.TOOK_LICENCE)
    status = status_of(SCENARIOS["licence_claimed"])
    assert (status.stage, status.reason) == ("in_review", SCENARIOS["licence_claimed"].reason)


def test_a_biller_is_offered_nothing(plan: None) -> None:
    with pytest.raises(applications.NotOffered):
        applying.submit(SCENARIOS["staff"].claim, at=NOW)


def test_what_may_be_corrected_goes_through_at_once(plan: None) -> None:
    scenario = SCENARIOS["tax_id_mistyped"]
    transaction_id = applying.submit(scenario.claim, at=NOW)
    told: dict[str, Any] = {"actor": acting.visitor(NOW), "transaction_id": transaction_id, "address": HOME}
    correcting.correct(**told, changes=scenario.corrected)
    correcting.finish(**told)
    assert look(transaction_id).may_finish


def test_the_file_of_the_demo_has_an_entry_for_each() -> None:
    told = registrations.records()
    assert [each["key"] for each in told] == list(SCENARIOS)
    assert len({each["key"] for each in told}) == len(told)
    for each in told:
        assert {"licence_number", "npi", "tax_ids", "says", "contact_code", "corrected"} <= set(each)


def test_the_plan_is_closed_on_holidays_and_leads_other_audiences_to_sites_of_their_own(plan: None) -> None:
    closed = opening.written_holidays()
    assert {day.year for day in closed} == {TODAY.year + each for each in (-1, 0, 1, 2)}
    sites = {each.audience: each.url for each in entrances.all() if not each.is_ours}
    assert set(sites) == {"member", "employer", "broker"}
    assert all(".example.org/" in url for url in sites.values())


@pytest.fixture
def filled(db: None, clock: None, feeds: build.Built, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Three months lived through, the desk full; answers what the demo's file says of it."""
    del db, clock
    made = remembering.again("demo desk", lambda: made_desk(feeds))
    capsys.readouterr()
    return made


def made_desk(feeds: build.Built) -> dict[str, Any]:
    """Make the plan, and everything that came to its desk."""
    made_plan(feeds)
    known: dict[str, int] = {}
    arrivals.add([each for each in people.PEOPLE if each.key in PEOPLE], known=known, now=NOW)
    claims = applying.Claims(members=MEMBERS, seed=SEED, today=TODAY)
    furnish._live(claims, known, Scene(NOW, known))
    wishes = asking.everything(desk=asking.Desk(NOW, known["plan_staff"]))
    desk = waiting.Desk(claims, NOW, joan=known["plan_staff"], theo=known["support_staff"])
    return {"known": known, "applications": waiting.fill(desk=desk), "network_requests": wishes}


def test_every_list_of_the_desk_shows_something(filled: dict[str, Any]) -> None:
    joan = acting.person(filled["known"]["plan_staff"], NOW)
    queues = {which: review.queue(actor=joan, which=which).page.rows for which in Which}
    assert {which: bool(rows) for which, rows in queues.items()} == dict.fromkeys(Which, True)
    assert answering.queue(actor=joan).waiting == 3
    assert network_queue.queue(actor=joan).page.rows


def test_the_published_turnaround_is_that_of_the_decisions_of_three_months(filled: dict[str, Any]) -> None:
    del filled
    rows = apps.get_model("registration", "Application").objects.filter(
        decided_by__isnull=False, decided_at__gte=NOW - timedelta(days=90)
    )
    told = turnaround.of([each.turnaround for each in rows if each.turnaround is not None])
    assert told == turnaround.published(today=TODAY)
    assert told.count > len(past.PAST)
    assert 80 <= told.within_goal < 100


def test_the_transaction_ids_lead_to_what_is_said_of_them(filled: dict[str, Any]) -> None:
    stages = {each["key"]: look(each["transaction_id"]).stage for each in filled["applications"]}
    said = ("returned", "denied", "recognised", "approved")
    assert {key: stages[key] for key in said} == {key: key for key in said}
    assert {stage for key, stage in stages.items() if key not in said} == {"in_review"}
    assert look(filled["applications"][-1]["transaction_id"]).link == following.Stand.SENT


def test_of_the_past_no_mail_is_left_but_the_link(filled: dict[str, Any]) -> None:
    del filled
    waits = apps.get_model("notifications", "Message").objects.filter(state="queued")
    assert list(waits.values_list("template", flat=True)) == ["registration_link"]


def test_the_page_of_sign_ins_shows_what_to_type(
    filled: dict[str, Any], tmp_path: Path, settings: Any
) -> None:
    lists = ("sign_ins", "members", "documents", "providers")
    lately = ("claims", "payments", "encounter_files", "authorizations", "requirement_rules")
    nothing = dict.fromkeys((*lists, *lately), ())
    told = {**filled, **nothing, "systems": {}, "registrations": registrations.records()}
    house._write_contract(tmp_path, told, 8150)
    settings.VAR_DIR = tmp_path
    with routes.of_the_demo():
        said = visiting.seen(Client().get("/demo/sign-ins/"))
    for scenario in registrations.SCENARIOS:
        assert scenario.says in said
        assert scenario.claim.npi in said
    for each in filled["applications"]:
        assert each["transaction_id"] in said
    for each in filled["network_requests"]:
        assert each["tracking_number"] in said


def test_of_those_on_their_way_in_or_back_each_waits_for_what_is_said(filled: dict[str, Any]) -> None:
    known = filled["known"]
    arrivals.agree(known["administrator"], at=NOW)
    told = arrivals.add(newcomers.PEOPLE, known=known, now=NOW)
    proofs = apps.get_model("accounts", "Proof").objects.filter(state="submitted")
    waiting_for = {(each.user_id, each.prover) for each in proofs}
    assert waiting_for == {(known["documents_waiting"], "documents"), (known["call_waiting"], "contact")}
    resets = apps.get_model("accounts", "FactorReset").objects.all()
    assert [each.user_id for each in resets] == [known["factors_to_reset"]]
    invitation = apps.get_model("accounts", "Invitation").objects.get(user=known["expired_invitation"])
    assert invitation.expires_at < NOW
    assert len(told["ada.brenner"]["recovery_codes"]) == 10
