"""The elements of an 837's segments; what was not sent, or cannot be read, is empty or None.

Nothing is told of what cannot be read: the guide tells.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from portico.shared.x12 import dates
from portico.shared.x12.delimiters import Delimiters

_AMOUNT = re.compile(r"-?(?:[0-9]{1,12}(?:\.[0-9]{0,2}0*)?|\.[0-9]{1,2}0*)")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,3}0*)?|\.[0-9]{1,3}0*")


def text(segment: list[str], element: int) -> str:
    """The element without the spaces around it."""
    return segment[element].strip() if element < len(segment) else ""


def parts(segment: list[str], element: int, delimiters: Delimiters, count: int) -> list[str]:
    """The first `count` components of the element."""
    found = delimiters.components(segment[element]) if element < len(segment) else []
    return [*(part.strip() for part in found), *("",) * count][:count]


def amount(value: str) -> Decimal | None:
    """An amount of dollars and cents."""
    return Decimal(value) if _AMOUNT.fullmatch(value) else None


def number(value: str) -> Decimal | None:
    """A quantity from zero, with three decimal places at most."""
    return Decimal(value) if _NUMBER.fullmatch(value) else None


def whole(value: str) -> int:
    """A whole number; 0 for none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 7 else 0


@lru_cache(maxsize=65_536)
def day(value: str) -> date | None:
    """A day as eight digits."""
    try:
        return dates.parse_d8(value)
    except dates.DateError:
        return None


def days(segment: list[str]) -> tuple[date | None, date | None]:
    """First and last day of a DTP: one day twice, or both of an RD8; none of a time."""
    kind, value = text(segment, 2), text(segment, 3)
    if kind == "D8":
        return day(value), day(value)
    if kind == "DT":
        return day(value[:8]), day(value[:8])
    first, dash, last = value.partition("-")
    return (day(first), day(last)) if kind == "RD8" and dash else (None, None)


def digits(value: str) -> str:
    """The nine digits of a tax ID that may be sent with hyphens; empty when it is none."""
    found = value.replace("-", "")
    return found if len(found) == 9 and found.isascii() and found.isdecimal() else ""
