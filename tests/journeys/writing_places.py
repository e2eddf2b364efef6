"""The pages of a request that is being written, empty, full, wrong and sent."""

from datetime import date
from typing import Any

from playwright.sync_api import Page

from portico.domains.authorizations import draft_checking, drafts, models, questionnaires
from portico.domains.authorizations.draft_content import Content, Patient, ServiceTyped
from portico.domains.authorizations.drafts import Begun
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.members.asked import ByMemberId
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import authorizations, cast, patients, requirements
from tests.support import world as worlds
from tests.support.documents_of_requests import looked
from tests.support.world import World

_NEW = "/authorizations/new/"
_FULL: dict[str, Any] = {
    "requesting": patients.NPI,
    "place": "11",
    "diagnoses": "M23.91 S83.2",
    "contact_telephone": "555-0100",
    "services": (
        ServiceTyped("PT", "procedure", "97110", "GP", "12", "VS", "2026-03-16", "2026-05-16"),
        ServiceTyped("62", "procedure", "73721", "", "1", "UN", "2026-03-16"),
    ),
}
_QUESTIONS = {
    "questions": [
        {"id": "first", "kind": "yes_no", "text": "Is it the first course of therapy for this?"},
        {
            "id": "tried",
            "kind": "several",
            "text": "What was tried before?",
            "hint": "All that apply.",
            "options": [["drugs", "Medicines"], ["exercise", "Exercise at home"], ["none", "Nothing"]],
        },
        {"id": "since", "kind": "day", "text": "When did it begin?"},
        {"id": "weeks", "kind": "number", "text": "For how many weeks?", "least": 1},
        {"id": "why", "kind": "text", "text": "What is it to achieve?"},
    ]
}


def draft(world: World, kind: Kind = Kind.AUTHORIZATION, **typed: Any) -> str:
    """A draft of the front desk's, with what was typed; where it is."""
    actor = worlds.actor(world["front_desk"])
    begun = drafts.begin(actor=actor, kind=kind, tax_id=cast.OWN, by=ByMemberId(patients.ZEPHYRINE))
    assert isinstance(begun, Begun)
    if typed:
        patient = Patient("", "", "", date(1984, 5, 6))
        drafts.save(actor=actor, draft=begun.id, content=Content(patient, **typed), version=1)
    return f"{_NEW}{begun.id}/"


def full(below: str = "", **more: Any) -> Going:
    """The way to a draft with all that is asked for, and a document."""

    def go(page: Page, world: World) -> None:
        address = draft(world, **_FULL | more)
        made = models.Draft.objects.latest("pk")
        drafts.add_document(
            actor=worlds.actor(world["front_desk"]),
            draft=made.public_id,
            kind="clinical_notes",
            file=looked("a-very-long-name-of-notes-" * 4 + ".pdf"),
        )
        page.goto(f"{address}{below}")

    return go


def empty(below: str = "", kind: Kind = Kind.AUTHORIZATION) -> Going:
    """The way to a draft in which nothing was typed."""
    return lambda page, world: page.goto(f"{draft(world, kind)}{below}")


def asked(page: Page, world: World) -> None:
    """The way to the questions that go with a request."""
    given_questions(world)
    page.goto(f"{draft(world, **_FULL)}questions/")


def given_questions(world: World) -> None:
    """The plan asks questions with physical therapy."""
    plan = worlds.actor(world["operations"])
    if "questions" not in world.asked_for:
        questionnaires.write(actor=plan, key="therapy", title="Physical therapy", content=_QUESTIONS)
        questionnaires.publish(actor=plan, key="therapy", version=1)
        world.asked_for["questions"] = requirements.say("PT", questionnaire="therapy")


def _unanswered(page: Page, world: World) -> None:
    asked(page, world)
    steps.when_they_press(page, "Save and go on")


def _doubled(page: Page, world: World) -> None:
    authorizations.in_review()
    full("review/")(page, world)


def _several(page: Page, world: World) -> None:
    page.goto(_NEW)
    page.get_by_label("Member ID or subscriber ID").fill(patients.SUBSCRIBER)
    steps.when_they_press(page, "Begin")


def _nobody(page: Page, world: World) -> None:
    page.goto(_NEW)
    steps.when_they_press(page, "Begin")


def _bad_day(page: Page, world: World) -> None:
    empty()(page, world)
    page.get_by_label("Event date, first day").first.fill("02/30/2026")
    steps.when_they_press(page, "Save and go on")


def _theirs(page: Page, world: World) -> None:
    address = draft(world, **_FULL)
    models.Draft.objects.update(owner_id=world["two_tax_ids"].persona_id)
    page.goto(address)


def _sent(page: Page, world: World) -> None:
    address = draft(world, **_FULL)
    made = models.Draft.objects.latest("pk")
    actor = worlds.actor(world["front_desk"])
    drafts.add_document(actor=actor, draft=made.public_id, kind="imaging", file=looked())
    made.refresh_from_db()
    draft_checking.send(actor=actor, draft=made.public_id, version=made.version, sends_anyway=True)
    page.goto(f"{address}sent/")


WRITING = (
    *(
        Place(f"request_new_by_{way}", at(f"{_NEW}?by={way}"), "New request")
        for way in ("member_id", "ssn", "name")
    ),
    Place("request_new_wrong", _nobody, "Please check this form"),
    Place("request_choose", _several, "Choose the patient"),
    Place("request_drafts_none", at(f"{_NEW}drafts/"), "No drafts"),
    Place("request_draft_empty", empty(), "Service 1"),
    Place("request_draft_admission", empty(kind=Kind.ADMISSION), "Admission hour"),
    Place("request_draft_wrong", _bad_day, "Please check this form"),
    Place("request_draft_full", full(), "Service 2"),
    Place("request_draft_theirs", _theirs, "Take it over"),
    Place("request_documents_none", empty("documents/"), "No documents yet"),
    Place("request_documents", full("documents/"), "Receipt"),
    Place("request_review_faults", empty("review/"), "Before it can be sent"),
    Place("request_review_warnings", _doubled, "Send it anyway"),
    Place("request_sent", _sent, "The plan has your request"),
    Place("request_drafts", lambda page, world: (draft(world), page.goto(f"{_NEW}drafts/"))[1], "draft"),
    Place("request_questions", asked, "Physical therapy"),
    Place("request_questions_wrong", _unanswered, "Please check this form"),
)
