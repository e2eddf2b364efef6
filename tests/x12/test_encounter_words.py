"""Every edit has a status for systems and words for people; every code of the 999 and TA1 has words too."""

import pytest

from portico.domains.claims.edits.codes import Code
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import mend_fields
from portico.domains.encounters.tests import sending
from portico.edges.web.encounters import edit_words, field_words, file_words
from portico.edges.x12.encounters import statuses
from portico.edges.x12.encounters.accounts import Status
from portico.shared.x12.grammar_faults import ElementCode, SegmentCode


@pytest.mark.parametrize("code", list(Code))
def test_each_edit_has_a_status_and_words(code: Code) -> None:
    assert statuses.STATUSES[code].category in ("A3", "A6", "A7", "A8")
    said = edit_words.WORDS[code]
    assert said.why.endswith(".")
    assert said.todo.endswith(".")


@pytest.mark.parametrize(
    "code",
    [
        *(f"ik304_{code}" for code in SegmentCode if code is not SegmentCode.HAS_ELEMENT_FAULTS),
        *(f"ik403_{code}" for code in ElementCode),
        *(f"ak905_{code}" for code in ("1", "2", "3", "4", "5", "6", "19")),
        *(f"ik502_{code}" for code in ("2", "3", "4", "6", "7", "18", "19", "23", "I6")),
        *(f"ta1_{number:03}" for number in range(1, 28)),
    ],
)
def test_each_code_of_an_acknowledgement_has_words(code: str) -> None:
    said = file_words.of_edit(code)
    assert said.why.endswith(".")
    assert said.todo.endswith(".")


def test_an_edit_about_a_provider_names_which_one() -> None:
    (billing,) = statuses.of_edits([(Code.NPI_FORM, "billing.npi")])
    (rendering,) = statuses.of_edits([(Code.NPI_FORM, "services.2.rendering.npi")])
    assert (billing, rendering) == (Status("A7", "562", "85"), Status("A7", "562", "82"))


def test_a_facility_is_a_place_or_a_type_of_bill() -> None:
    edits = [(Code.FACILITY_FORM, "facility")]
    assert statuses.of_edits(edits) == (Status("A7", "249"),)
    assert statuses.of_edits(edits, is_institutional=True) == (Status("A7", "228"),)


def test_the_same_status_is_said_once_and_an_unknown_edit_is_said_too() -> None:
    twice = [(Code.PROCEDURE_FORM, "services.1.code"), (Code.PROCEDURE_FORM, "services.2.code")]
    assert statuses.of_edits(twice) == (Status("A7", "454"),)
    assert statuses.of_edits([("of tomorrow", "")]) == (Status("A3", "21"),)


@pytest.mark.parametrize("claim", [sending.a_claim(), sending.a_stay()], ids=["visit", "stay"])
def test_every_field_that_may_be_mended_is_called_something(claim: SentClaim) -> None:
    for field in mend_fields.fields(claim):
        assert field_words.label(field.name)
        assert field_words.part(field.name)
