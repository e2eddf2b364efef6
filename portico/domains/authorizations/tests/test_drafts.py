"""Requests being written: by whom, handed to whom, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from portico.domains.authorizations import draft_content, draft_handing, draft_rows, drafts, models
from portico.domains.authorizations.draft_content import Content, Patient, ServiceTyped
from portico.domains.authorizations.draft_faults import (
    NotYours,
    Outdated,
    TooLong,
    UnknownColleague,
    UnknownDraft,
)
from portico.domains.authorizations.drafts import Begun, Draft, Several
from portico.domains.authorizations.facts.requested import Fault, Kind, Problem, Request, ServiceSent, Unit
from portico.domains.authorizations.facts.shown import DocumentFacts
from portico.domains.members.asked import ByKey, ByMemberId, NoAnswer, NotAnswered, SearchBy
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from tests.support import actors, cast, patients, world
from tests.support import authorizations as requests
from tests.support.actors import NOW, TODAY
from tests.support.documents_of_requests import looked
from tests.support.world import World

pytestmark = pytest.mark.django_db
SUBMISSION = Function.AUTHORIZATION_SUBMISSION


@pytest.fixture
def made() -> World:
    return world.build()


@pytest.fixture
def clerk(made: World) -> Actor:
    return world.actor(made["front_desk"])


@pytest.fixture
def clinician(made: World) -> Actor:
    """Another of the same office, who may send for the same tax ID."""
    return world.actor(made["two_tax_ids"])


def begin(actor: Actor, by: SearchBy | None = None, **how: Any) -> UUID:
    told = {"kind": Kind.AUTHORIZATION, "tax_id": cast.OWN, "by": by or ByMemberId(patients.ZEPHYRINE), **how}
    begun = drafts.begin(actor=actor, **told)
    assert isinstance(begun, Begun)
    return begun.id


def read(actor: Actor, draft: UUID) -> Draft:
    return drafts.read(actor=actor, draft=draft)


def last() -> tuple[str, str]:
    use = world.uses()[-1]
    return use.outcome, use.conclusion


def test_a_draft_is_begun_for_the_patient_meant(clerk: Actor) -> None:
    draft = begin(clerk)
    assert last() == ("allowed", "draft_begun")
    found = read(clerk, draft)
    assert found.listed.patient == "Zephyrine Quillfeather"
    assert (found.listed.line, found.listed.is_mine, found.version) == (cast.HMO, True, 1)
    assert ("member", patients.ZEPHYRINE) in subjects()


def subjects() -> list[tuple[str, str]]:
    last_one = world.uses()[-1]
    rows = apps.get_model("audit", "Subject").objects.filter(entry=last_one)
    return [(row.kind, row.identifier) for row in rows]


def test_among_several_one_is_chosen_by_key(clerk: Actor) -> None:
    told: dict[str, Any] = {"kind": Kind.REFERRAL, "tax_id": cast.OWN}
    several = drafts.begin(actor=clerk, by=ByMemberId(patients.SUBSCRIBER), **told)
    assert isinstance(several, Several)
    assert last() == ("allowed", "several")
    assert len(several.people) == 3
    chosen = drafts.choose(actor=clerk, key=several.people[2].key, **told)
    assert isinstance(chosen, Begun)
    assert read(clerk, chosen.id).listed.patient == several.people[2].name


def test_somebody_of_another_line_is_not_found_nor_chosen(made: World, clerk: Actor) -> None:
    elsewhere = world.actor(made["medi_cal_only"])
    told: dict[str, Any] = {"kind": Kind.AUTHORIZATION, "tax_id": cast.OWN}
    answer = drafts.begin(actor=elsewhere, by=ByMemberId(patients.ZEPHYRINE), **told)
    assert isinstance(answer, NotAnswered)
    assert answer.reason is NoAnswer.MEMBER_ID_NOT_FOUND
    key = read(clerk, begin(clerk)).content.patient.key
    assert isinstance(drafts.choose(actor=elsewhere, key=key, **told), NotAnswered)


def test_what_was_typed_is_kept_sealed_and_the_patient_stays(clerk: Actor) -> None:
    draft = begin(clerk)
    content = replace(read(clerk, draft).content, diagnoses="M23.91", urgency="Cannot walk")
    other = replace(content, patient=Patient("f" * 32, "Somebody Else", "X1"))
    assert drafts.save(actor=clerk, draft=draft, content=other, version=1) == 2
    found = read(clerk, draft)
    assert found.content == content
    assert b"Cannot walk" not in bytes(models.Draft.objects.get().content_sealed)


def test_whoever_reaches_other_providers_alone_reads_no_draft_of_this_one(
    clerk: Actor, clinician: Actor
) -> None:
    draft = begin(clerk)
    grant = actors.grant(SUBMISSION, lines=None, providers=frozenset({patients.NPI_ELSEWHERE}))
    limited = replace(clinician, held=actors.front_desk(grant).held)
    assert read(limited, draft).version == 1
    content = replace(read(clerk, draft).content, requesting=patients.NPI)
    drafts.save(actor=clerk, draft=draft, content=content, version=1)
    with pytest.raises(UnknownDraft):
        read(limited, draft)
    assert read(clinician, draft).content == content


def test_two_who_save_at_once_lose_nothing(clerk: Actor) -> None:
    draft = begin(clerk)
    content = read(clerk, draft).content
    drafts.save(actor=clerk, draft=draft, content=replace(content, place="11"), version=1)
    with pytest.raises(Outdated):
        drafts.save(actor=clerk, draft=draft, content=replace(content, place="22"), version=1)
    assert last() == ("allowed", "draft_outdated")
    assert read(clerk, draft).content.place == "11"


def test_more_than_a_draft_holds_is_refused(clerk: Actor) -> None:
    draft = begin(clerk)
    content = replace(read(clerk, draft).content, urgency="x" * drafts.MOST_BYTES)
    with pytest.raises(TooLong):
        drafts.save(actor=clerk, draft=draft, content=content, version=1)


def test_a_clerk_hands_it_to_a_clinician_who_is_told(clerk: Actor, clinician: Actor) -> None:
    draft = begin(clerk)
    colleague = next(
        each for each in read(clerk, draft).colleagues if each.persona_id == clinician.persona_id
    )
    assert draft_handing.hand_over(actor=clerk, draft=draft, to=colleague.persona_id) == colleague
    notice = apps.get_model("notifications", "Notice").objects.get(user_id=clinician.user_id)
    assert (notice.kind, notice.context) == ("authorization_draft_handed", {"draft": str(draft)})
    found = read(clinician, draft)
    assert (found.listed.is_mine, found.listed.handed_by, found.version) == (True, clerk.name, 2)
    with pytest.raises(NotYours):
        drafts.save(actor=clerk, draft=draft, content=found.content, version=2)
    with permit(clinician, Function.AUTHORIZATION_INQUIRY) as given:
        assert [each.id for each in drafts.handed_to(given)] == [draft]


def test_it_is_handed_only_to_who_may_send_it(made: World, clerk: Actor) -> None:
    draft = begin(clerk)
    for key in ("colleague", "outsider", "administrator", "medi_cal_only"):
        with pytest.raises(UnknownColleague):
            draft_handing.hand_over(actor=clerk, draft=draft, to=made[key].persona_id)
    assert last() == ("allowed", "nobody_to_hand_to")


def test_a_colleague_takes_over_what_was_left_behind(clerk: Actor, clinician: Actor) -> None:
    draft = begin(clerk)
    draft_handing.take(actor=clinician, draft=draft)
    assert read(clinician, draft).listed.is_mine
    with pytest.raises(NotYours):
        draft_handing.drop(actor=clerk, draft=draft)


def test_a_draft_of_another_office_or_tax_id_is_as_unknown_as_none(made: World, clerk: Actor) -> None:
    draft = begin(clerk)
    content = read(clerk, draft).content
    for key in ("outsider", "colleague"):
        actor = world.actor(made[key])
        for act in (
            lambda actor=actor: drafts.read(actor=actor, draft=draft),
            lambda actor=actor: drafts.save(actor=actor, draft=draft, content=content, version=1),
            lambda actor=actor: drafts.add_document(actor=actor, draft=draft, kind="x", file=looked()),
            lambda actor=actor: draft_handing.take(actor=actor, draft=draft),
            lambda actor=actor: draft_handing.drop(actor=actor, draft=draft),
        ):
            with pytest.raises(UnknownDraft):
                act()
            assert last() == ("allowed", "not_found")
    with pytest.raises(NotPermitted):
        drafts.read(actor=world.actor(made["administrator"]), draft=draft)


def test_documents_go_with_it_and_are_the_requests_once_it_is_sent(clerk: Actor) -> None:
    draft = begin(clerk)
    kept = drafts.add_document(actor=clerk, draft=draft, kind="imaging", file=looked())
    gone = drafts.add_document(actor=clerk, draft=draft, kind="nonsense", file=looked("b.pdf"))
    assert gone.kind == "other"  # type: ignore[union-attr]
    assert drafts.remove_document(actor=clerk, draft=draft, document=gone.id)  # type: ignore[union-attr]
    assert not drafts.remove_document(actor=clerk, draft=draft, document=gone.id)  # type: ignore[union-attr]
    assert read(clerk, draft).documents == (kept,)
    row = requests.in_review()
    with permit(clerk, SUBMISSION) as given:
        draft_rows.became(given, draft, row)
        assert draft_rows.sent_as(given, draft) == row
    assert row.documents.get().public_id == kept.id  # type: ignore[union-attr]
    assert row.events.filter(kind="document").count() == 1
    assert models.Draft.objects.get().content_sealed == b""
    with pytest.raises(UnknownDraft) as raised:
        read(clerk, draft)
    assert raised.value.sent_as == row.public_id


def test_what_is_thrown_away_is_gone_with_its_documents(clerk: Actor) -> None:
    draft = begin(clerk)
    drafts.add_document(actor=clerk, draft=draft, kind="imaging", file=looked())
    draft_handing.drop(actor=clerk, draft=draft)
    assert last() == ("allowed", "draft_dropped")
    assert not models.Document.objects.exists()
    assert models.Draft.objects.get().content_sealed == b""
    with pytest.raises(UnknownDraft):
        read(clerk, draft)


def test_every_act_names_the_draft_it_was_done_to(clerk: Actor, clinician: Actor) -> None:
    draft = begin(clerk)
    kept = drafts.add_document(actor=clerk, draft=draft, kind="imaging", file=looked())
    assert isinstance(kept, DocumentFacts)
    acts: tuple[Callable[[], object], ...] = (
        lambda: drafts.remove_document(actor=clerk, draft=draft, document=kept.id),
        lambda: draft_handing.take(actor=clinician, draft=draft),
        lambda: draft_handing.drop(actor=clinician, draft=draft),
    )
    for act in acts:
        act()
        assert ("authorization_draft", str(draft)) in subjects()


def test_what_nobody_touches_for_thirty_days_is_forgotten(clerk: Actor) -> None:
    draft = begin(clerk)
    operator = world.system()
    for days, expected in ((29, 0), (30, 1)):
        later = replace(operator, asked_at=NOW + timedelta(days=days))
        assert draft_handing.forget(actor=later) == expected
    with pytest.raises(UnknownDraft):
        read(clerk, draft)


def test_ones_own_drafts_stand_first_in_a_constant_number_of_queries(
    clerk: Actor, clinician: Actor, django_assert_num_queries: Any
) -> None:
    begin(clerk)
    mine = begin(clinician)
    begin(clerk, kind=Kind.REFERRAL)
    for _ in range(4):
        begin(clerk)
    with permit(clinician, SUBMISSION) as given, django_assert_num_queries(2):
        found = drafts.of_office(given, kinds=("authorization", "admission"))
    assert len(found) == 6
    assert found[0].id == mine
    listed = drafts.listing(actor=clinician, function=Function.REFERRALS)
    assert [each.kind for each in listed] == [Kind.REFERRAL]


SERVICE = ServiceTyped(service_type="pt", code="97110", quantity="12", unit="VS", first_on="2026-03-16")
PATIENT = Patient("k" * 32, "Zephyrine Quillfeather", patients.ZEPHYRINE)
DRAFT = UUID(int=7)


def request_of(content: Content, kind: Kind = Kind.AUTHORIZATION) -> Request | tuple[Problem, ...]:
    return draft_content.request_of(content, kind=kind, tax_id=cast.OWN, line=cast.HMO, draft=DRAFT)


def test_a_draft_stands_for_a_request() -> None:
    typed = Content(
        PATIENT,
        requesting=patients.NPI,
        servicing=patients.NPI_ELSEWHERE,
        diagnoses="m23.91, S83.2; M23.91",
        urgency="is said of expedited ones only",
        services=(SERVICE, ServiceTyped(), replace(SERVICE, modifiers="gp, 59", last_on="2026-05-01")),
    )
    made = request_of(typed)
    assert isinstance(made, Request)
    assert made.patient == ByKey("k" * 32)
    assert made.diagnoses == ("M2391", "S832")
    assert made.urgency == ""
    first = ServiceSent(Decimal(12), Unit.VISITS, TODAY + timedelta(days=4), TODAY + timedelta(days=4), "PT")
    assert made.services[0] == replace(first, code="97110")
    assert made.services[1].modifiers == ("GP", "59")
    assert made.draft == DRAFT


@pytest.mark.parametrize(
    ("service", "code", "field"),
    [
        (replace(SERVICE, code="", service_type=""), Fault.CODE_MISSING, "code"),
        (replace(SERVICE, system="magic"), Fault.CODE_MALFORMED, "code"),
        (replace(SERVICE, quantity=""), Fault.QUANTITY_WRONG, "quantity"),
        (replace(SERVICE, quantity="0"), Fault.QUANTITY_WRONG, "quantity"),
        (replace(SERVICE, quantity="1.005"), Fault.QUANTITY_WRONG, "quantity"),
        (replace(SERVICE, quantity="Infinity"), Fault.QUANTITY_WRONG, "quantity"),
        (replace(SERVICE, unit="XX"), Fault.QUANTITY_WRONG, "quantity"),
        (replace(SERVICE, first_on=""), Fault.DATES_WRONG, "first_on"),
        (replace(SERVICE, last_on="2026-02-29"), Fault.DATES_WRONG, "first_on"),
    ],
)
def test_what_is_no_value_is_said_with_its_place(service: ServiceTyped, code: Fault, field: str) -> None:
    found = request_of(Content(PATIENT, services=(SERVICE, service)))
    assert found == (Problem(code, field, 2),)


def test_an_admission_says_when_in_an_instant() -> None:
    wrong = (Problem(Fault.ADMISSION_TIME_WRONG, "admitted_at"),)
    assert request_of(Content(PATIENT, admitted_at="2026-03-12T10:00:00"), Kind.ADMISSION) == wrong
    made = request_of(Content(PATIENT, admitted_at="2026-03-12T10:00:00+00:00"), Kind.ADMISSION)
    assert isinstance(made, Request)
    assert made.admitted_at is not None
