"""The plan's numbers of requests: the letter A and nine digits, the last a check (Damm's).

Every mistyped digit and every swap of two neighbours is noticed. Numbers are drawn, not counted: one says
nothing of how many there are, nor what the next one is.
"""

import re
import secrets
from collections.abc import Callable

from portico.shared.identifiers import BadIdentifier

_BODY = 8
_SHAPE = re.compile(r"A[0-9]{9}")
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new(is_taken: Callable[[str], bool]) -> str:
    """A number that nobody has yet; `is_taken` is asked of each that is drawn."""
    while True:
        number = of("".join(secrets.choice("0123456789") for _ in range(_BODY)))
        if not is_taken(number):
            return number


def of(body: str) -> str:
    """The number that eight digits make with their check."""
    return f"A{body}{_check(body)}"


def parse(text: str) -> str:
    """What was typed or sent as a number, in canonical form: upper case, without spaces and dashes.

    Raises BadIdentifier when it is no such number or was mistyped.
    """
    number = re.sub(r"[\s\-]", "", text).upper()
    if not _SHAPE.fullmatch(number):
        raise BadIdentifier("authorization_number_format", "An authorization number is A and nine digits.")
    if _check(number[1:]) != 0:
        raise BadIdentifier(
            "authorization_number_check", "This authorization number was mistyped. Check each digit."
        )
    return number


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim
