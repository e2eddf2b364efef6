"""The plan's desk decides: what is kept, who may, what is refused, and that the database refuses too."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.authorizations import asking_more, clocks, deciding, letters, models
from portico.domains.authorizations.facts.decided import (
    Decided,
    NotDecided,
    Outcome,
    Refusal,
    ServiceVerdict,
    Stop,
    Verdict,
)
from portico.domains.authorizations.letter_words import Letter
from portico.domains.authorizations.tests import desk
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, patients
from tests.support import world as worlds
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return worlds.build()


def decided(row: models.Authorization, *services: ServiceVerdict, **later: int) -> Decided:
    found = deciding.decide(actor=desk.director(**later), verdict=desk.verdict(row, *services))
    assert isinstance(found, Decided), found
    row.refresh_from_db()
    return found


def read(row: models.Authorization, letter: models.Letter) -> Letter:
    kept = letters.read_at_desk(actor=desk.reviewer(), authorization=row.public_id, letter=letter.public_id)
    assert kept is not None
    return kept.letter


def test_a_reviewer_approves_as_it_was_asked_for(world: World) -> None:
    row = authorizations.in_review()
    verdict = desk.verdict(row, desk.approve(1), desk.approve(2))
    found = deciding.decide(actor=desk.reviewer(), verdict=verdict)
    assert isinstance(found, Decided)
    row.refresh_from_db()
    assert (row.state, row.decided_at) == ("approved", desk.reviewer().asked_at)
    at = desk.reviewer().asked_at
    assert clocks.glance(row, at).standing == clocks.now(row, at).standing == "kept"
    assert (row.version, row.changed_at) == (2, row.decided_at)
    first = row.services.get(position=1)
    assert (first.state, first.approved_quantity) == ("approved", Decimal(12))
    assert (first.approved_first_on, first.approved_last_on) == (first.first_on, first.last_on)
    assert desk.events(row)[1:] == [
        ("decided", "plan", "first", "approved"),
        ("letter", "plan", "first", "approval"),
    ]
    assert desk.notices() == [(world.offices["lakeside"], "authorization_decided")]
    assert desk.last_use() == ("authorization_review", "allowed", "authorization_approved")


def test_a_medical_director_approves_a_part_and_says_why(world: World) -> None:
    row = authorizations.in_review()
    found = decided(row, desk.part(1, 8), desk.deny(2))
    assert (found.state, row.state) == ("partly", "partly")
    first, second = row.services.all()
    assert (first.approved_quantity, first.reason_text, first.reason_code) == (
        Decimal(8),
        desk.WHY,
        "more_than_criteria_support",
    )
    assert (second.state, second.approved_quantity, second.reason_text) == ("denied", None, desk.WHY)
    decision = models.Decision.objects.get()
    assert (decision.decider, decision.basis, decision.side) == ("Dr. Dee Rector", "first", "plan")
    said = decision.services.get(service=second)
    assert (said.outcome, said.reason_text, said.criteria) == ("denied", desk.WHY, desk.CRITERIA)
    assert desk.last_use() == ("adverse_determination", "allowed", "authorization_partly")
    assert _subjects() == {("member", patients.ZEPHYRINE), ("authorization", row.number)}


@pytest.mark.parametrize("service", [desk.deny(1), desk.part(1, 8)], ids=["denial", "part"])
def test_a_reviewer_never_denies_not_even_in_part(world: World, service: ServiceVerdict) -> None:
    row = authorizations.in_review()
    verdict = desk.verdict(row, service, desk.approve(2))
    with pytest.raises(NotPermitted):
        deciding.decide(actor=desk.reviewer(), verdict=verdict)
    row.refresh_from_db()
    assert row.state == "in_review"
    assert desk.last_use()[:2] == ("adverse_determination", "denied")


@pytest.mark.parametrize("key", ["front_desk", "administrator", "operations", "member_services", "support"])
def test_nobody_else_decides(world: World, key: str) -> None:
    row = authorizations.in_review()
    with pytest.raises(NotPermitted):
        deciding.decide(
            actor=worlds.actor(world[key]), verdict=desk.verdict(row, desk.approve(1), desk.approve(2))
        )


def test_a_denial_without_its_why_is_not_kept(world: World) -> None:
    row = authorizations.in_review()
    bare = ServiceVerdict(1, Outcome.DENIED)
    found = deciding.decide(actor=desk.director(), verdict=desk.verdict(row, bare, desk.approve(2)))
    assert isinstance(found, NotDecided)
    assert [stop.code for stop in found.stops] == [
        Refusal.REASON_MISSING,
        Refusal.TEXT_MISSING,
        Refusal.CRITERIA_MISSING,
    ]
    row.refresh_from_db()
    assert (row.state, row.version) == ("in_review", 1)
    assert not models.Decision.objects.exists()
    assert desk.last_use() == ("adverse_determination", "allowed", "authorization_not_decided")


def test_the_database_refuses_a_denial_without_its_why(world: World) -> None:
    row = authorizations.in_review()
    service = row.services.get(position=1)
    decision = models.Decision.objects.create(
        authorization=row, outcome="denied", basis="first", side="plan", decided_at=row.received_at
    )
    told: dict[str, Any] = {"reason_code": "criteria_not_met", "reason_text": desk.WHY, "criteria": "X"}
    for missing in (
        {"reason_code": ""},
        {"reason_text": ""},
        {"reason_text": "Too short."},
        {"reason_text": " " * 40},
        {"criteria": ""},
    ):
        for outcome in ("denied", "partly"):
            with pytest.raises(IntegrityError), transaction.atomic():
                models.ServiceDecision.objects.create(
                    decision=decision, service=service, outcome=outcome, **{**told, **missing}
                )
    for missing in ({"reason_code": ""}, {"reason_text": ""}, {"reason_text": "Too short."}):
        kept = {"reason_code": "criteria_not_met", "reason_text": desk.WHY, **missing}
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Service.objects.filter(pk=service.pk).update(state="denied", **kept)
    models.ServiceDecision.objects.create(decision=decision, service=service, outcome="denied", **told)


def test_who_saw_an_older_version_is_told_so(world: World) -> None:
    row = authorizations.in_review()
    seen = desk.verdict(row, desk.approve(1), desk.approve(2))
    decided(row, desk.approve(1), desk.deny(2))
    again = deciding.decide(actor=desk.reviewer(), verdict=seen)
    assert isinstance(again, NotDecided)
    assert [stop.code for stop in again.stops] == [Refusal.CHANGED]
    row.refresh_from_db()
    assert row.state == "partly"


def test_an_unknown_request_is_not_decided(world: World) -> None:
    assert deciding.decide(actor=desk.reviewer(), verdict=Verdict(uuid4(), 1, ())) is None
    assert desk.last_use() == ("authorization_review", "allowed", "not_found")


def test_what_was_still_asked_is_not_needed_any_more(world: World) -> None:
    row = authorizations.pended()
    decided(row, desk.approve(1), desk.approve(2))
    assert [question.state for question in row.asked_for.all()] == ["withdrawn"]
    kinds = [kind for kind, *_ in desk.events(row)]
    assert sorted(kinds[-3:]) == ["decided", "letter", "withdrawn"]


def test_nothing_is_denied_before_the_time_to_answer_is_over(world: World) -> None:
    row = authorizations.pended()
    verdict = desk.verdict(row, desk.deny(1), desk.approve(2))
    found = deciding.decide(actor=desk.director(), verdict=verdict)
    assert isinstance(found, NotDecided)
    assert [stop.code for stop in found.stops] == [Refusal.STILL_ASKED]
    asking_more.lapse(actor=desk.clock(days=3, minutes=1))
    decided(row, desk.deny(1), desk.approve(2), days=4)
    assert row.state == "partly"


def test_after_an_appeal_the_same_services_are_decided_on_another_basis(world: World) -> None:
    row = authorizations.denied()
    row.services.update(state="in_review")
    models.Authorization.objects.filter(pk=row.pk).update(state="in_review")
    authorizations.event(row, "reopened", "office", at=desk.reviewer().asked_at, basis="appeal")
    decided(row, desk.approve(1), desk.approve(2))
    assert row.state == "approved"
    assert desk.events(row)[-2:] == [
        ("decided", "plan", "appeal", "approved"),
        ("letter", "plan", "first", "approval"),
    ]
    assert all(not service.reason_text for service in row.services.all())


def test_an_appeal_is_decided_by_somebody_who_did_not_decide_before(world: World) -> None:
    row = authorizations.in_review()
    decided(row, desk.deny(1), desk.deny(2))
    row.services.update(state="in_review")
    models.Authorization.objects.filter(pk=row.pk).update(state="in_review")
    authorizations.event(row, "reopened", "office", at=desk.reviewer().asked_at, basis="appeal")
    for verdicts in ((desk.deny(1), desk.deny(2)), (desk.approve(1), desk.approve(2))):
        found = deciding.decide(actor=desk.director(hours=1), verdict=desk.verdict(row, *verdicts))
        assert isinstance(found, NotDecided)
        assert found.stops == (Stop(Refusal.DECIDED_BEFORE),)
    somebody = replace(desk.director(hours=1), persona_id=24)
    upheld = deciding.decide(actor=somebody, verdict=desk.verdict(row, desk.deny(1), desk.deny(2)))
    assert isinstance(upheld, Decided)
    first, second = (
        " ".join(point for section in read(row, each).sections for point in section.points)
        for each in row.letters.order_by("pk")
    )
    assert "Appeal until" in first
    assert "Appeal until" not in second
    assert "Ask for a reconsideration until" in second


def test_a_talk_makes_one_of_the_denied_services_better(world: World) -> None:
    row = authorizations.denied()
    authorizations.event(row, "talk_held", "plan", at=desk.reviewer().asked_at)
    decided(row, desk.approve(1))
    assert row.state == "partly"
    assert desk.events(row)[-2][:3] == ("decided", "plan", "talk")
    denied = row.services.get(position=2)
    assert (denied.state, denied.reason_text) == ("denied", authorizations.REASON)


def test_the_letter_says_what_the_page_says(world: World) -> None:
    row = authorizations.in_review()
    found = decided(row, desk.part(1, 8), desk.deny(2))
    assert found.letter is not None
    kept = letters.read_at_desk(actor=desk.reviewer(), authorization=row.public_id, letter=found.letter)
    assert kept is not None
    said = kept.letter
    assert said.title == "Your request is approved in part"
    assert [part.decided.split(":")[0] for part in said.rows] == ["Approved in part", "Not approved"]
    assert said.rows[0].decided == "Approved in part: 8 visits, March 16, 2026 to May 11, 2026"
    whys = [section for section in said.sections if section.heading.startswith("Why")]
    assert [section.paragraphs[1:] for section in whys] == [
        (desk.WHY, f"We judged it by: {desk.CRITERIA}.")
    ] * 2
    (steps,) = [section for section in said.sections if section.heading == "What you can do now"]
    assert "May 16, 2026" in steps.points[1]
    assert "peer to peer" in steps.points[0]
    assert desk.last_use() == ("authorization_review", "allowed", "authorization_letter_handed_out")


def test_only_an_office_of_the_request_reads_its_letter(world: World) -> None:
    row = authorizations.in_review()
    found = decided(row, desk.approve(1), desk.approve(2))
    assert found.letter is not None
    asked = {"authorization": row.public_id, "letter": found.letter}
    assert letters.read(actor=worlds.actor(world["front_desk"]), **asked) is not None
    assert letters.read(actor=worlds.actor(world["outsider"]), **asked) is None
    assert desk.last_use() == ("authorization_inquiry", "allowed", "not_found")
    assert letters.read(actor=worlds.actor(world["front_desk"]), **{**asked, "letter": uuid4()}) is None


def _subjects() -> set[tuple[str, str]]:
    entry: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    return set(entry.subjects.values_list("kind", "identifier"))
