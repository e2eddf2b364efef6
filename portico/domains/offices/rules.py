"""What decides about offices: which of a provider's affiliations speaks for a day, what a key is. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.shared.periods import Period

LONGEST_KEY: Final = 60
_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_SIGN_OF_A_KEY: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_MADE: Final = 50
_NAMELESS: Final = "office"


@dataclass(frozen=True, slots=True)
class Affiliated:
    """An affiliation, as far as it decides."""

    tax_id: str
    period: Period


def speaking(affiliations: Sequence[Affiliated], *, tax_id: str, on: date) -> int | None:
    """The place of the affiliation that says where the provider practises under `tax_id` on a day.

    One in force goes before one that is over or yet to come, then the latest start. An empty tax ID stands
    for any; a tax ID the provider never billed under has none.
    """
    places = [place for place, one in enumerate(affiliations) if tax_id in ("", one.tax_id)]
    return max(places, key=lambda place: _weight(affiliations[place].period, on), default=None)


def is_key(text: str) -> bool:
    """Can this be an office's key: small letters and digits, with single dashes between them?"""
    return len(text) <= LONGEST_KEY and _KEY.fullmatch(text) is not None


def key_of(name: str) -> str:
    """The key that an office's name makes: accents and signs left out, and room for a number behind it."""
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return _NO_SIGN_OF_A_KEY.sub("-", bare).strip("-")[:_LONGEST_MADE].strip("-") or _NAMELESS


def _weight(period: Period, on: date) -> tuple[bool, bool, int]:
    return period.holds(on), period.first <= on, period.first.toordinal()
