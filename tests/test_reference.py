"""The generated pages of the reference say what the code says."""

import pytest

from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from tools import reference, reference_of_functions, reference_of_settings

NAMES = ("functions.md", "reasons.md", "settings.md")


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


def test_every_variable_is_explained_and_none_that_is_not_read() -> None:
    read = [reading.name for reading in reference_of_settings.readings()]
    assert len(read) == len(set(read))
    assert set(read) == set(reference_of_settings.MEANS)


def test_the_keys_are_those_the_settings_read() -> None:
    from portico.config import keys
    from portico.edges.cli import keys_command

    assert keys._NAMES == keys_command.NAMES
