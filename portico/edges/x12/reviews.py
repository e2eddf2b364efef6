"""What was found of a file: which of its interchanges, groups and transaction sets are taken, and why not.

Every answer is in the codes of the TA1 and the 999, ready to be sent (`acknowledgements`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from portico.edges.x12 import codes_of_faults as codes
from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.shared.x12.faults import SyntaxFault
from portico.shared.x12.grammar_faults import Fault
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.headers import GroupHeader, InterchangeHeader, TransactionHeader

ACKNOWLEDGEMENTS = "FA"


@dataclass(frozen=True, slots=True)
class SetReview:
    """One transaction set: taken where no IK502 code stands against it, save those that are only `noted`.

    `unit` says what the `unit` of its faults is, such as "TRN02"; `number` is that of its ST's segment.
    """

    header: TransactionHeader
    codes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    unit: str = ""
    number: int = 0
    noted: frozenset[str] = frozenset()

    @property
    def is_accepted(self) -> bool:
        """Answers whether nothing is wrong with the set that keeps it from being taken."""
        return self.noted.issuperset(self.codes)

    @property
    def status(self) -> str:
        """Answers IK501: A accepted, E accepted with something noted, R refused."""
        if not self.is_accepted:
            return "R"
        return "E" if self.codes else "A"


@dataclass(frozen=True, slots=True)
class GroupReview:
    """One functional group: refused as a whole where an AK905 code stands against it.

    `declared` is GE01, `received` counts the sets; `sets` is empty where their kind is not supported.
    """

    header: GroupHeader
    declared: int
    received: int
    codes: tuple[str, ...]
    sets: tuple[SetReview, ...]
    guides: tuple[Guide, ...]
    is_remarked: bool = False

    @property
    def accepted(self) -> int:
        """Answers how many sets are taken."""
        return sum(told.is_accepted for told in self.taken)

    @property
    def taken(self) -> tuple[SetReview, ...]:
        """Answers the sets as far as any may be taken: none where the group is refused."""
        return () if self.codes else self.sets

    @property
    def status(self) -> str:
        """Answers AK901: A accepted, E accepted with something noted, P partly accepted, R refused."""
        if self.codes or (not self.accepted and self.is_answered):
            return "R"
        if self.is_answered and self.accepted < self.received:
            return "P"
        return "E" if self.is_remarked or any(told.status == "E" for told in self.sets) else "A"

    @property
    def is_answered(self) -> bool:
        """Answers whether a 999 may be sent for it: none is for acknowledgements."""
        return self.header.functional_id != ACKNOWLEDGEMENTS


@dataclass(frozen=True, slots=True)
class InterchangeReview:
    """One interchange: `note` is TA105, `faults` what is wrong with its envelope.

    Where it is refused nothing in it is taken, whatever its groups say.
    """

    header: InterchangeHeader
    note: str
    faults: tuple[SyntaxFault, ...]
    groups: tuple[GroupReview, ...]
    delimiters: Delimiters = STANDARD

    @property
    def status(self) -> str:
        """Answers TA104: A accepted, E accepted with something noted, R refused."""
        if self.note == codes.NO_ERROR:
            return "A"
        return "E" if self.note in codes.ONLY_NOTED else "R"

    @property
    def is_accepted(self) -> bool:
        """Answers whether the envelope lets the groups in it be taken."""
        return self.status != "R"


@dataclass(frozen=True, slots=True)
class Review:
    """One file. `unanswerable` is a fault that left no ISA to send a TA1 for: only whoever carried the file
    here can be told of it, in the terms of that connection.
    """

    interchanges: tuple[InterchangeReview, ...]
    unanswerable: SyntaxFault | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller knows an interchange has to say: ISA06, ISA08, and control numbers used before."""

    sender: str | None = None
    receivers: Collection[str] = ()
    is_duplicate: Callable[[InterchangeHeader], bool] | None = None
