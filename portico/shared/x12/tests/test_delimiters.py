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


@pytest.mark.parametrize(
    ("isa", "code", "element"),
    [
        pytest.param(files.ISA[:105], FaultCode.INTERCHANGE_HEADER_SHORT, None, id="short by one byte"),
        pytest.param(b"ISA", FaultCode.INTERCHANGE_HEADER_SHORT, None, id="the ID alone"),
        pytest.param(b"ISA*", FaultCode.INTERCHANGE_HEADER_SHORT, None, id="the ID and a separator"),
        pytest.param(
            files.ISA.replace(b"CORE           ", b"CORE"),
            FaultCode.INTERCHANGE_HEADER_WIDTH,
            8,
            id="a receiver without padding",
        ),
        pytest.param(b"ISA" + b" " * 103, FaultCode.INTERCHANGE_HEADER_WIDTH, 1, id="spaces"),
        pytest.param(
            files.ISA.replace(b"*00501*", b"*005010*"),
            FaultCode.INTERCHANGE_HEADER_WIDTH,
            12,
            id="a wide version",
        ),
        pytest.param(
            files.ISA.replace(b"NORTHLAKE ", b"NORTH*LAKE"),
            FaultCode.INTERCHANGE_HEADER_WIDTH,
            6,
            id="a separator",
        ),
        pytest.param(
            files.ISA.replace(b"^", b"*"), FaultCode.INTERCHANGE_HEADER_WIDTH, 11, id="element = repetition"
        ),
        pytest.param(
            files.ISA.replace(b":~", b"*~"), FaultCode.DELIMITER_REUSED, None, id="element = component"
        ),
        pytest.param(
            files.ISA.replace(b":~", b":*"), FaultCode.DELIMITER_REUSED, None, id="element = terminator"
        ),
        pytest.param(
            files.ISA.replace(b"^", b"~"), FaultCode.DELIMITER_REUSED, None, id="repetition = terminator"
        ),
        pytest.param(
            files.ISA.replace(b"^", b":"), FaultCode.DELIMITER_REUSED, None, id="repetition = component"
        ),
        pytest.param(
            files.ISA.replace(b"CORE ", b"CORE~"), FaultCode.DELIMITER_REUSED, None, id="a terminator inside"
        ),
        pytest.param(files.ISA.replace(b"~", b"E"), FaultCode.DELIMITER_NOT_ALLOWED, None, id="a letter"),
        pytest.param(files.ISA.replace(b"~", b" "), FaultCode.DELIMITER_NOT_ALLOWED, None, id="a space"),
        pytest.param(files.ISA.replace(b"~", b"\x00"), FaultCode.DELIMITER_NOT_ALLOWED, None, id="NUL"),
        pytest.param(
            files.ISA.replace(b"~", b"\xa7"), FaultCode.DELIMITER_NOT_ALLOWED, None, id="beyond ASCII"
        ),
        pytest.param(files.ISA.replace(b"^", b"\n"), FaultCode.DELIMITER_NOT_ALLOWED, None, id="LF repeats"),
    ],
)
def test_an_isa_that_cannot_be_right_is_refused(isa: bytes, code: FaultCode, element: int | None) -> None:
    with pytest.raises(X12Error) as caught:
        delimiters.detect(isa[: delimiters.ISA_BYTES], interchange=2)
    fault = caught.value.fault
    assert (fault.code, fault.element) == (code, element)
    assert (fault.segment_number, fault.segment_id, fault.interchange) == (1, "ISA", 2)


@pytest.mark.parametrize(
    "characters",
    [("*", "*", ":", "~"), ("a", "^", ":", "~"), ("**", "^", ":", "~"), ("", "^", ":", "~"), ("\r",)],
)
def test_delimiters_that_cannot_delimit_are_not_made(characters: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="delimit"):
        Delimiters(*characters)
