"""What a 276 asks, as it was sent: text and nothing else, so that the 277 can echo it."""

from dataclasses import dataclass

from portico.edges.x12.eligibility.requests import Header as Header
from portico.edges.x12.eligibility.requests import Name as Name
from portico.edges.x12.eligibility.requests import Period as Period
from portico.edges.x12.eligibility.requests import Reference

_NO_NAME, NO_PERIOD = Name(), Period()
CLAIM_NUMBER, PATIENT_CONTROL_NUMBER = "1K", "EJ"


@dataclass(frozen=True, slots=True)
class Party:
    """The plan (2100A), who asks (2100B) or the provider (2100C, once or twice); `level` is its HL01."""

    level: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """The subscriber (2000D, 2100D) or a dependent (2000E, 2100E); `birth` is DMG02."""

    level: str = ""
    name: Name = _NO_NAME
    birth: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One claim asked about, of the dependent or of the subscriber where there is none.

    `trace` is TRN02, `amount` AMT02, `served` the claim's days, `lines` those of its service lines.
    """

    source: Party
    receiver: Party
    provider: Party
    subscriber: Person
    dependent: Person | None = None
    trace: str = ""
    references: tuple[Reference, ...] = ()
    amount: str = ""
    served: Period = NO_PERIOD
    lines: tuple[Period, ...] = ()

    @property
    def patient(self) -> Person:
        """Whose claim it is."""
        return self.dependent or self.subscriber

    def reference(self, kind: str) -> str:
        """A number of the claim (REF), empty where none was sent."""
        return dict(self.references).get(kind, "")
