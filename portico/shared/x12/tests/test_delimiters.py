"""Finding the delimiters in an ISA, and refusing those that cannot delimit."""

import pytest

from portico.shared.x12 import delimiters
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import FaultCode, X12Error
from portico.shared.x12.tests import files


def test_delimiters_come_from_the_isa() -> None:
    assert delimiters.detect(files.ISA) == Delimiters("*", "^", ":", "~")
    other = files.delimited(files.ISA, b"|", b"!", b">", b"\n")
    assert delimiters.detect(other) == Delimiters("|", "!", ">", "\n")
    controls = files.delimited(files.ISA, b"\x1d", b"\x1f", b"\x1e", b"\x1c")
    assert delimiters.detect(controls) == Delimiters("\x1d", "\x1f", "\x1e", "\x1c")


def test_the_letter_u_means_nothing_repeats() -> None:
    found = delimiters.detect(files.ISA_AS_U)
    assert found.repetition is None
    assert found.repeats("1^33") == ["1^33"]


def test_repeats_and_components_are_split() -> None:
    assert delimiters.STANDARD.repeats("1^33^AL") == ["1", "33", "AL"]
    assert delimiters.STANDARD.components("AD:99213::25") == ["AD", "99213", "", "25"]
    assert delimiters.STANDARD.components("") == [""]


SHORT, WIDTH = FaultCode.INTERCHANGE_HEADER_SHORT, FaultCode.INTERCHANGE_HEADER_WIDTH
REUSED, NOT_ALLOWED = FaultCode.DELIMITER_REUSED, FaultCode.DELIMITER_NOT_ALLOWED
WRONG: dict[str, tuple[bytes, FaultCode, int | None]] = {
    "short by one byte": (files.ISA[:105], SHORT, None),
    "the ID alone": (b"ISA", SHORT, None),
    "the ID and a separator": (b"ISA*", SHORT, None),
    "a receiver without padding": (files.ISA.replace(b"CORE           ", b"CORE") + files.GS, WIDTH, 8),
    "spaces": (b"ISA" + b" " * 103, WIDTH, 1),
    "no separator again": (b"ISA*" + b"x" * 102, WIDTH, 1),
    "a wide version": (files.ISA.replace(b"*00501*", b"*005010*"), WIDTH, 12),
    "a separator in a value": (files.ISA.replace(b"NORTHLAKE ", b"NORTH*LAKE"), WIDTH, 6),
    "element is repetition": (files.ISA.replace(b"^", b"*"), WIDTH, 11),
    "element is component": (files.ISA.replace(b":~", b"*~"), REUSED, None),
    "element is terminator": (files.ISA.replace(b":~", b":*"), REUSED, None),
    "repetition is terminator": (files.ISA.replace(b"^", b"~"), REUSED, None),
    "repetition is component": (files.ISA.replace(b"^", b":"), REUSED, None),
    "a terminator in a value": (files.ISA.replace(b"CORE ", b"CORE~"), REUSED, None),
    "a letter": (files.ISA.replace(b"~", b"E"), NOT_ALLOWED, None),
    "a space": (files.ISA.replace(b"~", b" "), NOT_ALLOWED, None),
    "NUL": (files.ISA.replace(b"~", b"\x00"), NOT_ALLOWED, None),
    "beyond ASCII": (files.ISA.replace(b"~", b"\xa7"), NOT_ALLOWED, None),
    "a line end that repeats": (files.ISA.replace(b"^", b"\n"), NOT_ALLOWED, None),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_isa_that_cannot_be_right_is_refused(name: str) -> None:
    isa, code, element = WRONG[name]
    with pytest.raises(X12Error) as caught:
        delimiters.detect(isa[: delimiters.ISA_BYTES], interchange=2)
    fault = caught.value.fault
    assert (fault.code, fault.element) == (code, element)
    assert (fault.segment_number, fault.segment_id, fault.interchange) == (1, "ISA", 2)


UNFIT = [("*", "*", ":", "~"), ("a", "^", ":", "~"), ("**", "^", ":", "~"), ("", "^", ":", "~"), ("\r",)]


UNFIT = [("*", "*", ":", "~"), ("a", "^", ":", "~"), ("**", "^", ":", "~"), ("", "^", ":", "~"), ("\r",)]


@pytest.mark.parametrize("characters", UNFIT)
def test_delimiters_that_cannot_delimit_are_not_made(characters: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="delimit"):
        Delimiters(*characters)
