"""What somebody meant who typed a word that stands nowhere in the library.

The nearest word that does stand there: one slip (a letter too many, too few, wrong, or two in turn) in a
short word, two in a long one; the more often a word stands there, the likelier it was meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

SHORTEST: Final = 4
LONG: Final = 8
ENDINGS: Final = 6
"""How many words that begin so are looked for besides."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the library, and in how many documents each stands; by first letter for quick looking."""

    counts: Mapping[str, int]
    _by_first: Mapping[str, Sequence[tuple[str, frozenset[str]]]] = field(repr=False)

    @classmethod
    def of(cls, counts: Iterable[tuple[str, int]]) -> "Words":
        """Words that are written with letters can be mistyped; numbers stand for themselves."""
        by_first: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        known = dict(counts)
        for word in known:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                by_first[word[0]].append((word, frozenset(word)))
        return cls(known, by_first)

    def beginning(self, word: str) -> tuple[str, ...]:
        """The words that begin so, the most frequent first; not the word itself."""
        if len(word) < 2:
            return ()
        found = [
            each for each, _ in self._by_first.get(word[0], ()) if each.startswith(word) and each != word
        ]
        return tuple(sorted(found, key=lambda each: -self.counts[each])[:ENDINGS])

    def meant(self, word: str) -> str:
        """The word that was meant; "" where none is near enough, or the word stands there."""
        if word in self.counts or len(word) < SHORTEST or not word.isalpha():
            return ""
        own = self._nearest(word, self._by_first.get(word[0], ()))
        if own:
            return own
        return self._begun_otherwise(word)

    def _begun_otherwise(self, word: str) -> str:
        """The most frequent word with another first letter that is one slip away: the slip is there."""
        firsts = [first for first in self._by_first if first != word[0]]
        near = {word[1:], f"{word[1]}{word[0]}{word[2:]}"}
        near.update(f"{first}{rest}" for first in firsts for rest in (word, word[1:]))
        found = [each for each in near if each in self.counts and each[0] in firsts]
        long_enough = [each for each in found if len(each) >= SHORTEST - 1]
        return max(long_enough, key=lambda each: (self.counts[each], each), default="")

    def _nearest(self, word: str, among: Sequence[tuple[str, frozenset[str]]]) -> str:
        most = 2 if len(word) >= LONG else 1
        letters, best, meant = frozenset(word), (most + 1, 0), ""
        for each, own in among:
            if abs(len(each) - len(word)) > most or len(letters ^ own) > 2 * most:
                continue
            slips = distance(word, each, most)
            if slips <= most and (slips, -self.counts[each]) < best:
                best, meant = (slips, -self.counts[each]), each
        return meant


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words; more than `most` is answered as `most` + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
