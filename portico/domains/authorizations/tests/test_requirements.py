"""Is an authorization required? The answer, its receipt, and who may read it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.authorizations import flags, models, requirements
from portico.domains.authorizations.facts.answered import Asked, NoAnswer, NotAnswered, RequirementReceipt
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_rules import Answer, Basis, DecidedBy, Question
from portico.domains.members.asked import ByMemberId
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.shared.identifiers import BadIdentifier
from tests.support import directory as building
from tests.support import requirements as saying
from tests.support.actors import LINE, NOW, OTHER_LINE, OWN_TAX_ID, TODAY, front_desk, grant, plan_staff
from tests.support.directory import GRACE, NADIA
from tests.support.world import uses

pytestmark = pytest.mark.django_db
INQUIRY = Function.AUTHORIZATION_INQUIRY
ASKED = Asked(OWN_TAX_ID, System.PROCEDURE, "70551", TODAY, line=LINE)


def clinician(**changes: Any) -> Actor:
    return front_desk(grant(INQUIRY), **changes)


@pytest.fixture(autouse=True)
def _plan() -> None:
    factories.a_plan()
    building.affiliated(GRACE)
    saying.say("4", "required")
    saying.say("70551", system="procedure", key="MRI", questionnaire="mri", document="imaging-policy")
    saying.say("97110", system="procedure", places=["22"], key="THERAPY")
    saying.say("27447", system="procedure", network="out", key="KNEE")
    saying.say(
        "78451", system="procedure", decided_by="vendor", decider="Clearview", decider_contact="555-0100"
    )
    saying.say("99203", system="procedure", decided_by="group", key="GROUP")


def given(**changes: Any) -> RequirementReceipt:
    told = requirements.ask(actor=clinician(), asked=replace(ASKED, **changes))
    assert isinstance(told, RequirementReceipt), told
    return told


def why_not(**changes: Any) -> NoAnswer:
    told = requirements.ask(actor=clinician(), asked=replace(ASKED, **changes))
    assert isinstance(told, NotAnswered), told
    return told.reason


def test_the_answer_names_its_rule_and_the_list() -> None:
    told = given()

    assert (told.answer, told.basis, told.rule_key) == (Answer.REQUIRED, Basis.CODE, "MRI")
    assert (told.version, told.document, told.questionnaire) == (saying.VERSION, "imaging-policy", "mri")
    assert (told.line, told.on, told.asked_at, told.holds) == (LINE, TODAY, NOW, True)
    [use] = uses(function=INQUIRY)
    assert (use.conclusion, use.outcome) == ("required", "allowed")


def test_what_is_not_listed_needs_nothing() -> None:
    told = given(code="99213")

    assert (told.answer, told.basis, told.rule_key) == (Answer.NOT_REQUIRED, Basis.UNLISTED, "")


def test_a_service_type_speaks_where_the_code_does_not() -> None:
    assert given(code="73721", service_type="4").basis is Basis.SERVICE_TYPE


def test_a_vendor_is_named_with_its_contact() -> None:
    told = given(code="78451")

    assert (told.decided_by, told.decider, told.decider_contact) == (
        DecidedBy.VENDOR,
        "Clearview",
        "555-0100",
    )


def test_the_place_is_asked_for_where_the_answer_depends_on_it() -> None:
    assert why_not(code="97110") is NoAnswer.PLACE_NEEDED
    assert given(code="97110", place="22").answer is Answer.REQUIRED
    assert given(code="97110", place="11").answer is Answer.NOT_REQUIRED


def test_the_provider_is_asked_for_where_the_answer_depends_on_the_network() -> None:
    assert why_not(code="27447") is NoAnswer.PROVIDER_NEEDED
    told = given(code="27447", npi=GRACE)
    assert (told.answer, told.network, told.provider_name) == (Answer.NOT_REQUIRED, "in", "Grace Lin, MD")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": "705"}, NoAnswer.CODE_MALFORMED),
        ({"code": "70551", "system": System.REVENUE}, NoAnswer.CODE_MALFORMED),
        ({"place": "x"}, NoAnswer.PLACE_MALFORMED),
        ({"line": None}, NoAnswer.LINE_MISSING),
        ({"on": TODAY - timedelta(days=367)}, NoAnswer.TOO_EARLY),
        ({"on": TODAY + timedelta(days=367)}, NoAnswer.TOO_LATE),
        ({"npi": NADIA}, NoAnswer.PROVIDER_UNKNOWN),
    ],
    ids=["short", "revenue", "place", "line", "early", "late", "provider"],
)
def test_what_has_no_answer_says_why_and_keeps_nothing(changes: dict[str, Any], reason: NoAnswer) -> None:
    assert why_not(**changes) is reason
    assert not models.RequirementAnswer.objects.exists()
    [use] = uses(function=INQUIRY)
    assert use.conclusion == reason


def test_before_the_first_list_nothing_is_answered() -> None:
    models.RequirementList.objects.update(effective_on=date(2027, 1, 1))

    assert why_not() is NoAnswer.NO_LIST


def test_a_patient_brings_line_and_plan() -> None:
    factories.a_version()
    factories.a_covered_member()
    saying.say("70551", "not_required", system="procedure", plan_code="7QX", key="PLAN")

    told = given(line=None, patient=ByMemberId("N1000"), on=TODAY + timedelta(days=40))

    assert (told.line, told.plan_code, told.member_id) == (LINE, "7QX", "N1000")
    assert (told.answer, told.rule_key) == (Answer.NOT_REQUIRED, "PLAN")
    [use] = uses(function=INQUIRY)
    assert list(use.subjects.values_list("identifier", flat=True)) == ["N1000"]


def test_a_patient_in_a_line_that_is_not_granted_is_not_found() -> None:
    factories.a_covered_member(line=OTHER_LINE)

    assert why_not(line=None, patient=ByMemberId("N1000")) is NoAnswer.PATIENT


def test_what_cannot_be_a_member_id_is_said() -> None:
    with pytest.raises(BadIdentifier):
        requirements.ask(actor=clinician(), asked=replace(ASKED, patient=ByMemberId("!")))


def test_the_same_question_always_has_the_same_answer() -> None:
    assert {(given().answer, given().rule_key) for _ in range(3)} == {(Answer.REQUIRED, "MRI")}


def test_a_receipt_is_read_again_by_its_office_alone() -> None:
    reference = given().reference

    assert requirements.read(actor=clinician(), reference=reference.lower()).reference == reference
    with pytest.raises(requirements.ReceiptNotFound):
        requirements.read(actor=clinician(office_id=32), reference=reference)
    other = front_desk(grant(INQUIRY, lines=frozenset({OTHER_LINE})))
    with pytest.raises(requirements.ReceiptNotFound):
        requirements.read(actor=other, reference=reference)
    with pytest.raises(requirements.ReceiptNotFound):
        requirements.read(actor=clinician(), reference="nothing of the kind")


def test_receipts_are_listed_newest_first_a_page_at_a_time() -> None:
    references = [given().reference for _ in range(3)]

    first = requirements.recent(actor=clinician(), size=2)
    rest = requirements.recent(actor=clinician(), after=first.next_key or "", size=2)

    assert [row.reference for row in (*first.rows, *rest.rows)] == references[::-1]


def test_the_plan_verifies_any_receipt() -> None:
    reference = given().reference

    told = requirements.verify(actor=plan_staff(), reference=reference)

    assert told is not None
    assert told.holds
    assert requirements.verify(actor=plan_staff(), reference="0" * 17) is None


def test_a_receipt_that_somebody_changed_holds_no_more() -> None:
    reference = given().reference
    row = models.RequirementAnswer.objects.get()
    row.content["answer"] = "not_required"
    row.save()

    told = requirements.verify(actor=plan_staff(), reference=reference)

    assert told is not None
    assert not told.holds


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: requirements.ask(actor=desk, asked=ASKED),
        lambda desk: requirements.read(actor=desk, reference="x"),
        lambda desk: requirements.recent(actor=desk),
    ],
    ids=["ask", "read", "recent"],
)
def test_who_may_not_inquire_gets_no_answer(act: Callable[[Actor], object]) -> None:
    with pytest.raises(NotPermitted):
        act(front_desk())
    [use] = uses(function=INQUIRY)
    assert use.outcome == "denied"


def test_a_question_within_the_house_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    question = Question(System.PROCEDURE, "70551", LINE, TODAY)
    with permit(clinician(), INQUIRY) as opened:
        assert requirements.of(opened, question).is_required
        with django_assert_num_queries(1):
            requirements.of(opened, question)


@pytest.mark.parametrize("answer", ["required", "not_required", "after_limit", "notify"])
def test_the_flag_on_benefits_is_the_answer(answer: str) -> None:
    saying.say("98", answer)
    question = Question(System.SERVICE_TYPE, "98", LINE, TODAY, plan_code="7QX")

    with permit(clinician(), INQUIRY) as opened:
        told = requirements.of(opened, question)

    assert flags.of(line=LINE, plan_code="7QX", on=TODAY)("98") == flags.flag(told)


def test_a_flag_depends_where_the_answer_does_and_is_unknown_without_a_list() -> None:
    saying.say("AE", places=["22"])

    assert flags.of(line=LINE, plan_code="7QX", on=TODAY)("AE") == "depends"
    assert flags.of(line=LINE, plan_code="7QX", on=date(2014, 12, 31))("AE") == "unknown"
