"""What is wrong with what is typed, what only looks unusual, and how it is kept."""

from dataclasses import replace

import pytest

from portico.domains.registration import field_checks
from portico.domains.registration.catalogue_rows import DEFAULT, Need
from portico.domains.registration.licence_shapes import STATES, is_usual
from portico.domains.registration.tests.registering import CLAIM, HOSPITAL, NPI

SOLO = DEFAULT[0]
OF_A_HOSPITAL = next(each for each in DEFAULT if each.account_type == "hospital")


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("npi", NPI, ""),
        ("npi", "2000-000-002", ""),
        ("npi", "2000000009", "npi_check_digit"),
        ("npi", "200000000", "npi_format"),
        ("npi", "٢٠٠٠٠٠٠٠٠٢", "npi_format"),
        ("npi", " ", "missing"),
        ("tax_id", "94-1234567", ""),
        ("tax_id", "94123456", "tax_id_format"),
        ("licence_number", "a-12345", ""),
        ("licence_number", "000", "licence_format"),
        ("licence_number", "A'12345", "licence_format"),
        ("licence_number", "A" * 41, "licence_format"),
        ("licence_state", "ca", ""),
        ("licence_state", "ZZ", "state_unknown"),
        ("first_name", "Renée-Marie", ""),
        ("first_name", "R2", "name_format"),
        ("last_name", "x" * 61, "name_format"),
        ("last_name", "Tran\u200b", "name_format"),
        ("email", "mei@tran.example", ""),
        ("email", "mei@tran.example\nBcc: a@b.example", "email_format"),
        ("email", "mei", "email_format"),
        ("telephone", "+1 (530) 555-0142", ""),
        ("telephone", "530 555 014", "telephone_format"),
        ("telephone", "130 555 0142", "telephone_format"),
        ("telephone", "530 155 0142", "telephone_format"),
        ("office_name", "3rd Street Clinic", ""),
        ("office_name", "--", "office_name_format"),
        ("office_name", "Clinic\u202e", "office_name_format"),
        ("office_name", "x" * 161, "too_long"),
        ("address", "1 Lake Road\nUnit 2", "address_format"),
        ("city", "Northlake", ""),
        ("state_code", "dc", ""),
        ("postal_code", "95814-1234", ""),
        ("postal_code", "9581", "postal_code_format"),
        ("user_type", "anything", "not_asked"),
    ],
    ids=lambda value: value.encode("ascii", "backslashreplace").decode()[:24].replace("\n", " ") or "-",
)
def test_the_fault_of_a_field(field: str, typed: str, fault: str) -> None:
    assert field_checks.check(field, typed) == ((fault,) if fault else ())


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("npi", "2000-000-002", NPI),
        ("tax_id", "94-1234567", "941234567"),
        ("licence_number", " a  12345 ", "A 12345"),
        ("licence_state", "ca", "CA"),
        ("email", "Mei@Tran.Example", "Mei@tran.example"),
        ("telephone", "+1 (530) 555-0142", "5305550142"),
        ("office_name", " Tran   Clinic ", "Tran Clinic"),
        ("postal_code", "958141234", "95814-1234"),
        ("npi", "12", "12"),
    ],
    ids=["npi", "tax id", "licence", "state", "mail", "telephone", "office", "postal code", "faulty"],
)
def test_how_a_field_is_kept(field: str, typed: str, kept: str) -> None:
    assert field_checks.canonical(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "state", "hints"),
    [
        ("licence_number", "A-12345", "CA", ()),
        ("licence_number", "ME12345", "CA", ("licence_unusual",)),
        ("licence_number", "ME12345", "FL", ()),
        ("licence_number", "ME12345", "", ()),
        ("licence_number", "", "CA", ()),
        ("tax_id", "94-1234567", "", ()),
        ("tax_id", "07-1234567", "", ("tax_id_prefix",)),
        ("tax_id", "07", "", ()),
    ],
    ids=["usual", "unusual", "elsewhere", "no state", "nothing", "prefix", "never issued", "faulty"],
)
def test_what_looks_unusual(field: str, typed: str, state: str, hints: tuple[str, ...]) -> None:
    assert field_checks.hints(field, typed, state=state) == hints


