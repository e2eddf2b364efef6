"""A transaction set read under its implementation guide: each segment labelled with its loop, and checked.

    for loop, number, segment in grammar.labelled(transaction, guide, faults.append):
        ...                                      # ("2100C", 12, ["NM1", "IL", "1", ...])

The guide is data (`grammar_parts`); what it asks is worked out once (`grammar_tables`). Memory is flat: only
counts of what repeats are kept. A segment that does not fit is a fault and is left out; so is what follows
a lost header, until something fits again. Where a set has any fault, its labels are a best guess: act on
them only when the whole set was without one.
"""

from collections.abc import Iterator

from portico.shared.x12 import grammar_misfits as misfits
from portico.shared.x12 import grammar_patterns as patterns
from portico.shared.x12 import grammar_tables as tables
from portico.shared.x12 import grammar_values as values
from portico.shared.x12.grammar_faults import ElementCode, ElementFault, Fault, Report, SegmentCode
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.grammar_tables import Move, Place, Trouble
from portico.shared.x12.levels import TransactionSet

MOST_FAULTS = 50
Labelled = tuple[str, int, list[str]]

_ASTRAY = (SegmentCode.UNEXPECTED, SegmentCode.OUT_OF_ORDER)  # one lost header sets those after it astray


class _Full(Exception):
    """As many faults were found as are told."""


def labelled(
    transaction: TransactionSet, guide: Guide, on_fault: Report, *, most_faults: int = MOST_FAULTS
) -> Iterator[Labelled]:
    """Answers the loop, the number in the interchange and the elements of each segment between ST and SE.

    Faults go to `on_fault` as they are met, in no more than `most_faults` calls: after the last one the rest
    of the set is passed over. Raises X12Error where the syntax breaks.
    """
    return _Reading(transaction, guide, on_fault, most_faults).run()


class _Reading:
    """One transaction set on its way through a guide's tables."""

    def __init__(self, transaction: TransactionSet, guide: Guide, on_fault: Report, most: int) -> None:
        self._transaction = transaction
        self._delimiters = transaction.group.interchange.delimiters
        self._tables = tables.of(guide)
        self._counts = [0] * (len(self._tables.slots) + 1)
        self._on_fault = on_fault
        self._room = most
        self._lost_at = 0
        self._levels: list[str] = []
        self._level_count = 0
        self._unit = ""

    def run(self) -> Iterator[Labelled]:
        """Answers the labelled segments; passes over the rest of the set when too much is wrong with it.

        One loop, and long: this is the one place where every call costs, for each segment of every file.
        """
        counts, join = self._counts, patterns.JOINT.join
        others = patterns.canonical(self._delimiters)
        place, number = self._tables.start, self._transaction.number
        try:
            for number, segment in self._transaction.segments():
                try:
                    at, choices = place.moves[segment[0]]
                    move = choices[segment[at]]
                except LookupError:
                    found = self._misfit(place, number, segment)
                    if found is None:
                        continue
                    move = found
                loop, match, rank, slot, most, fresh, trouble, place = move
                if trouble:
                    self._answer(trouble, place, number, segment)
                text = join(segment)
                if match(text.translate(others) if others else text) is None:
                    self._check(place, number, segment)
                if rank:
                    self._check_level(place, number, segment)
                if slot:
                    counts[slot] += 1
                    if counts[slot] > most:
                        self._tell(misfits.over(place), place, number)
                if fresh:
                    counts[fresh[0]] = fresh[1]
                yield loop, number, segment
            if place.ending:
                self._answer(place.ending, place, number + 1, [])
        except _Full:
            self._transaction.skip()

    def _answer(self, trouble: Trouble, place: Place, number: int, segment: list[str]) -> None:
        for missing in trouble.missing:
            self._tell(SegmentCode.MISSING, missing, number)
        for slot, missing in trouble.needed:
            if not self._counts[slot]:
                self._tell(SegmentCode.MISSING, missing, number)
        if trouble.over:
            self._tell(trouble.over, place, number)
        if trouble.marks and self._tables.guide.unit:
            self._unit = "".join(segment[self._tables.guide.unit[1] :][:1])

    def _misfit(self, place: Place, number: int, segment: list[str]) -> Move | None:
        found = misfits.judge(self._tables, place, segment)
        if isinstance(found, Move):
            return found
        self._take_room()
        is_lost = found in _ASTRAY and self._lost_at == number - 1
        if found in _ASTRAY:
            self._lost_at = number
        if not is_lost:
            position = self._transaction.position(number)
            self._on_fault(Fault(found, segment[0], position, place.loop, None, self._unit))
        return None

    def _check(self, place: Place, number: int, segment: list[str]) -> None:
        for fault in values.faults_in(segment, place.spec, self._delimiters, self._tables.codes):
            self._tell(SegmentCode.HAS_ELEMENT_FAULTS, place, number, fault)

    def _check_level(self, place: Place, number: int, segment: list[str]) -> None:
        """An HL counts on from the one before it and names the one its loop stands in."""
        self._unit = ""
        self._levels[place.rank - 1 :] = [segment[1] if len(segment) > 1 else ""]
        self._level_count += 1
        if not self._tables.guide.numbers_levels:
            return
        wanted = [str(self._level_count), *self._levels[place.rank - 2 : place.rank - 1]]
        if segment[1 : len(wanted) + 1] == wanted:
            return
        for element, (sent, right) in enumerate(zip(segment[1:], wanted, strict=False), 1):
            if sent and sent != right:
                reference = place.spec.elements[element - 1].number
                fault = ElementFault(ElementCode.PATTERN, element, number=reference)
                self._tell(SegmentCode.HAS_ELEMENT_FAULTS, place, number, fault)

    def _tell(self, code: SegmentCode, place: Place, number: int, inside: ElementFault | None = None) -> None:
        self._take_room()
        position = self._transaction.position(number)
        self._on_fault(Fault(code, place.spec.name, position, place.loop, inside, self._unit))

    def _take_room(self) -> None:
        if self._room <= 0:
            raise _Full
        self._room -= 1
