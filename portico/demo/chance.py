"""Draws that are the same for ever: one named stream for each thing that is drawn.

Only `Random.random` is used, whose sequence Python promises to keep between versions.
"""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """A stream of draws that depends on nothing but its key."""

    __slots__ = ("random",)

    def __init__(self, *key: object) -> None:
        self.random = Random("/".join(map(str, key))).random

    def below(self, n: int) -> int:
        """A whole number from 0 to `n` - 1."""
        return int(self.random() * n)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        """Does something of this probability happen this time?"""
        return self.random() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely."""
        return choices[int(self.random() * len(choices))]


class Weighted(Generic[T]):
    """Choices that are not equally likely; the weights need not add up to anything."""

    __slots__ = ("_choices", "_reach", "_total")

    def __init__(self, choices: Sequence[tuple[T, float]]) -> None:
        self._choices = [choice for choice, _ in choices]
        self._reach = list(accumulate(weight for _, weight in choices))[:-1]
        self._total = sum(weight for _, weight in choices)

    def pick(self, chance: Chance) -> T:
        """One of the choices, by weight."""
        return self._choices[bisect(self._reach, chance.random() * self._total)]