USUAL = {
    **{"AL": "MD.12345", "AK": "7123", "AZ": "45678", "AR": "E-1234", "CA": "A 12345", "CO": "DR.0012345"},
    **{"CT": "1.012345", "DE": "C1-0001234", "DC": "MD012345", "FL": "ME123456", "GA": "012345"},
    **{"HI": "MD-12345", "ID": "M-12345", "IL": "036.123456", "IN": "01012345A", "IA": "MD-12345"},
    **{"KS": "04-12345", "KY": "12345", "LA": "MD.012345", "ME": "MD12345", "MD": "D0012345"},
    **{"MA": "212345", "MI": "4301012345", "MN": "12345", "MS": "12345", "MO": "2005012345"},
    **{"MT": "MED-PHYS-LIC-12345", "NE": "12345", "NV": "12345", "NH": "12345", "NJ": "25MA01234500"},
    **{"NM": "MD2010-1234", "NY": "123456", "NC": "2010-01234", "ND": "12345", "OH": "35.123456"},
    **{"OK": "12345", "OR": "MD12345", "PA": "MD-012345-L", "RI": "MD12345", "SC": "12345", "SD": "1234"},
    **{"TN": "MD0000012345", "TX": "M1234", "UT": "1234567-1205", "VT": "042.0012345"},
    **{"VA": "0101-012345", "WA": "MD60123456", "WV": "12345", "WI": "12345-20", "WY": "1234A"},
}


def test_each_state_and_the_district_has_a_shape_that_its_usual_number_has() -> None:
    assert USUAL.keys() == STATES.keys()
    assert [state for state, number in USUAL.items() if not is_usual(number, state)] == []


def test_each_shape_tells_something_apart() -> None:
    assert [state for state in STATES if is_usual("Q9-999-999-999-999", state)] == []
    assert is_usual("Q9-999-999-999-999", "ZZ")


def test_a_whole_claim_is_asked_for_what_its_type_needs_and_nothing_else() -> None:
    assert field_checks.of_claim(CLAIM, SOLO, regions=["north"]) == {}
    assert field_checks.of_claim(HOSPITAL, OF_A_HOSPITAL, regions=["north"]) == {}
    assert field_checks.of_claim(HOSPITAL, SOLO, regions=["north"]) == {
        "licence_number": "missing",
        "licence_state": "missing",
    }
    assert field_checks.needed((Need.NPI, Need.TAX_ID))[:2] == ("npi", "tax_ids")


@pytest.mark.parametrize(
    ("tax_ids", "fault"),
    [
        ((), "missing"),
        (("941234567", "94-1234567"), "duplicate"),
        (("941234567", "9"), "tax_id_format"),
        (tuple(f"94{number:07}" for number in range(21)), "too_many"),
        (tuple(f"94{number:07}" for number in range(20)), ""),
    ],
    ids=["none", "twice", "one faulty", "twenty-one", "twenty"],
)
def test_the_fault_of_several_tax_ids(tax_ids: tuple[str, ...], fault: str) -> None:
    found = field_checks.of_claim(replace(CLAIM, tax_ids=tax_ids), SOLO, regions=["north"])
    assert found == ({"tax_ids": fault} if fault else {})


@pytest.mark.parametrize(
    ("chosen", "known", "fault"),
    [((), (), ""), ((), ("north",), "missing"), (("south",), ("north",), "region_unknown")],
    ids=["a plan without regions", "none chosen", "one that is not there"],
)
def test_the_fault_of_regions(chosen: tuple[str, ...], known: tuple[str, ...], fault: str) -> None:
    found = field_checks.of_claim(replace(CLAIM, regions=chosen), SOLO, regions=known)
    assert found == ({"regions": fault} if fault else {})


def test_what_a_type_does_not_ask_for_is_dropped_and_the_rest_put_in_form() -> None:
    typed = replace(HOSPITAL, licence_number="A12345", licence_state="CA", telephone="(530) 555-0142")
    assert field_checks.tidied(typed, OF_A_HOSPITAL) == HOSPITAL
    assert field_checks.tidied(replace(CLAIM, regions=("north", "north")), SOLO) == CLAIM


def test_several_tax_ids_are_read_from_one_text() -> None:
    assert field_checks.tax_ids_in(" 94-1234567, 941234568;\n941234569 ") == (
        "94-1234567",
        "941234568",
        "941234569",
    )
