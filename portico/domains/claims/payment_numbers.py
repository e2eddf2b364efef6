"""Numbers of checks and transfers as banks and people write them. Pure."""

from typing import Final

LONGEST: Final = 50


def canonical(typed: str) -> str:
    """The number as it is shown again: capitals, without blanks."""
    return "".join(typed.split()).upper()


def key(typed: str) -> str:
    """The same text for every way of writing one number: a bank adds or drops zeros in front of digits.

    No longer than LONGEST, though some letters become two as capitals.
    """
    number = canonical(typed)
    return number.lstrip("0") or "0" if number.isdecimal() else number[:LONGEST]
