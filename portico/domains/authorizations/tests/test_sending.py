"""Sending requests: what is taken, what is told before, what is refused, and what stays behind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from portico.domains.authorizations import determining, models, numbers, sealing, sending
from portico.domains.authorizations import requirements as requirement_receipts
from portico.domains.authorizations.facts.answered import Asked, RequirementReceipt
from portico.domains.authorizations.facts.requested import (
    Fault,
    Kind,
    Level,
    NotSent,
    PartySent,
    Problem,
    Sent,
    ServiceSent,
    System,
    Unit,
    Warning,
)
from portico.domains.members.asked import ByMemberId, ByName, BySsn
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, cast, patients, requirements, world
from tests.support.actors import NOW, TODAY
from tests.support.authorizations import FIRST_ON, LAST_ON, asked
from tests.support.cast import FOREIGN, OWN, SECOND
from tests.support.world import World

pytestmark = pytest.mark.django_db
ELSEWHERE = PartySent(patients.NPI_ELSEWHERE)


@pytest.fixture
def made() -> World:
    built = world.build()
    requirements.say("97110", system="procedure", key="therapy")
    return built


@pytest.fixture
def front_desk(made: World) -> Actor:
    return world.actor(made["front_desk"])


def sent(answer: Sent | NotSent) -> models.Authorization:
    assert isinstance(answer, Sent), answer
    return models.Authorization.objects.get(public_id=answer.authorization)


def faults(answer: Sent | NotSent) -> list[Fault | Warning]:
    assert isinstance(answer, NotSent), answer
    assert models.Authorization.objects.count() == 0
    return [each.code for each in answer.faults]


def warnings(answer: Sent | NotSent) -> tuple[Problem, ...]:
    assert isinstance(answer, NotSent), answer
    assert not answer.faults
    return answer.warnings


def service(**changes: Any) -> ServiceSent:
    return replace(ServiceSent(Decimal(1), Unit.UNITS, FIRST_ON, LAST_ON, code="97110"), **changes)


def test_a_request_is_taken_with_a_number_and_a_clock(front_desk: Actor) -> None:
    answer = sending.send(actor=front_desk, request=asked())

    row = sent(answer)
    assert isinstance(answer, Sent)
    assert (answer.state, row.state) == ("in_review", "in_review")
    assert numbers.parse(answer.number) == row.number
    assert answer.due_at == row.due_at == NOW + timedelta(days=7)
    assert (row.member_id, row.line_id, row.plan_code) == (patients.ZEPHYRINE, cast.HMO, patients.HMO_CODE)
    assert (row.office_id, row.persona_id, row.door) == (front_desk.office_id, front_desk.persona_id, "web")
    assert [event.kind for event in row.events.all()] == ["received", "determined"]


def test_parties_are_what_the_provider_file_says(front_desk: Actor) -> None:
    row = sent(sending.send(actor=front_desk, request=asked(servicing=ELSEWHERE)))

    parties = {party.role: (party.npi, party.tax_id, party.in_network) for party in row.parties.all()}
    assert parties == {
        "requesting": (patients.NPI, OWN, True),
        "servicing": (patients.NPI_ELSEWHERE, FOREIGN, True),
        "pcp": (patients.NPI, OWN, True),
    }
    assert {party.line for party in row.parties.all()} == {cast.HMO}


def test_each_service_keeps_what_the_list_says(front_desk: Actor) -> None:
    free = service(code="73721")
    answer = sending.send(actor=front_desk, request=asked(services=(service(), free), sends_anyway=True))

    rows = list(sent(answer).services.all())
    assert [(row.requirement, row.rule_key, row.state) for row in rows] == [
        ("required", "therapy", "in_review"),
        ("not_required", "", "not_needed"),
    ]


def test_what_needs_nothing_is_answered_at_once(front_desk: Actor) -> None:
    free = asked(services=(service(code="73721"),))

    assert [each.code for each in warnings(sending.send(actor=front_desk, request=free))] == [
        Warning.NOT_REQUIRED
    ]
    row = sent(sending.send(actor=front_desk, request=replace(free, sends_anyway=True)))
    assert (row.state, row.decided_at) == ("not_needed", NOW)
    assert [event.kind for event in row.events.all()][:3] == ["received", "determined", "decided"]


def test_a_rule_approves_and_its_trace_can_be_run_again(front_desk: Actor) -> None:
    authorizations.approval_rule()
    row = sent(sending.send(actor=front_desk, request=asked()))

    (held,) = row.services.all()
    assert (row.state, held.state, held.approved_quantity) == ("approved", "approved", Decimal(12))
    (trace,) = row.traces.all()
    assert (trace.outcome, trace.steps[-1]["rule"]) == ("approved", "few_visits")
    assert determining.replay(trace).is_same
    assert row.decisions.get().side == "system"


def test_a_rule_that_does_not_hold_leaves_it_to_a_person(front_desk: Actor) -> None:
    authorizations.approval_rule()
    row = sent(sending.send(actor=front_desk, request=asked(services=(service(quantity=Decimal(21)),))))

    (trace,) = row.traces.all()
    assert (row.state, trace.outcome) == ("in_review", "in_review")
    assert determining.replay(trace).is_same
    assert not row.decisions.exists()


def test_a_trace_that_was_changed_is_noticed(front_desk: Actor) -> None:
    authorizations.approval_rule()
    (trace,) = sent(sending.send(actor=front_desk, request=asked())).traces.all()
    trace.rules[0]["conditions"][0]["values"] = ["11"]

    assert not determining.replay(trace).is_same


def test_only_the_latest_version_of_a_rule_counts_and_only_in_its_time(made: World) -> None:
    authorizations.approval_rule()
    authorizations.approval_rule(version=2, outcome="pend")
    authorizations.approval_rule("over", last_on=date(2025, 12, 31))
    authorizations.approval_rule("to_come", first_on=date(2026, 4, 1))

    (rule,) = determining.rules_on(TODAY)
    assert (rule.key, rule.version, rule.outcome) == ("few_visits", 2, "pend")


def test_an_expedited_one_says_why_and_runs_for_72_hours(front_desk: Actor) -> None:
    urgent = asked(level=Level.EXPEDITED, urgency=authorizations.URGENCY)
    row = sent(sending.send(actor=front_desk, request=urgent))

    assert row.due_at == NOW + timedelta(hours=72)
    place = sealing.place(row, "urgency")
    assert sealing.opened(row.urgency_sealed, place=place) == authorizations.URGENCY


def test_an_admission_says_when_and_whether_the_plan_heard_in_time(front_desk: Actor) -> None:
    admission = asked(
        kind=Kind.ADMISSION,
        facility=ELSEWHERE,
        servicing=None,
        admitted_at=NOW - timedelta(hours=25),
        services=(service(code="", service_type="48", unit=Unit.DAYS, quantity=Decimal(3)),),
        place="21",
    )

    assert [each.code for each in warnings(sending.send(actor=front_desk, request=admission))] == [
        Warning.NOTICE_LATE
    ]
    row = sent(sending.send(actor=front_desk, request=replace(admission, sends_anyway=True)))
    notice = row.events.get(kind="notice")
    assert (notice.code, notice.due_at) == ("late", NOW - timedelta(hours=1))
    assert row.events.get(kind="admitted").at == NOW - timedelta(hours=25)


@pytest.mark.parametrize(
    "by",
    [
        ByMemberId(patients.ZEPHYRINE),
        BySsn(patients.SSN, date(1984, 5, 6)),
        ByName("Quillfeather", date(1984, 5, 6), "Zephyrine"),
    ],
)
def test_the_patient_is_found_as_everywhere(front_desk: Actor, by: Any) -> None:
    assert sent(sending.send(actor=front_desk, request=asked(patient=by))).member_id == patients.ZEPHYRINE


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"patient": ByMemberId("NOBODY1")}, Fault.PATIENT_NOT_FOUND),
        ({"patient": ByMemberId("?")}, Fault.PATIENT_NOT_FOUND),
        ({"patient": ByMemberId(patients.SUBSCRIBER)}, Fault.SEVERAL_PATIENTS),
        ({"patient": ByMemberId(patients.NEVER)}, Fault.NOT_COVERED),
        ({"patient": ByMemberId(patients.LATER)}, Fault.NOT_COVERED),
        ({"requesting": PartySent("2000000017")}, Fault.REQUESTING_UNKNOWN),
        ({"requesting": ELSEWHERE}, Fault.REQUESTING_NOT_OURS),
        ({"servicing": PartySent("2000000017")}, Fault.SERVICING_UNKNOWN),
        ({"servicing": PartySent(patients.NPI_ELSEWHERE, OWN)}, Fault.SERVICING_UNKNOWN),
        ({"facility": PartySent("1234567893")}, Fault.FACILITY_UNKNOWN),
        ({"questionnaire": "nobody_wrote_it"}, Fault.ANSWER_WRONG),
        ({"diagnoses": ()}, Fault.DIAGNOSIS_MISSING),
    ],
)
def test_each_fault_is_told_and_nothing_is_kept(
    front_desk: Actor, changes: dict[str, Any], fault: Fault
) -> None:
    first = FIRST_ON if fault is not Fault.NOT_COVERED else TODAY
    services = (service(first_on=first),)

    answer = sending.send(actor=front_desk, request=asked(services=services, **changes))

    assert faults(answer) == [fault]
    assert world.uses(function=Function.AUTHORIZATION_SUBMISSION)[-1].conclusion == fault


def test_a_patient_of_a_line_not_granted_is_as_unknown_as_nobody(made: World) -> None:
    medi_cal_only = world.actor(made["medi_cal_only"])
    there = sending.send(actor=medi_cal_only, request=asked())
    nobody = sending.send(actor=medi_cal_only, request=asked(patient=ByMemberId("NOBODY1", "own")))  # type: ignore[arg-type]

    assert isinstance(there, NotSent)
    assert isinstance(nobody, NotSent)
    assert there.faults == nobody.faults


def test_somebody_outside_is_named_and_warned_of(front_desk: Actor) -> None:
    outside = asked(servicing=PartySent("1234567893", name="Far Away Clinic"))

    (warning,) = warnings(sending.send(actor=front_desk, request=outside))
    assert (warning.code, warning.field) == (Warning.OUT_OF_NETWORK, "servicing")
    row = sent(sending.send(actor=front_desk, request=replace(outside, sends_anyway=True)))
    assert row.parties.get(role="servicing").tax_id == ""


def test_coverage_that_ends_or_ended_is_warned_of(front_desk: Actor) -> None:
    beyond = asked(services=(service(last_on=date(2027, 1, 1)),))
    ended = asked(patient=ByMemberId(patients.ENDED), services=(service(),))

    ends = Problem(Warning.COVERAGE_ENDS, "patient", about="2026-12-31")
    assert warnings(sending.send(actor=front_desk, request=beyond)) == (ends,)
    told = warnings(sending.send(actor=front_desk, request=ended))
    assert told == (Problem(Warning.COVERAGE_ENDED, "patient", about="2026-01-31"),)


def test_the_same_again_is_warned_of_with_its_number(front_desk: Actor) -> None:
    row = sent(sending.send(actor=front_desk, request=asked()))

    (warning,) = warnings(sending.send(actor=front_desk, request=asked()))
    assert warning == Problem(Warning.DUPLICATE, "services", 1, row.number)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "97140"},
        {"first_on": LAST_ON + timedelta(days=1), "last_on": LAST_ON + timedelta(days=9)},
    ],
)
def test_another_code_or_other_days_are_no_double(front_desk: Actor, changes: dict[str, Any]) -> None:
    sending.send(actor=front_desk, request=asked())

    checked = sending.check(actor=front_desk, request=asked(services=(service(**changes),)))
    assert Warning.DUPLICATE not in [each.code for each in checked.warnings]


def test_what_others_asked_for_is_no_double(made: World, front_desk: Actor) -> None:
    authorizations.in_review(parties={"requesting": (FOREIGN, patients.NPI_ELSEWHERE)})

    assert sent(sending.send(actor=front_desk, request=asked())).state == "in_review"


def test_who_else_decides_is_told() -> None:
    vendor = {"decided_by": "vendor", "decider": "Harbor Imaging", "decider_contact": "5550199"}
    made = world.build()
    requirements.say("97110", system="procedure", **vendor)
    checked = sending.check(actor=world.actor(made["front_desk"]), request=asked())

    assert checked.warnings == (Problem(Warning.OTHER_DECIDES, "services", 1, "Harbor Imaging"),)
    assert (checked.services[0].decider, checked.services[0].decider_contact) == ("Harbor Imaging", "5550199")


@pytest.mark.parametrize(
    ("patient", "warning"),
    [(patients.ZEPHYRINE, None), (patients.UNSCHEDULED, None), (patients.PERPETUA, Warning.NO_PCP)],
)
def test_a_referral_asks_for_the_pcp(front_desk: Actor, patient: str, warning: Warning | None) -> None:
    referral = asked(
        kind=Kind.REFERRAL, patient=ByMemberId(patient), services=(service(service_type="3", code=""),)
    )
    checked = sending.check(actor=front_desk, request=referral)

    assert [each.code for each in checked.warnings] == [warning] * (warning is not None)


def test_a_referral_by_another_office_than_the_pcps_is_warned_of(made: World) -> None:
    referral = asked(
        kind=Kind.REFERRAL,
        tax_id=FOREIGN,
        requesting=ELSEWHERE,
        services=(service(service_type="3", code=""),),
    )
    checked = sending.check(actor=world.actor(made["outsider"]), request=referral)

    assert [each.code for each in checked.warnings] == [Warning.PCP_DIFFERS]


def test_an_answer_held_is_honoured_for_what_it_was_given(front_desk: Actor) -> None:
    question = Asked(OWN, System.PROCEDURE, "J0696", FIRST_ON, line=cast.HMO, place="11")
    held = requirement_receipts.ask(actor=front_desk, asked=question)
    assert isinstance(held, RequirementReceipt)
    requirements.say("J0696", system="procedure")
    there = service(code="J0696")

    def says(**changes: Any) -> str:
        told = {"requirement": held.reference, "services": (there,), **changes}
        return sending.check(actor=front_desk, request=asked(**told)).services[0].answer

    assert says() == "not_required"
    assert says(requirement="") == "required"
    assert says(place="22") == "required"
    assert says(services=(replace(there, first_on=FIRST_ON + timedelta(days=1)),)) == "required"


def test_an_answer_that_excuses_an_office_by_name_excuses_nobody_else(front_desk: Actor) -> None:
    requirements.say("J0696", system="procedure")
    requirements.say("J0696", "not_required", system="procedure", tax_id=OWN)
    question = Asked(OWN, System.PROCEDURE, "J0696", FIRST_ON, line=cast.HMO)
    held = requirement_receipts.ask(actor=front_desk, asked=question)
    assert isinstance(held, RequirementReceipt)
    assert held.answer == "not_required"

    def says(npi: str) -> str:
        told = {"requirement": held.reference, "services": (service(code="J0696"),)}
        request = asked(**told, servicing=PartySent(npi))
        return sending.check(actor=front_desk, request=request).services[0].answer

    assert says(patients.NPI) == "not_required"
    assert says(patients.NPI_ELSEWHERE) == "required"


def test_the_senders_own_number_is_taken_once(front_desk: Actor) -> None:
    first = sending.send(actor=front_desk, request=asked(partner_reference="BHT-1"))
    again = sending.send(actor=front_desk, request=asked(partner_reference="BHT-1", diagnoses=()))

    assert isinstance(first, Sent)
    assert isinstance(again, Sent)
    assert (again.number, again.was_sent_before, first.was_sent_before) == (first.number, True, False)
    assert models.Authorization.objects.count() == 1


def test_the_senders_own_number_used_for_another_tax_id_is_refused(made: World) -> None:
    sending.send(actor=world.actor(made["front_desk"]), request=asked(partner_reference="BHT-1"))
    colleague = world.actor(made["colleague"])

    answer = sending.send(actor=colleague, request=asked(tax_id=SECOND, partner_reference="BHT-1"))
    assert isinstance(answer, NotSent)
    assert [each.code for each in answer.faults] == [Fault.SENT_BEFORE]


def _draft(actor: Actor, **facts: Any) -> models.Draft:
    told: dict[str, Any] = {
        "kind": "authorization",
        "office_id": actor.office_id,
        "tax_id": OWN,
        "line": cast.HMO,
    }
    told |= {"owner_id": actor.persona_id, "made_by": actor.persona_id, "content_sealed": b""}
    return models.Draft.objects.create(**told, created_at=NOW, changed_at=NOW, **facts)


def test_a_draft_is_sent_once_with_its_documents(front_desk: Actor) -> None:
    draft = _draft(front_desk)
    models.Document.objects.create(
        draft=draft, reference="D1", kind="order", size=1, sealed=b"", scan="clean", received_at=NOW
    )
    first = sending.send(actor=front_desk, request=asked(draft=draft.public_id))
    again = sending.send(actor=front_desk, request=asked(draft=draft.public_id))

    row = sent(first)
    assert isinstance(again, Sent)
    assert (again.number, again.was_sent_before) == (row.number, True)
    draft.refresh_from_db()
    assert (draft.state, draft.authorization_id) == ("sent", row.pk)
    assert row.documents.get().reference == "D1"


def test_a_draft_of_nobody_or_dropped_is_unknown(front_desk: Actor) -> None:
    for draft in (uuid4(), _draft(front_desk, state="dropped").public_id):
        with pytest.raises(sending.UnknownDraft):
            sending.send(actor=front_desk, request=asked(draft=draft))


def test_a_denied_one_is_asked_about_anew_as_another(front_desk: Actor) -> None:
    denied = authorizations.denied()
    row = sent(sending.send(actor=front_desk, request=asked(follows=denied.public_id)))

    assert (row.follows_id, row.number != denied.number) == (denied.pk, True)
    denied.refresh_from_db()
    assert denied.state == "denied"


@pytest.mark.parametrize("make", [authorizations.in_review, authorizations.approved])
def test_what_is_not_denied_is_not_followed(front_desk: Actor, make: Any) -> None:
    with pytest.raises(sending.UnknownRequest):
        sending.send(actor=front_desk, request=asked(follows=make().public_id))


def test_somebody_elses_denied_one_is_unknown(front_desk: Actor) -> None:
    foreign = authorizations.denied(parties={"requesting": (FOREIGN, patients.NPI_ELSEWHERE)})

    with pytest.raises(sending.UnknownRequest):
        sending.send(actor=front_desk, request=asked(follows=foreign.public_id))


def test_who_does_it_is_told_and_no_patient_named(made: World, front_desk: Actor) -> None:
    row = sent(sending.send(actor=front_desk, request=asked(servicing=ELSEWHERE)))

    notices = apps.get_model("notifications", "Notice").objects.all()
    assert [(each.office_id, each.kind) for each in notices] == [
        (made.offices[cast.HILLCREST], "authorization_sent_to_you")
    ]
    assert notices[0].context == {"number": row.number, "authorization": str(row.public_id)}


def test_the_audit_says_who_was_asked_about(front_desk: Actor) -> None:
    row = sent(sending.send(actor=front_desk, request=asked()))

    use = world.uses(function=Function.AUTHORIZATION_SUBMISSION)[-1]
    assert (use.outcome, use.conclusion, use.tax_id, use.provider) == (
        "allowed",
        "sent_in_review",
        OWN,
        patients.NPI,
    )
    subjects = set(use.subjects.values_list("kind", "identifier"))
    assert subjects == {("member", patients.ZEPHYRINE), ("authorization", row.number)}


def test_a_check_keeps_nothing(front_desk: Actor) -> None:
    checked = sending.check(actor=front_desk, request=asked())

    assert (checked.faults, checked.warnings, checked.line) == ((), (), cast.HMO)
    assert checked.services[0].answer == "required"
    assert models.Authorization.objects.count() == 0


@pytest.mark.parametrize("key", ["without_function", "administrator", "medical_director", "eligibility_only"])
def test_whoever_may_not_is_refused(made: World, key: str) -> None:
    with pytest.raises(NotPermitted):
        sending.send(actor=world.actor(made[key]), request=asked())
    assert models.Authorization.objects.count() == 0


def test_a_referral_needs_the_function_for_referrals(front_desk: Actor) -> None:
    referral = asked(kind=Kind.REFERRAL, services=(service(service_type="3", code=""),))
    sending.send(actor=front_desk, request=referral)

    assert world.uses(function=Function.REFERRALS)[-1].conclusion == "sent_in_review"
