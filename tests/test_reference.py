"""The generated pages of the reference say what the code says."""

import pytest

from portico.domains.members.asked import NoAnswer
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from portico.edges.x12 import codes_of_faults as codes
from portico.edges.x12.connectivity.vocabulary import ErrorCode
from portico.edges.x12.eligibility.refusals import Problem
from portico.shared.x12.grammar_faults import ElementCode, SegmentCode
from tools import companion_example, reference, reference_of_functions, reference_of_settings
from tools import companion_words as words

pytestmark = pytest.mark.django_db  # an example is asked and answered

NAMES = (
    "companion-270-271.md",
    "companion-276-277.md",
    "companion-278.md",
    "functions.md",
    "reasons.md",
    "settings.md",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_the_code_says(name: str) -> None:
    kept = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert kept == reference.pages()[name], "run `make reference`"


def test_every_page_is_compared() -> None:
    assert set(NAMES) == set(reference.pages())


def test_every_function_and_every_reason_has_its_row() -> None:
    pages = reference.pages()
    assert all(f"| `{function}` |" in pages["functions.md"] for function in Function)
    assert all(f"| `{reason}` |" in pages["reasons.md"] for reason in Reason)
    assert set(reference_of_functions.MEANS) == set(Function)


def test_every_reason_and_every_missing_answer_is_told_at_each_door() -> None:
    page = reference.pages()["reasons.md"]
    assert all(page.count(f"\n| `{reason}` |") == 2 for reason in Reason)
    assert all(page.count(f"\n| `{code}` |") == 1 for code in (*NoAnswer, *Problem))


def test_every_code_of_an_acknowledgement_has_words_and_no_other() -> None:
    noted = {codes.NO_ERROR, codes.VERSION_OF_CONTROLS, codes.UNKNOWN_RECEIVER}
    noted |= {codes.TERMINATOR, codes.ELEMENT_SEPARATOR}
    assert set(words.INTERCHANGE) == noted | {*codes._NOTES.values(), *codes.NOTES_OF_ISA.values()}
    assert set(words.GROUP) == {*codes._OF_GROUPS.values(), *codes._OF_GROUP_HEADERS.values()}
    of_sets = {codes.NOT_IN_GROUP, codes.REFERENCE_MISSING, codes.REFERENCE_NOT_SUPPORTED}
    of_sets |= {codes.SEGMENTS_IN_ERROR, codes.SEGMENTS_IN_ERROR_BY_GUIDE}
    assert set(words.SET) == of_sets | {*codes._OF_SETS.values(), *codes._OF_SET_HEADERS.values()}
    assert set(words.SEGMENT) == set(SegmentCode)
    assert set(words.ELEMENT) == set(ElementCode)
    assert set(words.ENVELOPE) >= set(ErrorCode)


def test_the_example_is_answered_with_benefits_and_echoes_the_trace() -> None:
    asked, answered = companion_example.made()
    assert "TRN*1*93175-012547*9877281234~" in asked
    assert "TRN*2*93175-012547*9877281234~" in answered
    assert "EB*1**30*HM*HMO Gold~" in answered
    assert "AAA" not in answered


def test_every_variable_is_explained_and_none_that_is_not_read() -> None:
    read = [reading.name for reading in reference_of_settings.readings()]
    assert len(read) == len(set(read))
    assert set(read) == set(reference_of_settings.MEANS)


def test_the_keys_are_those_the_settings_read() -> None:
    from portico.config import keys
    from portico.edges.cli import keys_command

    assert keys._NAMES == keys_command.NAMES
