"""Numbers of checks and transfers as banks and people write them. Pure."""

from typing import Final

LONGEST: Final = 50
_WIDTHS: Final = range(6, 16)


def canonical(typed: str) -> str:
    """The number as it is kept: capitals, without blanks."""
    return "".join(typed.split()).upper()


def spellings(typed: str) -> tuple[str, ...]:
    """Every way the plan may have written the number; a bank adds or drops zeros in front of digits."""
    number = canonical(typed)
    plain = "".join(typed.split())
    if not number.isdecimal():
        return tuple(dict.fromkeys((number, plain)))
    bare = number.lstrip("0") or "0"
    return tuple(dict.fromkeys((number, bare, *(bare.zfill(width) for width in _WIDTHS))))
