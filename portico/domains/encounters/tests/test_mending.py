"""A rejected encounter is mended on screen, once; an accepted one is voided, once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps

from portico.domains.claims.edits.codes import Code
from portico.domains.claims.facts.submitted import Diagnosis, DiagnosisKind, Party, SentClaim
from portico.domains.encounters import mend_fields, mending, models, reports, submissions
from portico.domains.encounters.mending import CannotMend, EncounterNotFound, NotInForce, NotMendable
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, a_stay, desk, in_force, on_day, outsider, send
from portico.domains.members.tests import factories
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.usefixtures("world")


def test_the_form_shows_the_fields_and_what_is_wrong_with_which() -> None:
    _, (rejected,) = send(a_claim(billed=Decimal(1)))
    mendable = mending.read(actor=desk(), encounter=rejected.id)
    values = {field.name: field.value for field in mendable.fields}
    assert (values["billed"], values["services.1.code"], values["services.1.first_on"]) == (
        "1",
        "99213",
        "2026-02-03",
    )
    assert values["diagnoses.2"] == ""
    (edit,) = mendable.record.edits
    assert (edit.code, edit.value_at, edit.about) == (Code.CHARGES_DO_NOT_ADD_UP, "billed", "120.00")
    assert edit.segment is not None
    assert edit.segment.elements[2] == "1"


def test_a_mended_encounter_is_accepted_as_a_record_of_its_own() -> None:
    submission, (rejected,) = send(a_claim(billed=Decimal(1)))
    mended = mending.mend(actor=desk(), encounter=rejected.id, values={"billed": "120.00"})
    assert mended.is_accepted
    new = models.Encounter.objects.get(number=mended.number)
    assert (new.state, new.billed, new.mended_from.state) == ("accepted", Decimal(120), "mended")  # type: ignore[union-attr]
    assert submissions.read(actor=desk(), submission=submission).outstanding == 0
    summary = reports.control_summary(actor=desk(), submission=submission)
    assert (summary.received.count, summary.rejected.count, summary.mended) == (1, 1, 1)
    assert [row.source for row in submissions.listed(actor=desk()).rows] == ["web"]
    entry = apps.get_model("audit", "Entry").objects.filter(conclusion="encounter_mended")
    assert entry.count() == 1
    page = reports.record(actor=desk(), encounter=rejected.id)
    assert page.successor == mended.id
    assert reports.record(actor=desk(), encounter=new.public_id).predecessor == rejected.id


def test_what_is_still_wrong_is_told_and_nothing_is_kept() -> None:
    _, (rejected,) = send(a_claim(billed=Decimal(1), diagnoses=()))
    mended = mending.mend(actor=desk(), encounter=rejected.id, values={"billed": "120"})
    codes = {misfit.code for misfit in mended.misfits}
    assert (mended.is_accepted, codes) == (False, {Code.DIAGNOSIS_MISSING, Code.POINTER_BEYOND})
    assert models.Submission.objects.count() == 1
    assert models.Encounter.objects.get().state == "rejected"
    again = mending.mend(
        actor=desk(), encounter=rejected.id, values={"billed": "120", "diagnoses.1": "j06.9"}
    )
    assert again.is_accepted


def test_one_record_comes_of_a_form_that_is_sent_twice() -> None:
    _, (rejected,) = send(a_claim(billed=Decimal(1)))
    mending.mend(actor=desk(), encounter=rejected.id, values={"billed": "120"})
    with pytest.raises(NotMendable):
        mending.mend(actor=desk(), encounter=rejected.id, values={"billed": "120"})
    assert in_force() == 1


def test_mending_makes_no_second_one_of_what_is_in_force() -> None:
    _, (rejected, _) = send(on_day(3, billed=Decimal(1)), on_day(4))
    mended = mending.mend(
        actor=desk(), encounter=rejected.id, values={"billed": "120", "services.1.first_on": "2026-02-04"}
    )
    assert [misfit.code for misfit in mended.misfits] == [Code.DUPLICATE]
    assert in_force() == 1


def test_what_was_sent_as_a_claim_is_an_encounter_once_mended() -> None:
    _, (rejected,) = send(a_claim(is_encounter=False))
    assert mending.mend(actor=desk(), encounter=rejected.id, values={}).is_accepted


def test_an_accepted_one_is_not_mended_and_a_rejected_one_not_voided() -> None:
    _, (accepted, rejected) = send(on_day(3), on_day(4, billed=Decimal(1)))
    with pytest.raises(NotMendable):
        mending.read(actor=desk(), encounter=accepted.id)
    with pytest.raises(NotInForce):
        mending.void(actor=desk(), encounter=rejected.id)


def test_an_encounter_is_voided_once() -> None:
    _, (accepted,) = send(a_claim())
    assert mending.void(actor=desk(), encounter=accepted.id).is_accepted
    with pytest.raises(NotInForce):
        mending.void(actor=desk(), encounter=accepted.id)
    assert models.Encounter.objects.get(number=accepted.number).state == "voided"


def test_a_void_is_not_voided() -> None:
    _, (accepted,) = send(a_claim())
    void = mending.void(actor=desk(), encounter=accepted.id)
    assert void.id is not None
    with pytest.raises(NotInForce):
        mending.void(actor=desk(), encounter=void.id)


def test_an_encounter_of_others_is_as_unknown_as_one_that_never_was() -> None:
    _, (rejected,) = send(a_claim(billed=Decimal(1)))
    for encounter in (rejected.id, uuid4()):
        with pytest.raises(EncounterNotFound):
            mending.read(actor=outsider(), encounter=encounter)
        with pytest.raises(EncounterNotFound):
            mending.mend(actor=outsider(), encounter=encounter, values={})
        with pytest.raises(EncounterNotFound):
            mending.void(actor=outsider(), encounter=encounter)


def test_whoever_holds_no_encounters_mends_none() -> None:
    _, (rejected,) = send(a_claim(billed=Decimal(1)))
    with pytest.raises(NotPermitted):
        mending.read(actor=factories.front_desk(), encounter=rejected.id)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"billed": "much"}, {"billed": "money"}),
        ({"billed": "1.005"}, {"billed": "money"}),
        ({"billed": "NaN"}, {"billed": "money"}),
        ({"billed": "1e99"}, {"billed": "money"}),
        ({"services.1.first_on": "02/03/2026"}, {"services.1.first_on": "day"}),
        ({"patient_control_number": "1" * 39}, {"patient_control_number": "text"}),
        ({"subscriber.sex": "female"}, {"subscriber.sex": "text"}),
        ({"subscriber.last_name": " "}, {"subscriber.last_name": "text"}),
        ({"subscriber.first_name": "A" * 36}, {"subscriber.first_name": "text"}),
        ({"services.1.units": "x"}, {"services.1.units": "number"}),
        ({"services.1.pointers": "1, x"}, {"services.1.pointers": "numbers"}),
        ({"facility": "1*1"}, {"facility": "text"}),
        ({"facility": "1~"}, {"facility": "text"}),
        ({"billing.tax_id": "123456789"}, {"billing.tax_id": "unknown_field"}),
        ({"services.9.code": "1"}, {"services.9.code": "unknown_field"}),
        ({"tracking_number": "1", "billed": ""}, {"tracking_number": "unknown_field", "billed": "money"}),
    ],
)
def test_what_cannot_stand_in_a_field_is_told_by_field(
    values: dict[str, str], problems: dict[str, str]
) -> None:
    with pytest.raises(CannotMend) as refused:
        mend_fields.mended(a_claim(), values)
    assert refused.value.problems == problems


@pytest.mark.parametrize("claim", [a_claim(), a_stay()], ids=["professional", "institutional"])
def test_a_form_sent_as_it_was_shown_changes_nothing(claim: SentClaim) -> None:
    values = {field.name: field.value for field in mend_fields.fields(claim)}
    assert mend_fields.mended(claim, values) == claim


def test_values_go_where_they_belong() -> None:
    values = {
        "subscriber.birth_date": "1984-05-07",
        "services.1.modifiers": "25, lt",
        "services.1.pointers": "2,1",
        "services.1.units": "2.5",
        "diagnoses.2": "e11.9",
        "rendering.npi": sending.OTHER_NPI,
    }
    mended = mend_fields.mended(a_claim(rendering=Party(name="LEE", npi=sending.NPI)), values)
    assert mended.subscriber.birth_date == date(1984, 5, 7)
    assert mended.services[0].modifiers == ("25", "LT")
    assert (mended.services[0].pointers, mended.services[0].units) == ((2, 1), Decimal("2.5"))
    assert mended.diagnoses[1] == Diagnosis("E119", DiagnosisKind.OTHER)
    assert mended.rendering == Party(name="LEE", npi=sending.OTHER_NPI)


def test_a_diagnosis_that_is_emptied_is_dropped() -> None:
    claim = a_claim(diagnoses=(*a_claim().diagnoses, Diagnosis("J069", DiagnosisKind.OTHER)))
    assert mend_fields.mended(claim, {"diagnoses.2": ""}) == replace(claim, diagnoses=claim.diagnoses[:1])


def test_the_others_stay_where_one_before_them_is_emptied_and_lines_point_to_them_still() -> None:
    other = DiagnosisKind.OTHER
    told = (*a_claim().diagnoses, Diagnosis("E119", other), Diagnosis("I10", other), Diagnosis("R05", other))
    services = (sending.a_service(pointers=(1, 2, 4)), sending.a_service(2, pointers=(2,)))
    claim = a_claim(diagnoses=told, services=services)
    values = {field.name: field.value for field in mend_fields.fields(claim)} | {"diagnoses.2": ""}
    mended = mend_fields.mended(claim, values)
    assert [each.code for each in mended.diagnoses] == ["J069", "I10", "R05"]
    assert [each.pointers for each in mended.services] == [(1, 3), ()]


def test_one_may_go_and_another_come_at_the_end() -> None:
    told = (*a_claim().diagnoses, Diagnosis("E119", DiagnosisKind.OTHER))
    claim = a_claim(diagnoses=told, services=(sending.a_service(pointers=(2, 3)),))
    mended = mend_fields.mended(claim, {"diagnoses.1": "", "diagnoses.3": "i10"})
    assert [each.code for each in mended.diagnoses] == ["E119", "I10"]
    assert mended.services[0].pointers == (1, 2)


def test_a_principal_diagnosis_can_be_added_where_there_is_none() -> None:
    claim = a_claim(diagnoses=(Diagnosis("E119", DiagnosisKind.OTHER),))
    added = mend_fields.mended(claim, {"diagnoses.2": "j06.9"}).diagnoses[1]
    assert added == Diagnosis("J069", DiagnosisKind.PRINCIPAL)


def test_an_attending_provider_can_be_added_to_a_stay() -> None:
    mended = mend_fields.mended(a_stay(attending=None), {"attending.npi": sending.NPI})
    assert mended.attending == Party(npi=sending.NPI)
