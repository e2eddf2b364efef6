"""What points at a patient is found by its shape, however it is typed; what offices write about is not."""

import time

import pytest

from portico.domains.support import models, rules
from portico.domains.support.rules import Sign

FORMS = ("NLH########", "NLH##########", "@@-####")
SSN, MEMBER, MEDICARE, BIRTH = Sign.SSN, Sign.MEMBER_ID, Sign.MEDICARE_NUMBER, Sign.BIRTH_DATE


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("her number is 123-45-6789, please look", SSN),
        ("123 45 6789", SSN),
        ("123.45.6789", SSN),
        ("123 - 45 - 6789", SSN),
        ("123456789", SSN),
        ("123‑45‑6789", SSN),
        ("123–45–6789", SSN),
        ("１２３-４５-６７８９", SSN),
        ("1\u200b23-45-6789", SSN),
        ("١٢٣-٤٥-٦٧٨٩", SSN),
        ("900-12-3456", SSN),
        ("old Medicare number 123456789A", SSN),
        ("SSN ends in 6789", SSN),
        ("last four of the social security: 6 7 8 9", SSN),
        ("NLH8842019301", MEMBER),
        ("nlh 8842 0193 01", MEMBER),
        ("NLH-88420193", MEMBER),
        ("xy-1234", MEMBER),
        ("Member ID: 884201", MEMBER),
        ("the patient's no. is A12-34567", MEMBER),
        ("subscriber number 8842019301", MEMBER),
        ("Medi-Cal ID 91234567A", MEMBER),
        ("CIN 91234567A", MEMBER),
        ("MRN\n1234567", MEMBER),
        ("1EG4-TE5-MK73", MEDICARE),
        ("1eg4te5mk73", MEDICARE),
        ("her card says 1EG4 TE5 MK73.", MEDICARE),
        ("DOB 03/12/1984", BIRTH),
        ("d.o.b. 3-12-84", BIRTH),
        ("date of birth: March 12, 1984", BIRTH),
        ("birthdate is 12 March 1984", BIRTH),
        ("born on the 12th of march 1984", BIRTH),
        ("03/12/1984 (DOB)", BIRTH),
        ("1984-03-12 is the birthday", BIRTH),
        ("DOB\n\n03121984", BIRTH),
        ("dob: 3 12 1984", BIRTH),
    ],
)
def test_a_sign_of_a_patient_is_found(text: str, sign: Sign) -> None:
    assert sign in rules.signs(text, forms=FORMS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "How do I register our office?",
        "Our tax ID is 17-1234567 and the NPI 1234567893.",
        "Call (530) 555-0193, or 530-555-0193 x1234, or +1 530 555 0193.",
        "1-800-555-0142",
        "We moved to 12 Lake Street, Chico, CA 95928-1234.",
        "The remittance of 03/12/2026 has not arrived.",
        "Date of service 03/12/2026, check 1234567.",
        "Our licence is A123456.",
        "The page showed the reference 7KQ2M-8D3FT-9RWYZ-42.",
        "Since March 12, 2026 the eligibility page says that it is closed.",
        "The member number we were given does not work.",
        "Is the member ID printed on the card?",
        "Where do I find the 2026 manual, 23-346m?",
        "Our birthday greetings go out on Friday.",
        "Somebody was born in our clinic.",
    ],
)
def test_what_offices_write_about_is_let_through(text: str) -> None:
    assert rules.signs(text, forms=("NLH########", "NLH##########")) == ()


def test_every_sign_is_named_once_in_a_fixed_order() -> None:
    text = "DOB 03/12/1984, DOB 03/12/1985, 1EG4-TE5-MK73, NLH8842019301, 123-45-6789"
    assert rules.signs(text, forms=FORMS) == tuple(Sign)


def test_without_a_form_only_what_is_called_a_member_id_is_taken_for_one() -> None:
    assert rules.signs("NLH8842019301") == ()
    assert rules.signs("member id NLH8842019301") == (MEMBER,)


@pytest.mark.parametrize("hostile", ["1", "1-", "DOB ", "MEMBER ID ", "1EG4", "SSN ", " ", "1/", "JAN 1 "])
def test_a_hostile_text_is_read_in_no_time(hostile: str) -> None:
    text = (hostile * rules.LONGEST_TEXT)[: rules.LONGEST_TEXT]
    began = time.process_time()
    rules.signs(text, forms=FORMS)
    assert time.process_time() - began < 0.5


def test_the_table_and_the_rules_know_the_same_kinds_and_endings() -> None:
    assert set(models.Enquiry.Kind.values) == set(rules.Kind) == set(rules.DUE_AFTER)
    assert set(models.Enquiry.Ending.values) == set(rules.Ending)
