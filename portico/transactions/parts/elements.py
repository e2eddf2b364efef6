"""The elements of a segment, typed and checked; one that was not sent is empty or None.

`at` is the number of the segment in its interchange, for the reason of what cannot be read.
"""

import re
from collections.abc import Container
from datetime import date
from decimal import Decimal
from functools import lru_cache

from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.x12 import dates
from portico.transactions.parts.misread import Misread, MisreadReason

Segment = list[str]
MOST_DOLLARS = 12
_is_amount = re.compile(rf"-?(?:\d{{1,{MOST_DOLLARS}}}(?:\.\d{{0,2}}0*)?|\.\d{{1,2}}0*)", re.ASCII).fullmatch
_is_quantity = re.compile(r"-?(?:\d{1,9}(?:\.\d{0,3}0*)?|\.\d{1,3}0*)", re.ASCII).fullmatch
_is_tax_id = re.compile(r"\d{9}", re.ASCII).fullmatch
_CENT = Decimal("0.01")


def text(segment: Segment, element: int, at: int, most: int) -> str:
    """The element without the spaces around it. Raises Misread when it is longer than `most` characters."""
    value = segment[element].strip() if element < len(segment) else ""
    if len(value) > most:
        raise Misread(MisreadReason.VALUE_TOO_LONG, at, name_of(segment, element))
    return value


def needed(segment: Segment, element: int, at: int, most: int) -> str:
    """The same of an element that has to be there. Raises Misread."""
    value = text(segment, element, at, most)
    if not value:
        raise Misread(MisreadReason.VALUE_MISSING, at, name_of(segment, element))
    return value


def code(segment: Segment, element: int, at: int, known: Container[str]) -> str:
    """The element, one of the codes `known`. Raises Misread."""
    value = segment[element] if element < len(segment) else ""
    if value not in known:
        raise Misread(MisreadReason.VALUE_NOT_KNOWN, at, name_of(segment, element))
    return value


def amount(segment: Segment, element: int, at: int) -> Decimal | None:
    """Dollars with two places; None where nothing was sent. Raises Misread for fractions of a cent."""
    value = segment[element].strip() if element < len(segment) else ""
    if not value:
        return None
    found = _dollars(value)
    if found is None:
        raise Misread(MisreadReason.AMOUNT_WRONG, at, name_of(segment, element))
    return found


def needed_amount(segment: Segment, element: int, at: int) -> Decimal:
    """The same of an amount that has to be there. Raises Misread."""
    found = amount(segment, element, at)
    if found is None:
        raise Misread(MisreadReason.VALUE_MISSING, at, name_of(segment, element))
    return found


def quantity(segment: Segment, element: int, at: int) -> Decimal | None:
    """How many, to three places; None where nothing was sent. Raises Misread."""
    value = segment[element].strip() if element < len(segment) else ""
    if not value:
        return None
    if not _is_quantity(value):
        raise Misread(MisreadReason.AMOUNT_WRONG, at, name_of(segment, element))
    return Decimal(value)


def day(segment: Segment, element: int, at: int) -> date:
    """A day as eight digits, which has to be there. Raises Misread."""
    found = _d8(needed(segment, element, at, 35))
    if found is None:
        raise Misread(MisreadReason.DATE_WRONG, at, name_of(segment, element))
    return found


def tax_id(segment: Segment, element: int, at: int) -> str:
    """Nine digits; a hyphen among them is left out. Raises Misread."""
    value = segment[element].strip().replace("-", "") if element < len(segment) else ""
    if not _is_tax_id(value):
        raise Misread(MisreadReason.IDENTIFIER_WRONG, at, name_of(segment, element))
    return value


@lru_cache(maxsize=65_536)
def npi(sent: str) -> str:
    """The NPI; empty when it is none."""
    try:
        return identifiers.parse_npi(sent)
    except BadIdentifier:
        return ""


def name_of(segment: Segment, element: int) -> str:
    """An element as people name it: NM103."""
    return f"{segment[0]}{element:02d}"


@lru_cache(maxsize=65_536)
def _dollars(sent: str) -> Decimal | None:
    return Decimal(sent).quantize(_CENT) if _is_amount(sent) else None


@lru_cache(maxsize=65_536)
def _d8(sent: str) -> date | None:
    try:
        return dates.parse_d8(sent)
    except dates.DateError:
        return None
