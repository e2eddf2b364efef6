"""An 837 file, claim by claim, in flat memory: each with its facts, its own segments and what is wrong.

    for read in reader.read(file):
        read.sent            # SentClaim, or None
        read.faults          # what the guide says of it
        read.bookmark()      # where to go on after it

The file's envelopes were judged before (see `survey`). A fault of a level above (the billing provider, the
subscriber) is a fault of each claim below it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.shared.x12 import grammar
from portico.shared.x12.grammar_faults import Fault, SegmentCode
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.levels import Interchange
from portico.shared.x12.limits import FEED_LIMITS, Limits
from portico.shared.x12.walking import Report
from portico.transactions.claims import carrying, draft_carrying, level_steps, shared_steps, steps, values
from portico.transactions.claims import levels as levels_of
from portico.transactions.claims.drafts import Draft, Levels, Person
from portico.transactions.claims.levels import Watched
from portico.transactions.claims.records import Heading, Noted, Numbered, Place, ReadClaim
from portico.transactions.guides.guide_837i import GUIDE_837I
from portico.transactions.guides.guide_837p import GUIDE_837P

GUIDES = {
    "005010X222": replace(GUIDE_837P, numbers_levels=False),
    "005010X223": replace(GUIDE_837I, numbers_levels=False),
}
_FORMS = {"005010X222": Form.PROFESSIONAL, "005010X223": Form.INSTITUTIONAL}
_BASE = len("005010X222")
_MANY = 1 << 30
MOST_SEGMENTS = 5_000
MOST_FAULTS = 200  # of a level or claim, of those that make it unreliable and of the others
_OF_CLAIM = ("23", "24")
_OF_PROVIDER = ("2000A", "2010A")
_OF_PATIENT = ("2000C", "2010C")
_RANKS = {"20": 0, "22": 1, "23": 2}


def guide_of(reference: str) -> Guide | None:
    """Answers the guide of an 837 by ST03 or GS08; its later addenda are read by it too. None: not known."""
    return GUIDES.get(reference[:_BASE])


def read(
    source: BinaryIO,
    begin: Place | None = None,
    *,
    limits: Limits = FEED_LIMITS,
    on_fault: Report | None = None,
) -> Iterator[ReadClaim]:
    """Answers the claims of a file, or those after a place, one after the other.

    Sets under other guides are passed over. Raises X12Error where the syntax breaks; recoverable faults of
    the envelopes go to `on_fault`.
    """
    skip = begin.count if begin else 0
    for interchange, transaction in levels_of.opened(source, begin, limits, on_fault or levels_of.ignore):
        guide = guide_of(transaction.guide)
        if guide is not None:
            yield from _Set(interchange, transaction, guide, begin, skip).claims()
        begin, skip = None, 0


@dataclass(slots=True)
class _Level:
    """A level that is open: its segments, and the faults found in it."""

    segments: list[Numbered] = field(default_factory=list)
    faults: list[Noted] = field(default_factory=list)
    _told: dict[bool, int] = field(default_factory=dict)

    def hear(self, found: Iterable[Noted]) -> None:
        """Faults found in it: each claim below tells them, so of very many the first are kept."""
        for noted in found:
            count = self._told.get(noted.costs, 0)
            if count < MOST_FAULTS:
                self._told[noted.costs] = count + 1
                self.faults.append(noted)


class _Set:
    """One transaction set on its way."""

    def __init__(
        self, interchange: Interchange, transaction: Watched, guide: Guide, begin: Place | None, skip: int
    ) -> None:
        self._place = interchange.place
        self._delimiters = interchange.delimiters
        self._transaction = transaction
        self._guide = guide
        self._skip = skip
        self._heard: list[Noted] = []
        self._open: dict[int, _Level] = {-1: _Level()}
        self._rank = -1
        self._levels = Levels(_FORMS[transaction.guide[:_BASE]])
        self._submitter = Person()
        self._draft: Draft | None = None
        self._own = _Level()
        self._provider = begin.provider if begin else (0, 0)
        self._subscriber = begin.subscriber if begin else transaction.bookmark()
        self._provider_above = self._provider
        self._is_replayed = begin is not None and not begin.is_of_set
        self._count = 0

    def claims(self) -> Iterator[ReadClaim]:
        """Answers the claims of the set that were not read before."""
        found = grammar.labelled(self._transaction, self._guide, self._hear, most_faults=_MANY)
        for loop, number, segment in found:
            name = segment[0]
            if name in ("CLM", "HL"):
                done = self._close(number)
                if done is not None:
                    yield done
            self._keep(number)
            if name == "HL":
                self._level(number, segment)
            elif name == "CLM":
                self._draft = Draft(self._levels, number)
            self._read(loop, number, segment)
        done = self._close(0)
        if done is not None:
            yield done

    def _read(self, loop: str, number: int, segment: list[str]) -> None:
        draft = self._draft
        if draft is not None:
            if (loop, segment[0]) in steps.CLAIM:
                steps.CLAIM[loop, segment[0]](draft, segment, self._delimiters, number)
            draft_carrying.of_claim(draft, loop, segment, self._delimiters)
            return
        if loop == "1000A" and segment[0] == "NM1":
            shared_steps.names(self._submitter, segment)
        elif (loop, segment[0]) in level_steps.LEVELS:
            level_steps.LEVELS[loop, segment[0]](self._levels, segment)
        draft_carrying.of_levels(self._levels, loop, segment, self._delimiters)

    def _hear(self, fault: Fault) -> None:
        self._heard.append(Noted(fault, fault.position + self._transaction.number - 1))

    def _keep(self, number: int) -> None:
        """Segments that passed, and faults told of them, go to the claim or the level that is open."""
        passed = self._transaction.take()
        if self._transaction_opens(passed):
            return
        into = self._own if self._draft is not None else self._open[self._rank]
        room = MOST_SEGMENTS - len(into.segments)
        into.segments += passed[: max(room, 0)]
        into.hear(self._heard)
        self._heard = []

    def _transaction_opens(self, passed: list[Numbered]) -> bool:
        """A segment that opens a claim or a level waits for it; what came before it was closed with."""
        if not passed or passed[-1][1][0] not in ("CLM", "HL"):
            return False
        if passed[-1][1][0] == "CLM":
            self._own = _Level([passed[-1]], self._heard)
        else:
            rank = _RANKS.get(levels_of.level_of(passed[-1][1]), 2)
            for below in [open_ for open_ in self._open if open_ >= rank]:
                del self._open[below]
            self._open[rank] = _Level([passed[-1]], self._heard)
            self._rank = rank
        self._heard = []
        return True

    def _level(self, number: int, segment: list[str]) -> None:
        kind = levels_of.level_of(segment)
        if kind == "20":
            self._levels = Levels(self._levels.form, self._levels.is_encounter, self._levels.written_on)
            if not self._is_replayed:
                self._provider = self._transaction.bookmark().offset, number
        elif kind == "22":
            self._subscriber, self._provider_above = self._transaction.bookmark(), self._provider
            self._is_replayed = False
            self._count = 0
            self._levels = _below(self._levels)
        else:
            carried = {loop: some for loop, some in self._levels.carried.items() if loop not in _OF_PATIENT}
            self._levels = replace(self._levels, patient=Person(), carried=carried)

    def _close(self, number: int) -> ReadClaim | None:
        """Answers the claim that ends before a segment, if one does and it was not read before."""
        passed = self._transaction.take()
        self._transaction.passed = passed[-1:] if number else []
        own, draft = self._own, self._draft
        own.segments += passed[:-1] if number else passed
        if draft is None:
            return None
        late = [noted for noted in self._heard if _belongs_to_claim(noted.fault)]
        self._heard = [noted for noted in self._heard if noted not in late]
        own.faults += late if number else [*late, *self._heard]
        self._draft, self._own = None, _Level()
        self._count += 1
        if self._skip:
            self._skip -= 1
            return None
        return self._claim(draft, own)

    def _claim(self, draft: Draft, own: _Level) -> ReadClaim:
        above = [level for rank, level in sorted(self._open.items()) if rank >= 0]
        header = self._open[-1]
        place = Place(self._subscriber, self._provider_above, self._count)
        faults = [*header.faults, *(noted for level in above for noted in level.faults), *own.faults]
        return ReadClaim(
            interchange=self._place,
            place=draft.place,
            heading=self._heading(header),
            above=tuple(numbered for level in above for numbered in level.segments),
            segments=tuple(own.segments),
            sent=_finished(draft),
            faults=tuple(faults),
            bookmark=lambda: place,
        )

    def _heading(self, header: _Level) -> Heading:
        beginning = next((segment for _, segment in header.segments if segment[0] == "BHT"), ["BHT"])
        found = self._submitter.values
        return Heading(
            guide=self._transaction.guide,
            control_number=self._transaction.header.control_number,
            reference=values.text(beginning, 3),
            form=self._levels.form,
            is_encounter=self._levels.is_encounter,
            written_on=self._levels.written_on,
            sender=found.get("name", ""),
            sender_number=found.get("payer_number", ""),
            delimiters=self._delimiters,
        )


def _below(levels: Levels) -> Levels:
    """The levels of a new subscriber of the same provider."""
    carried = {loop: some for loop, some in levels.carried.items() if loop in _OF_PROVIDER}
    told = levels.form, levels.is_encounter, levels.written_on, levels.billing, levels.pay_to
    return Levels(*told, carried=carried)


def _finished(draft: Draft) -> SentClaim | None:
    """The claim; what its facts turn out to say is not carried."""
    for line in draft.services:
        line.carried += draft_carrying.decided(line, draft.others)
    dated = draft_carrying.procedures(draft)
    draft.carried = [one for one in draft.carried if one in dated or not carrying.is_procedures(one)]
    return draft.finished()


def _belongs_to_claim(fault: Fault) -> bool:
    return fault.loop.startswith(_OF_CLAIM) and fault.code is SegmentCode.MISSING
