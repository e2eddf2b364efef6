"""A question as the index is asked it: what has to match, where a match weighs how much, what narrows it.

A word in the title says more of what a document is about than the same word in its text. Of a slot the best
way and the best field count, and a little of the others. Words that stand beside each other in the question
weigh more where they do so in the document.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from tantivy import FieldType, Occur, Query

from portico.domains.library.search.card_index import SCHEMA, moment
from portico.domains.library.search.entries import EVERY
from portico.domains.library.search.phrasing import Phrase, Phrasing, Slot, Way

WEIGHTS: Final[Mapping[str, float]] = {
    "title": 3.0,
    "headings": 2.2,
    "topics": 2.0,
    "summary": 2.4,
    "body": 1.0,
    "files": 0.6,
}
_OTHERS: Final = 0.1
_BESIDE: Final[Mapping[str, float]] = {"title": 3.0, "headings": 2.0, "summary": 2.0, "body": 1.5}
_SMALL: Final = 1.0
Rarity = Callable[[str], float]
"""How much a stem tells, as the ranking has it: the fewer documents have it, the more."""
_NUMBER: Final = 1000.0
_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What answers have to be: in force on a day, known at an instant, perhaps public, and of some codes.

    `codes`: by the name of the field; every one of "kind", "topic", "line", "region", "office" at most once.
    """

    on: date | None
    at: datetime
    public_only: bool
    codes: Mapping[str, str] = field(default_factory=dict)

    def without(self, name: str) -> "Narrowed":
        """Without the code of this field."""
        return Narrowed(
            self.on, self.at, self.public_only, {k: v for k, v in self.codes.items() if k != name}
        )


def words(phrasing: Phrasing, rarity: Rarity, *, numbers: Sequence[str] = (), strict: bool = True) -> Query:
    """What the words of a question ask for; `strict`: most of them have to be there, else any.

    `numbers` are keys of material numbers in the question: their documents go before all others, and of the
    rest any word may be there.
    """
    should = [(Occur.Should, _slot(slot, rarity)) for slot in phrasing.slots]
    least = _least(len(should)) if strict and not numbers else 1
    found = Query.boolean_query(should, minimum_number_should_match=least) if should else None
    beside = [(Occur.Should, query) for query in _beside(phrasing.stems)]
    beside += [(Occur.Should, Query.boost_query(_term("title", each), _SMALL)) for each in phrasing.small]
    asked = Query.boolean_query([(Occur.Must, found), *beside]) if found else None
    by_number = [
        Query.boost_query(Query.const_score_query(_term("number", key), 1.0), _NUMBER) for key in numbers
    ]
    every = [*([asked] if asked else []), *by_number]
    return Query.boolean_query([(Occur.Should, query) for query in every]) if every else Query.all_query()


def number(key: str) -> Query:
    """The material number with this key."""
    return _term("number", key)


def word(stem: str) -> Query:
    """What has this stem anywhere."""
    return Query.boolean_query([(Occur.Should, _term(name, stem)) for name in WEIGHTS])


def near(key: str) -> Query:
    """Material numbers that begin so, or are one slip away from it; the latter first."""
    slip = Query.const_score_query(Query.fuzzy_term_query(SCHEMA, "number", key, 1), 2.0)
    begun = Query.fuzzy_term_query(SCHEMA, "number", key, 0, prefix=True)
    return Query.boolean_query([(Occur.Should, slip), (Occur.Should, Query.const_score_query(begun, 1.0))])


def narrowed(query: Query, to: Narrowed) -> Query:
    """The query, for what is as it has to be."""
    codes = [(Occur.Must, _free(_one_of(name, code))) for name, code in to.codes.items()]
    return Query.boolean_query([(Occur.Must, query), *codes, *((Occur.MustNot, each) for each in _out(to))])


def elsewhere(query: Query, to: Narrowed) -> Query:
    """The query, for what would be found if it were not for the line."""
    line = _one_of("line", to.codes["line"])
    return Query.boolean_query([(Occur.Must, narrowed(query, to.without("line"))), (Occur.MustNot, line)])


def _least(slots: int) -> int:
    """How many slots have to match: all of two, and of more some may be missing."""
    return slots if slots <= _FEW else max(_FEW, -(-slots * 3 // 5))


def _slot(slot: Slot, rarity: Rarity) -> Query:
    """A way that is rarer than the words that were typed weighs no more for that."""
    typed = _tells(slot.ways[0], rarity)
    queries = [
        query
        for way in slot.ways
        for query in _way(way, min(1.0, typed / (_tells(way, rarity) or typed)) if typed else 1.0)
    ]
    return Query.disjunction_max_query(queries, tie_breaker=_OTHERS)


def _tells(way: Way, rarity: Rarity) -> float:
    return sum(map(rarity, way.phrase))


def _way(way: Way, share: float) -> Iterable[Query]:
    for name, weight in WEIGHTS.items():
        if len(way.phrase) == 1:
            yield Query.boost_query(_term(name, way.phrase[0]), weight * way.weight * share)
        else:
            phrase = Query.phrase_query(SCHEMA, name, list(way.phrase), slop=1)
            yield Query.boost_query(phrase, weight * way.weight * share)


def _beside(stems: Phrase) -> Iterable[Query]:
    """Every two neighbours of the question, as neighbours."""
    for pair in dict.fromkeys(pairwise(stems)):
        if pair[0] != pair[1]:
            for name, weight in _BESIDE.items():
                yield Query.boost_query(Query.phrase_query(SCHEMA, name, list(pair), slop=1), weight)


def _out(to: Narrowed) -> Iterable[Query]:
    """What is not as it has to be: far fewer than what is, so that little is looked at."""
    now = moment(to.at)
    ranges: list[tuple[str, int | None, int | None]] = [("known", now + 1, None), ("until", None, now)]
    if to.on is not None:
        ranges += [("first", to.on.toordinal() + 1, None), ("last", None, to.on.toordinal() - 1)]
    for name, lower, upper in ranges:
        yield Query.range_query(SCHEMA, name, FieldType.Integer, lower, upper)
    if to.public_only:
        yield Query.term_query(SCHEMA, "public", 0)


def _one_of(name: str, code: str) -> Query:
    """What has this code, or is for every one where that can be said of the field."""
    codes = [code] if name in ("kind", "topic") else [code, EVERY]
    return Query.boolean_query([(Occur.Should, _term(name, each)) for each in codes])


def _term(name: str, value: str) -> Query:
    return Query.term_query(SCHEMA, name, value)


def _free(query: Query) -> Query:
    """Narrowing says nothing of how well something answers."""
    return Query.const_score_query(query, 0.0)
