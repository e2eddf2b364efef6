"""Multipart bodies: cut as they are, bounded, and refused where they are not whole."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.edges.x12.connectivity import multiparts
from portico.edges.x12.connectivity.refusals import Refused

B = "b0undary"


def whole(*parts: bytes, end: str = "\r\n") -> bytes:
    """A body of these parts, each with its headers."""
    line_end = end.encode()
    return b"".join(b"--" + B.encode() + line_end + part + line_end for part in parts) + f"--{B}--".encode()


def contents(body: bytes) -> list[bytes]:
    return [part.content for part in multiparts.cut(body, B)]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_parts_are_cut_at_their_boundaries(end: str) -> None:
    head = f'Content-Disposition: form-data; name="a"{end}{end}'.encode()
    body = whole(head + b"one", head + b"two" + end.encode() + b"lines", end=end)
    assert contents(body) == [b"one", b"two" + end.encode() + b"lines"]


@given(st.lists(st.binary(max_size=60).filter(lambda each: B.encode() not in each), max_size=5))
def test_what_is_written_is_read_back(parts: list[bytes]) -> None:
    assert (
        contents(whole(*(b"X-A: b\r\n\r\n" + part for part in parts)) if parts else f"--{B}--".encode())
        == parts
    )


def test_headers_are_read_by_lower_case_name_and_may_be_folded() -> None:
    (part,) = multiparts.cut(whole(b"Content-Disposition: form-data;\r\n name=Payload\r\nX-A:b\r\n\r\nx"), B)
    assert part.header("content-disposition") == ("form-data", {"name": "Payload"})
    assert part.headers["x-a"] == "b"


def test_a_boundary_inside_a_line_or_longer_than_ours_is_content() -> None:
    text = b"x --b0undary y\r\n--b0undary2\r\n--b0undar"
    assert contents(whole(b"\r\n" + text)) == [text]


def test_what_stands_before_the_first_boundary_does_not_count() -> None:
    assert contents(b"nothing of interest\r\n" + whole(b"\r\nx")) == [b"x"]


def test_a_part_without_anything_is_empty() -> None:
    assert contents(whole(b"X-A: b\r\n\r\n", b"")) == [b"", b""]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b0undary",
        b"--b0undary\r\n\r\nx",
        b"--b0undary\r\n\r\nx\r\n--b0undary",
        b"--b0undary\r\n\r\nx\r\n--b0undary junk\r\n\r\n\r\n--b0undary--",
        whole(b"no colon\r\n\r\nx"),
        whole(b"X-A: 1\r\nX-A: 2\r\n\r\nx"),
        whole(b"b\xffd: 1\r\n\r\nx"),
        whole(b"X-A: " + b"y" * 5000 + b"\r\n\r\nx"),
        whole(b"".join(b"X-%d: y\r\n" % number for number in range(20)) + b"\r\nx"),
        whole(*[b"\r\nx"] * 40),
    ],
)
def test_what_is_not_whole_or_too_much_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        contents(body)
    assert refused.value.status == 400


@pytest.mark.parametrize("boundary", ["", "x" * 71, "a\r\nb", "ends with a blank ", "umlaut ä"])
def test_what_cannot_be_a_boundary_is_refused(boundary: str) -> None:
    with pytest.raises(Refused):
        multiparts.cut(b"--x--", boundary)


def test_time_is_linear_in_the_size() -> None:
    almost = b"\n--b0undar" * 1_500_000
    began = time.perf_counter()
    assert contents(whole(b"\r\n" + almost)) == [almost]
    assert time.perf_counter() - began < 2
