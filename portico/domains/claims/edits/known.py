"""What the plan knows, as far as the edits of a claim ask it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from portico.shared.periods import Period


@dataclass(frozen=True, slots=True)
class CoveredSpan:
    """A span of coverage in a line of business."""

    line: str
    period: Period


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A person of the plan; names as they are compared (shared.names). `spans` are those open to who asks."""

    member_id: str
    subscriber_number: str
    last_key: str
    first_key: str
    birth_date: date | None
    spans: tuple[CoveredSpan, ...] = ()

    def line_on(self, day: date) -> str:
        """The line that covers the person on a day; the one begun last of several, empty when none does."""
        found = [span for span in self.spans if span.period.holds(day)]
        return max(found, key=lambda span: (span.period.first, span.line)).line if found else ""


@dataclass(frozen=True, slots=True)
class Original:
    """An encounter or a claim that another may take the place of; `successor` is the number of what did."""

    number: str
    tax_id: str
    member_id: str
    is_in_force: bool
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a chunk of claims is judged by.

    `members` are by member ID and by subscriber number, compacted; several share a subscriber number.
    `affiliations` say when a provider (NPI) bills or billed under a tax ID; `npis` are those the plan knows
    at all. `originals` are by number. `payer_numbers` are those the plan goes by; empty: any is taken.
    `as_encounters`: each has to say that it is one.
    """

    received_on: date
    members: Mapping[str, Collection[KnownMember]] = field(default_factory=dict)
    npis: Collection[str] = frozenset()
    affiliations: Mapping[tuple[str, str], Collection[Period]] = field(default_factory=dict)
    originals: Mapping[str, Original] = field(default_factory=dict)
    payer_numbers: Collection[str] = frozenset()
    as_encounters: bool = True
