"""A multipart body cut into its parts; parts inside parts are left as they are.

Lines end with CRLF; clients that end them with LF alone are read too. Everything is bounded, and the time is
linear in the size of the body.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import parse_header_parameters

from portico.edges.x12.connectivity.refusals import Refused

MOST_PARTS = 32
MOST_HEADER_BYTES = 4096
MOST_HEADERS = 16
_BOUNDARY = re.compile(r"[A-Za-z0-9'()+_,\-./:=? ]{0,69}[A-Za-z0-9'()+_,\-./:=?]")
_NAME = re.compile(rb"[A-Za-z0-9-]{1,60}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers by lower-case name, and its bytes."""

    headers: Mapping[str, str]
    content: bytes

    def header(self, name: str) -> tuple[str, Mapping[str, str]]:
        """The value of a header and its parameters, both in lower case where case does not matter."""
        return parameters(self.headers.get(name, ""))


def parameters(header: str) -> tuple[str, Mapping[str, str]]:
    """The value of a header such as Content-Type, and its parameters by lower-case name. Raises Refused."""
    try:
        value, given = parse_header_parameters(header)
    except (ValueError, LookupError):
        raise Refused(400, "A header cannot be read.") from None
    return value, {name.lower(): text for name, text in given.items()}


def cut(body: bytes, boundary: str) -> list[Part]:
    """The parts, in order. Raises Refused (400) where they are not whole, or are too many."""
    if not _BOUNDARY.fullmatch(boundary):
        raise Refused(400, "The boundary in the Content-Type cannot be one.")
    delimiter = b"--" + boundary.encode("ascii")
    place = _first(body, delimiter)
    parts: list[Part] = []
    while True:
        after = place + len(delimiter)
        if body.startswith(b"--", after):
            return parts
        if len(parts) == MOST_PARTS:
            raise Refused(400, f"The body has more than {MOST_PARTS} parts.")
        begin = _end_of_line(body, after)
        place = _next(body, delimiter, begin)
        parts.append(_part(body, begin, _before_line_end(body, place)))


def _first(body: bytes, delimiter: bytes) -> int:
    if body.startswith(delimiter):
        return 0
    return _next(body, delimiter, 0)


def _next(body: bytes, delimiter: bytes, begin: int) -> int:
    """Where the next line begins that starts with the delimiter."""
    at = max(begin - 1, 0)
    while (at := body.find(b"\n" + delimiter, at)) >= 0:
        after = at + 1 + len(delimiter)
        if body[after : after + 1] in (b"", b"\r", b"\n", b"-", b" ", b"\t"):
            return at + 1
        at = after
    raise Refused(400, "The body is not whole: the boundary that ends it is missing.")


def _end_of_line(body: bytes, at: int) -> int:
    end = body.find(b"\n", at, at + 80)
    if end < 0 or body[at:end].strip():
        raise Refused(400, "Something stands behind a boundary.")
    return end + 1


def _before_line_end(body: bytes, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    return at - 2 if body[at - 2 : at] == b"\r\n" else at - 1


def _part(body: bytes, begin: int, end: int) -> Part:
    if end < begin:  # nothing at all, not even the line end behind the headers
        return Part({}, b"")
    headers: dict[str, str] = {}
    at, limit = begin, begin + MOST_HEADER_BYTES
    while True:
        line_end = body.find(b"\n", at, min(limit, end + 2))
        if line_end < 0 or len(headers) > MOST_HEADERS:
            raise Refused(400, "The headers of a part do not end, or are too long.")
        line = body[at:line_end].rstrip(b"\r")
        at = line_end + 1
        if not line:
            return Part(headers, body[at : max(at, end)])
        _read_header(line, headers)


def _read_header(line: bytes, headers: dict[str, str]) -> None:
    if line[:1] in b" \t" and headers:
        last = next(reversed(headers))
        headers[last] += " " + line.strip().decode("latin-1")
        return
    name, colon, value = line.partition(b":")
    key = name.decode("latin-1").lower()
    if not colon or not _NAME.fullmatch(name) or key in headers:
        raise Refused(400, "A part has a header that cannot be read, or one twice.")
    headers[key] = value.strip().decode("latin-1")
