"""What a question is made of: one slot for each thing it names, with every way to say that thing.

precert for a knee mri   ->   precert | prior authorization | …      knee      mri
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.library.search import texts
from portico.domains.library.search.spelling import Words

Phrase = tuple[str, ...]
"""The stems of a word or a phrase."""
OWN: Final = 1.0
MENDED: Final = 0.9
SAME: Final = 0.75
BEGUN: Final = 0.55


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say what a slot names; `weight` is 1 for the words that were typed."""

    phrase: Phrase
    weight: float


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that is named, and the ways to say it: the typed one first."""

    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """A word that stands nowhere, and the one that was looked for in its place."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Phrasing:
    """The slots of a question, the stems it is made of in order, the words that were mended, and of its
    small words the stems.
    """

    slots: tuple[Slot, ...]
    stems: Phrase
    mended: tuple[Mended, ...] = ()
    small: Phrase = ()


class Synonyms:
    """Phrases that mean the same, as stems, ready to be looked for in a question."""

    def __init__(self, rows: Sequence[Sequence[str]] = ()) -> None:
        """Take rows of phrases as they are written."""
        self._same: dict[Phrase, dict[Phrase, None]] = {}
        for row in rows:
            said = [stems for phrase in row if (stems := tuple(map(texts.stem, texts.words(phrase))))]
            for stems in said:
                self._same.setdefault(stems, {}).update(dict.fromkeys(said))
        self._longest = max(map(len, self._same), default=0)

    def of(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """What means the same as this phrase; not itself."""
        return tuple(same for same in self._same.get(phrase, ()) if same != phrase)

    def at(self, stems: Phrase, place: int) -> int:
        """How many stems from this place on are one phrase of theirs; 0 where none begins here."""
        for length in range(min(self._longest, len(stems) - place), 0, -1):
            if stems[place : place + length] in self._same:
                return length
        return 0


def of(text: str, *, words: Words, synonyms: Synonyms, is_being_typed: bool = False) -> Phrasing:
    """How a question is looked for. `is_being_typed`: its last word may be the beginning of one."""
    typed = texts.words(text)
    meant = {word: _meant(word, words) for word in typed}
    mended = tuple(Mended(word, to) for word, to in meant.items() if to and word not in texts.SMALL_WORDS)
    read = [meant[word] or word for word in typed]
    begun = _begun(typed[-1], words, is_being_typed=is_being_typed) if typed else ()
    if begun and typed[-1] not in words.counts:
        read[-1], mended = typed[-1], tuple(each for each in mended if each.typed != typed[-1])
    known = {texts.stem(to): MENDED for to in meant.values() if to}
    slots, stems = _slots(read, synonyms, known)
    if begun and slots:
        further = tuple(Way((texts.stem(word),), BEGUN) for word in begun)
        slots = [*slots[:-1], Slot((*slots[-1].ways, *further))]
    small = dict.fromkeys(texts.stem(word) for word in read if word in texts.SMALL_WORDS)
    return Phrasing(tuple(slots), stems, mended, tuple(small) if len(read) > len(small) else ())


def _meant(word: str, words: Words) -> str:
    """What was meant by a word that was mistyped; another form of a word that stands there was not."""
    found = words.meant(word)
    return "" if texts.stem(found) == texts.stem(word) else found


def _begun(word: str, words: Words, *, is_being_typed: bool) -> tuple[str, ...]:
    """Words that begin like the last one: while it is being typed, and where it stands nowhere itself."""
    return words.beginning(word) if is_being_typed or word not in words.counts else ()


def _slots(
    read: Sequence[str], synonyms: Synonyms, weights: Mapping[str, float]
) -> tuple[list[Slot], Phrase]:
    """The slots, phrases that have synonyms first; small words count only within those."""
    stems = tuple(map(texts.stem, read))
    telling = set(texts.telling(read))
    slots: list[Slot] = []
    kept: list[str] = []
    place = 0
    while place < len(stems):
        length = synonyms.at(stems, place)
        if length or read[place] in telling:
            phrase = stems[place : place + max(length, 1)]
            own = Way(phrase, min(weights.get(stem, OWN) for stem in phrase))
            slots.append(Slot((own, *(Way(same, SAME) for same in synonyms.of(phrase)))))
            kept += phrase
        place += max(length, 1)
    return list(dict.fromkeys(slots)), tuple(kept)
