"""Which of equally good matches goes first: what is newer, and what people mostly look for. Pure.

Small factors: a better match of the words goes before all of them.
"""

from collections.abc import Mapping
from math import exp
from typing import Final

KINDS: Final[Mapping[str, int]] = {
    "manual": 106,
    "help": 100,
    "form": 100,
    "contact": 100,
    "update": 100,
    "letter": 97,
    "guideline": 100,
    "resource": 97,
}
NEW: Final = 0.08
_YEAR: Final = 365.0


def percent(kind: str) -> int:
    """What a kind weighs, 100 being what most weigh."""
    return KINDS.get(kind, 100)


def weighed(score: float, *, percent: int, age: int) -> float:
    """The score with what its kind and its age in days add: up to 8 % for new ones, later nearly none."""
    return score * percent / 100 * (1 + NEW * exp(-max(0, age) / _YEAR))
