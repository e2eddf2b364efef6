"""The edits of an 837, as tables: one thing wrong, one misfit that says where."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.claims.edits import judging, places
from portico.domains.claims.edits.codes import Code, Misfit, Spot
from portico.domains.claims.edits.known import CoveredSpan, Known, KnownMember, Original
from portico.domains.claims.edits.places import Segment
from portico.domains.claims.facts.submitted import (
    Diagnosis,
    DiagnosisKind,
    Form,
    Party,
    Patient,
    SentClaim,
    SentService,
)
from portico.shared.periods import Period

NPI, OTHER_NPI, TAX_ID = "2000000010", "2000000028", "170000001"
DAY, BORN = date(2026, 2, 3), date(1984, 5, 6)
PERIOD = Period(date(2026, 1, 1), date(2026, 6, 30))


def service(number: int = 1, **facts: Any) -> SentService:
    """A visit of 120 dollars."""
    told: dict[str, Any] = {
        "billed": Decimal("120"),
        "first_on": DAY,
        "last_on": None,
        "code_kind": "HC",
        "code": "99213",
        "pointers": (1,),
    }
    return SentService(number=number, **{**told, **facts})


def claim(**facts: Any) -> SentClaim:
    """A professional claim that nothing is wrong with."""
    told: dict[str, Any] = {
        "form": Form.PROFESSIONAL,
        "patient_control_number": "PCN1",
        "billed": Decimal("120.00"),
        "subscriber": Patient("O'Kafor Jr", "Adaeze", birth_date=BORN, member_id="n-1000"),
        "billing": Party(name="CLINIC", npi=NPI, tax_id=TAX_ID),
        "services": (service(),),
        "facility": "11",
        "is_encounter": True,
        "diagnoses": (Diagnosis("J069", DiagnosisKind.PRINCIPAL),),
    }
    return SentClaim(**{**told, **facts})


def stay(**facts: Any) -> SentClaim:
    """An institutional claim of three days that nothing is wrong with."""
    told: dict[str, Any] = {
        "form": Form.INSTITUTIONAL,
        "facility": "11",
        "first_on": DAY,
        "last_on": date(2026, 2, 5),
        "admitted_on": DAY,
        "discharge_status": "01",
        "attending": Party(name="TRAN", npi=NPI, is_person=True),
        "services": (service(code="", code_kind="", pointers=(), revenue_code="0120", first_on=None),),
    }
    return claim(**{**told, **facts})


MEMBER = KnownMember("N1000", "S1", "OKAFOR", "ADAEZE", BORN, (CoveredSpan("hmo", PERIOD),))
KNOWN = Known(
    received_on=date(2026, 3, 12),
    members={"N1000": (MEMBER,)},
    npis=frozenset({NPI}),
    affiliations={(NPI, TAX_ID): (Period(date(2020, 1, 1)),)},
    originals={
        "E1": Original("E1", TAX_ID, "N1000", is_in_force=True),
        "E2": Original("E2", TAX_ID, "N1000", is_in_force=False, successor="E3"),
        "E4": Original("E4", "170000009", "N1000", is_in_force=True),
        "E5": Original("E5", TAX_ID, "N2000", is_in_force=True),
    },
    payer_numbers=frozenset({"99999"}),
)


def wrong(sent: SentClaim, known: Known = KNOWN) -> list[tuple[str, str]]:
    """What is wrong, and where."""
    return [(misfit.code, misfit.value_at) for misfit in judging.judge(sent, known)]


@pytest.mark.parametrize("sent", [claim(), stay()], ids=["professional", "institutional"])
def test_nothing_is_wrong_with_a_claim_in_order(sent: SentClaim) -> None:
    assert wrong(sent) == []


PERSON = claim().subscriber
ONE_WRONG: Collection[tuple[SentClaim, Code, str]] = [
    (claim(patient_control_number=""), Code.CONTROL_NUMBER_MISSING, "patient_control_number"),
    (claim(frequency="6"), Code.FREQUENCY_UNKNOWN, "frequency"),
    (claim(frequency="2"), Code.FREQUENCY_UNKNOWN, "frequency"),
    (claim(billed=Decimal(0), services=()), Code.SERVICES_MISSING, "services"),
    (claim(facility=""), Code.FACILITY_MISSING, "facility"),
    (claim(facility="1"), Code.FACILITY_FORM, "facility"),
    (claim(billed=Decimal("119.99")), Code.CHARGES_DO_NOT_ADD_UP, "billed"),
    (claim(services=(service(units=Decimal(0)),)), Code.UNITS_NOT_POSITIVE, "services.1.units"),
    (claim(services=(service(code=""),)), Code.PROCEDURE_MISSING, "services.1.code"),
    (claim(services=(service(code="9921"),)), Code.PROCEDURE_FORM, "services.1.code"),
    (claim(services=(service(code="99O13"),)), Code.PROCEDURE_FORM, "services.1.code"),
    (claim(services=(service(modifiers=("2",)),)), Code.MODIFIER_FORM, "services.1.modifiers"),
    (claim(services=(service(drug_code="123"),)), Code.DRUG_CODE_FORM, "services.1.drug_code"),
    (
        claim(services=(service(place_of_service="X"),)),
        Code.PLACE_OF_SERVICE_FORM,
        "services.1.place_of_service",
    ),
    (claim(services=(service(pointers=()),)), Code.POINTER_MISSING, "services.1.pointers"),
    (claim(services=(service(pointers=(2,)),)), Code.POINTER_BEYOND, "services.1.pointers"),
    (claim(services=(service(first_on=None),)), Code.SERVICE_DATE_MISSING, "services.1.first_on"),
    (
        claim(services=(service(last_on=date(2026, 2, 2)),)),
        Code.DATES_REVERSED,
        "services.1.last_on",
    ),
    (claim(services=(service(last_on=date(2026, 3, 13)),)), Code.DATE_IN_FUTURE, "services.1.last_on"),
    (
        claim(services=(service(pointers=(1,)),), diagnoses=(Diagnosis("J069", DiagnosisKind.OTHER),)),
        Code.DIAGNOSIS_MISSING,
        "diagnoses",
    ),
    (claim(diagnoses=(Diagnosis("J06.9", DiagnosisKind.PRINCIPAL),)), Code.DIAGNOSIS_FORM, "diagnoses.1"),
    (
        claim(diagnoses=(*claim().diagnoses, Diagnosis("J069", DiagnosisKind.OTHER))),
        Code.DIAGNOSIS_REPEATED,
        "diagnoses.2",
    ),
    (claim(rendering=Party(npi="2000000011")), Code.NPI_FORM, "rendering.npi"),
    (claim(referring=Party(npi="1")), Code.NPI_FORM, "referring.npi"),
    (claim(services=(service(rendering=Party(npi="1")),)), Code.NPI_FORM, "services.1.rendering.npi"),
    (claim(rendering=Party(npi=OTHER_NPI)), Code.PROVIDER_UNKNOWN, "rendering.npi"),
    (claim(billing=Party(npi=NPI, tax_id="")), Code.TAX_ID_MISSING, "billing.tax_id"),
    (claim(subscriber=replace(PERSON, member_id="")), Code.MEMBER_ID_MISSING, "subscriber.member_id"),
    (claim(subscriber=replace(PERSON, member_id="N9")), Code.MEMBER_UNKNOWN, "subscriber.member_id"),
    (claim(subscriber=replace(PERSON, last_name="Obi")), Code.MEMBER_NAME_DIFFERS, "subscriber.last_name"),
    (
        claim(subscriber=replace(PERSON, birth_date=date(1984, 6, 5))),
        Code.MEMBER_BIRTH_DATE_DIFFERS,
        "subscriber.birth_date",
    ),
    (
        claim(services=(service(first_on=date(2025, 12, 31)),)),
        Code.MEMBER_NOT_COVERED,
        "subscriber.member_id",
    ),
    (claim(is_encounter=False), Code.NOT_AN_ENCOUNTER, ""),
    (claim(payer=Party(payer_number="12345")), Code.OTHER_PAYER, "payer.payer_number"),
    (claim(frequency="7"), Code.ORIGINAL_MISSING, "original_number"),
    (claim(frequency="7", original_number="E9"), Code.ORIGINAL_UNKNOWN, "original_number"),
    (claim(frequency="7", original_number="E4"), Code.ORIGINAL_UNKNOWN, "original_number"),
    (claim(frequency="8", original_number="E2"), Code.ORIGINAL_NOT_IN_FORCE, "original_number"),
    (claim(frequency="7", original_number="E5"), Code.ORIGINAL_OF_ANOTHER, "original_number"),
    (stay(first_on=None, last_on=None, admitted_on=DAY), Code.SERVICE_DATE_MISSING, "first_on"),
    (stay(last_on=date(2026, 2, 2), admitted_on=date(2026, 2, 1)), Code.DATES_REVERSED, "last_on"),
    (stay(last_on=date(2026, 3, 13)), Code.DATE_IN_FUTURE, "last_on"),
    (stay(admitted_on=None), Code.ADMISSION_DATE_MISSING, "admitted_on"),
    (stay(admitted_on=date(2026, 2, 6)), Code.ADMITTED_AFTER_SERVICE, "admitted_on"),
    (stay(discharge_status=""), Code.DISCHARGE_STATUS_MISSING, "discharge_status"),
    (stay(attending=None), Code.ATTENDING_MISSING, "attending.npi"),
    (
        stay(services=(replace(stay().services[0], revenue_code=""),)),
        Code.REVENUE_CODE_MISSING,
        "services.1.revenue_code",
    ),
    (
        stay(services=(replace(stay().services[0], revenue_code="120"),)),
        Code.REVENUE_CODE_FORM,
        "services.1.revenue_code",
    ),
    (
        stay(services=(replace(stay().services[0], first_on=date(2026, 2, 6)),)),
        Code.DATE_OUTSIDE_STATEMENT,
        "services.1.first_on",
    ),
]


@pytest.mark.parametrize(
    ("sent", "code", "where"), ONE_WRONG, ids=[f"{i}-{row[1]}" for i, row in enumerate(ONE_WRONG)]
)
def test_one_thing_wrong_is_told_with_its_field(sent: SentClaim, code: Code, where: str) -> None:
    assert (code, where) in wrong(sent)


def test_every_code_is_held_by_a_table_or_by_who_stores() -> None:
    elsewhere = {
        Code.UNREADABLE,
        Code.DUPLICATE,
        Code.DUPLICATE_IN_FILE,
        Code.TAX_ID_NOT_OPEN,
        Code.PROVIDER_NOT_OPEN,
    }
    by_name = {Code.TOO_MANY_SERVICES, Code.CHARGE_NEGATIVE, Code.CHARGE_TOO_LARGE, Code.DATE_BEFORE_BIRTH}
    by_name |= {Code.NPI_MISSING, Code.TAX_ID_FORM, Code.PROVIDER_NOT_AFFILIATED}
    assert {code for _, code, _ in ONE_WRONG} | elsewhere | by_name == set(Code)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (claim(billed=Decimal(-1)), Code.CHARGE_NEGATIVE),
        (claim(services=(service(billed=Decimal(-1)),)), Code.CHARGE_NEGATIVE),
        (claim(billed=Decimal("100000000")), Code.CHARGE_TOO_LARGE),
        (claim(services=tuple(service(n) for n in range(1, 52))), Code.TOO_MANY_SERVICES),
        (claim(subscriber=replace(PERSON, birth_date=date(2026, 2, 4))), Code.DATE_BEFORE_BIRTH),
        (claim(billing=Party(npi="", tax_id=TAX_ID)), Code.NPI_MISSING),
        (claim(billing=Party(npi=NPI, tax_id="12-34")), Code.TAX_ID_FORM),
        (claim(billing=Party(npi=NPI, tax_id="170000002")), Code.PROVIDER_NOT_AFFILIATED),
    ],
)
def test_what_is_wrong_beside_other_things(sent: SentClaim, code: Code) -> None:
    assert code in {each for each, _ in wrong(sent)}


@pytest.mark.parametrize(
    ("code_kind", "code", "is_right"),
    [
        ("HC", "99213", True),
        ("HC", "J1885", True),
        ("HC", "0001F", True),
        ("HC", "0042T", True),
        ("HC", "99213 ", False),
        ("HC", "j1885", False),
        ("HP", "1AFGS", False),
        ("N4", "whatever", True),
        ("ER", "ABC", True),
    ],
)
def test_the_form_of_procedure_codes(code_kind: str, code: str, is_right: bool) -> None:
    found = {each for each, _ in wrong(claim(services=(service(code_kind=code_kind, code=code),)))}
    assert (Code.PROCEDURE_FORM not in found) is is_right


@pytest.mark.parametrize(
    ("code", "is_right"),
    [("J069", True), ("U071", True), ("S72001A", True), ("J06", True), ("J0", False), ("I10", True),
     ("069", False), ("S72001AB", False), ("j069", False)],
)  # fmt: skip
def test_the_form_of_diagnoses(code: str, is_right: bool) -> None:
    found = {each for each, _ in wrong(claim(diagnoses=(Diagnosis(code, DiagnosisKind.PRINCIPAL),)))}
    assert (Code.DIAGNOSIS_FORM not in found) is is_right


@pytest.mark.parametrize(
    ("day", "is_covered"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_both_ends_of_a_coverage_count(day: date, is_covered: bool) -> None:
    later = replace(KNOWN, received_on=date(2026, 12, 31))
    found = {each for each, _ in wrong(claim(services=(service(first_on=day),)), later)}
    assert (Code.MEMBER_NOT_COVERED not in found) is is_covered


@pytest.mark.parametrize(("day", "is_right"), [(date(2026, 3, 12), True), (date(2026, 3, 13), False)])
def test_the_day_of_receipt_is_no_future(day: date, is_right: bool) -> None:
    found = {each for each, _ in wrong(claim(services=(service(first_on=day),)))}
    assert (Code.DATE_IN_FUTURE not in found) is is_right


def test_the_line_begun_last_covers_where_two_do() -> None:
    spans = (CoveredSpan("old", Period(date(2025, 1, 1))), CoveredSpan("new", PERIOD))
    assert replace(MEMBER, spans=spans).line_on(DAY) == "new"
    assert replace(MEMBER, spans=spans).line_on(date(2025, 3, 1)) == "old"


@pytest.mark.parametrize("first_name", ["Adaeze", "A", "adaeze", "", "Adaeze Marie"])
def test_a_first_name_agrees_by_its_beginning(first_name: str) -> None:
    assert wrong(claim(subscriber=replace(PERSON, first_name=first_name))) == []


def test_a_group_the_plan_does_not_know_bills_for_a_provider_it_knows() -> None:
    sent = claim(billing=Party(npi=OTHER_NPI, tax_id=TAX_ID), rendering=Party(npi=NPI))
    assert wrong(sent) == []


def test_a_void_need_not_be_right_in_itself() -> None:
    assert wrong(claim(frequency="8", original_number="E1", billed=Decimal(1), diagnoses=())) == []


def test_a_claim_need_not_be_an_encounter_where_claims_are_taken_in() -> None:
    assert wrong(claim(is_encounter=False), replace(KNOWN, as_encounters=False)) == []


def test_by_itself_a_claim_tells_nothing_of_what_the_plan_knows() -> None:
    sent = claim(subscriber=replace(PERSON, member_id="N9"), rendering=Party(npi=OTHER_NPI))
    assert judging.by_itself(sent) == ()


SEGMENTS = (
    Segment(5, ("NM1", "85", "2"), "2010AA"),
    Segment(9, ("NM1", "IL", "1"), "2010BA"),
    Segment(20, ("CLM", "PCN1"), "2300"),
    Segment(21, ("LX", "1"), "2400"),
    Segment(22, ("SV1", "HC:1"), "2400"),
    Segment(23, ("LX", "2"), "2400"),
    Segment(24, ("SV1", "HC:2"), "2400"),
)


@pytest.mark.parametrize(
    ("spot", "number", "place"),
    [
        (Spot("2010BA", "NM1", 9, "IL"), 0, 9),
        (Spot("2300", "CLM", 2), 0, 20),
        (Spot("2400", "SV1", 1), 2, 24),
        (Spot("2400", "DTP", 3, "472"), 1, 21),
        (Spot("2300", "HI"), 0, 20),
        (Spot("2400", "SV1", 1), 3, 20),
    ],
    ids=["by qualifier", "alone", "of the second line", "missing in a line", "missing", "no such line"],
)
def test_a_misfit_is_found_in_the_segments_as_sent(spot: Spot, number: int, place: int) -> None:
    assert places.located(Misfit("x", spot, service=number), SEGMENTS).place == place


def test_a_misfit_whose_place_is_known_stays_there() -> None:
    assert places.located(Misfit("x", Spot("2300", "CLM"), place=3), SEGMENTS).place == 3
    assert places.located(Misfit("x", Spot("2300", "CLM")), ()).place == 0


def test_a_dependents_birth_date_is_not_looked_for_at_the_subscriber() -> None:
    told = [("NM1", "IL"), ("DMG", "D8", "1984"), ("NM1", "QC"), ("DMG", "D8", "2015"), ("CLM", "PCN1")]
    segments = [Segment(place, elements) for place, elements in enumerate(told, start=1)]
    for loop, place in (("2010BA", 2), ("2010CA", 4)):
        assert places.located(Misfit("x", Spot(loop, "DMG", 2)), segments).place == place
