"""The elements of an 834's segments, typed and checked; an element that was not sent is empty or None.

`at` is the number of the segment in its interchange, for the reason of a row that cannot be read.
"""

import re
from datetime import date
from functools import lru_cache

from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.x12 import dates

Segment = list[str]
_OPEN_END = date(9999, 1, 1)
_is_plain_id = re.compile(r"[A-Z0-9]{2,80}").fullmatch


def text(segment: Segment, element: int, at: int, most: int) -> str:
    """The element without the spaces around it. Raises BadRow when it is longer than `most` characters."""
    value = segment[element].strip() if element < len(segment) else ""
    if len(value) > most:
        raise BadRow(ReadReason.VALUE_TOO_LONG, at, name_of(segment, element))
    return value


def code(segment: Segment, element: int, at: int, known: frozenset[str]) -> str:
    """The element, one of the codes `known`. Raises BadRow."""
    value = segment[element] if element < len(segment) else ""
    if value not in known:
        raise BadRow(ReadReason.VALUE_NOT_KNOWN, at, name_of(segment, element))
    return value


def member_id(segment: Segment, element: int, at: int) -> str:
    """A subscriber number or member ID in canonical form. Raises BadRow."""
    sent = segment[element] if element < len(segment) else ""
    if _is_plain_id(sent):
        return sent
    try:
        return identifiers.parse_member_id(sent)
    except BadIdentifier:
        raise BadRow(ReadReason.MEMBER_ID_FORMAT, at, name_of(segment, element)) from None


def day(segment: Segment, element: int, at: int) -> date:
    """A day as eight digits. Raises BadRow."""
    found = _d8(segment[element] if element < len(segment) else "")
    if found is None:
        raise BadRow(ReadReason.DATE_WRONG, at, name_of(segment, element))
    return found


def span(segment: Segment, at: int) -> tuple[date, date]:
    """First and last day of a DTP: one day twice, or both of an RD8. Raises BadRow."""
    if len(segment) > 3 and segment[2] == "D8":
        found = _d8(segment[3])
        if found is None:
            raise BadRow(ReadReason.DATE_WRONG, at, "DTP03")
        return found, found
    try:
        return dates.parse_span(*segment[2:4])
    except (dates.DateError, TypeError):
        raise BadRow(ReadReason.DATE_WRONG, at, "DTP03") from None


def end(last: date) -> date | None:
    """An end as kept: the year 9999 says that no end is known."""
    return None if last >= _OPEN_END else last


@lru_cache(maxsize=65_536)
def npi(sent: str) -> str:
    """The NPI; empty when it is none."""
    try:
        return identifiers.parse_npi(sent)
    except BadIdentifier:
        return ""


def ssn(sent: str, *, allow_demo: bool) -> str:
    """The nine digits; empty when no such number was ever issued."""
    try:
        return identifiers.parse_ssn(sent, allow_demo=allow_demo)
    except BadIdentifier:
        return ""


def tax_id(sent: str) -> str:
    """The nine digits; empty when it is no tax ID."""
    return sent if len(sent) == 9 and sent.isdigit() and sent.isascii() else ""


def name_of(segment: Segment, element: int) -> str:
    """An element as people name it: NM103."""
    return f"{segment[0]}{element:02d}"


@lru_cache(maxsize=65_536)
def _d8(sent: str) -> date | None:
    try:
        return dates.parse_d8(sent)
    except dates.DateError:
        return None
