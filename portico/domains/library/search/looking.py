"""One look into the index: the answers of a page in their order, how many there are of what, by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import log
from typing import Any, Final

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from portico.domains.library.search import hits, matching, ranking
from portico.domains.library.search.asked import DIMENSIONS, FURTHEST_PAGE, PAGE, Asked, Counted, Hit
from portico.domains.library.search.marks import Marker
from portico.domains.library.search.matching import Narrowed
from portico.domains.library.search.phrasing import Phrasing

WEIGHED: Final = 60
"""How many of the best matches are weighed by kind and age too."""
FEW: Final = PAGE
"""Fewer answers than these that have most of the words are followed by those that have some."""
_NEAR: Final = 5
_MOST_CODES: Final = 300


@dataclass(frozen=True, slots=True)
class ByNumber:
    """What the number that was asked for led to."""

    exact: Hit | None = None
    exact_elsewhere: Hit | None = None
    near: tuple[Hit, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Did it lead nowhere?"""
        return self == ByNumber()

    def fields(self) -> dict[str, Any]:
        """As the fields of what was found."""
        return {"exact": self.exact, "exact_elsewhere": self.exact_elsewhere, "near": self.near}


@dataclass(frozen=True)
class Look:
    """What is asked, narrowed to what, and how its words are looked for; `numbers` stand in the question."""

    searcher: Searcher
    asked: Asked
    to: Narrowed
    read: Phrasing
    numbers: Sequence[str] = field(default=())

    @cached_property
    def held_numbers(self) -> tuple[str, ...]:
        """Those of the numbers that some document has which may be read."""
        held = (key for key in self.numbers if self.searcher.doc_freq("number", key))
        return tuple(key for key in held if self._is_there(matching.number(key)))

    def is_known(self) -> bool:
        """Does every word stand somewhere that may be read, or mean the same as one that does?"""
        stems = [stem for slot in self.read.slots if len(slot.ways) == 1 for stem in slot.ways[0].phrase]
        return bool(self.read.slots) and all(self._is_there(matching.word(stem)) for stem in stems)

    def _is_there(self, query: Query) -> bool:
        """Does it find anything, whenever it is in force? What may not be read is as if it were not there."""
        known = Narrowed(None, self.to.at, self.to.public_only)
        return _count(self.searcher.search(matching.narrowed(query, known), 1)) > 0

    def answers(self) -> dict[str, Any]:
        """The fields of what was found by words; where nothing has most of them, what has some."""
        if self.is_wordless and self.asked.text.strip():
            return {}
        strict = self._query(strict=True)
        with_most = _count(self.searcher.search(matching.narrowed(strict, self.to), 1))
        if with_most >= FEW or len(self.read.slots) < 2:
            return self._answers(strict)
        return {**self._answers(self._query(strict=False)), "is_loose": not with_most, "with_most": with_most}

    def _query(self, *, strict: bool) -> Query:
        return matching.words(self.read, self._rarity, numbers=self.held_numbers, strict=strict)

    @property
    def is_wordless(self) -> bool:
        """Is nothing in it that could be looked for?"""
        return not self.read.slots and not self.held_numbers

    def _answers(self, query: Query) -> dict[str, Any]:
        addresses, count = self._ordered(matching.narrowed(query, self.to))
        pages = min(-(-count // PAGE), FURTHEST_PAGE) or 1
        page = min(max(self.asked.page, 1), pages)
        marker = Marker(self.searcher, query)
        shown = addresses[(page - 1) * PAGE : page * PAGE]
        elsewhere, hidden = self._elsewhere(query)
        return {
            "hits": tuple(hits.of(self.searcher.doc(address), marker) for address in shown),
            "count": count,
            "page": page,
            "pages": pages,
            "counts": self._counts(query),
            "elsewhere": elsewhere,
            "hidden": hidden,
        }

    def _rarity(self, stem: str) -> float:
        """As BM25 has it; nothing of a stem that stands nowhere."""
        held = max(self.searcher.doc_freq("body", stem), self.searcher.doc_freq("title", stem))
        every = self.searcher.num_docs
        return log(1 + (every - held + 0.5) / (held + 0.5)) if 0 < held <= every else 0.0

    def _ordered(self, query: Query) -> tuple[list[DocAddress], int]:
        """Where the answers lie, the best first, as far as the page goes; and how many there are."""
        limit = max(WEIGHED, min(self.asked.page, FURTHEST_PAGE) * PAGE)
        if self.is_wordless:
            newest = self.searcher.search(query, limit, order_by_field="first", order=Order.Desc)
            return [address for _, address in newest.hits], _count(newest)
        best = self.searcher.search(query, limit)
        return self._weighed(best.hits[:WEIGHED]) + [each for _, each in best.hits[WEIGHED:]], _count(best)

    def _weighed(self, best: Sequence[tuple[Any, DocAddress]]) -> list[DocAddress]:
        on = self.to.on or date.max
        addresses = [address for _, address in best]
        begun = self.searcher.fast_field_values("first", addresses)
        percents = self.searcher.fast_field_values("percent", addresses)
        scored = [
            (
                ranking.weighed(
                    float(score), percent=int(percent or 0), age=on.toordinal() - int(first or 0)
                ),
                place,
            )
            for place, ((score, _), first, percent) in enumerate(zip(best, begun, percents, strict=True))
        ]
        return [addresses[place] for _, place in sorted(scored, key=lambda each: (-each[0], each[1]))]

    def _counts(self, query: Query) -> dict[str, tuple[Counted, ...]]:
        """How many answers each choice would leave; one made already is left out of its own count."""
        open_ones = {name: field for name, field in DIMENSIONS.items() if field not in self.to.codes}
        counted = self._by_code(matching.narrowed(query, self.to), open_ones.values())
        for name, chosen in DIMENSIONS.items():
            if name not in open_ones:
                counted |= self._by_code(matching.narrowed(query, self.to.without(chosen)), [chosen])
        return {name: counted[chosen] for name, chosen in DIMENSIONS.items()}

    def _by_code(self, query: Query, fields: Iterable[str]) -> dict[str, tuple[Counted, ...]]:
        asked = {name: {"terms": {"field": name, "size": _MOST_CODES}} for name in fields}
        if not asked:
            return {}
        found = self.searcher.aggregate(query, asked)
        return {
            name: tuple(Counted(each["key"], each["doc_count"]) for each in found[name]["buckets"])
            for name in asked
        }

    def _elsewhere(self, query: Query) -> tuple[tuple[Counted, ...], int]:
        """What would be found in other lines, by line and in all."""
        if "line" not in self.to.codes:
            return (), 0
        hidden = matching.elsewhere(query, self.to)
        count = _count(self.searcher.search(hidden, 1))
        return (self._by_code(hidden, ["line"])["line"], count) if count else ((), 0)

    def by_number(self, key: str) -> ByNumber:
        """What the number leads to, whatever narrows the answers and whenever it is in force."""
        if not key:
            return ByNumber()
        known = Narrowed(None, self.to.at, self.to.public_only)
        found = self._of(matching.narrowed(matching.number(key), known))
        if not found:
            near = self._of(matching.narrowed(matching.near(key), known))
            return ByNumber(near=tuple({hit.key: hit for hit in near}.values())[:_NEAR])
        best = next((hit for hit in found if hit.is_in_force(self.to.on)), found[0])
        is_here = not self.asked.line or not best.lines or self.asked.line in best.lines
        return ByNumber(exact=best) if is_here else ByNumber(exact_elsewhere=best)

    def _of(self, query: Query) -> list[Hit]:
        marker = Marker(self.searcher, query)
        best = self.searcher.search(query, _NEAR * 4)
        return [hits.of(self.searcher.doc(address), marker) for _, address in best.hits]


def _count(result: SearchResult) -> int:
    count: int = result.count  # type: ignore[attr-defined]  # its stubs leave it out
    return count
