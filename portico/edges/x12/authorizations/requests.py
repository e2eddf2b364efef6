"""What a 278 asks, as it was sent: text and nothing else, so that the answer can echo it."""

from dataclasses import dataclass

from portico.edges.x12.eligibility.requests import Header as Header
from portico.edges.x12.eligibility.requests import Name as Name
from portico.edges.x12.eligibility.requests import Period as Period
from portico.edges.x12.eligibility.requests import Reference as Reference
from portico.edges.x12.eligibility.requests import Trace as Trace

_NO_NAME, NO_PERIOD = Name(), Period()
REVIEWED_BEFORE, ADMINISTRATIVE = "BB", "NT"


@dataclass(frozen=True, slots=True)
class Party:
    """The plan (2010A), who asks (2010B) or a provider (2010EA, 2010F); `level` is the HL01 it stands under.

    `contact` is PER02, `telephone` the first number of PER that is one.
    """

    level: str = ""
    name: Name = _NO_NAME
    references: tuple[Reference, ...] = ()
    contact: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The subscriber (2010C) or a dependent (2010D); `birth` and `sex` are DMG02 and DMG03."""

    level: str = ""
    name: Name = _NO_NAME
    references: tuple[Reference, ...] = ()
    birth: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """UM: UM01, UM02, UM03, both parts of UM04, UM06."""

    category: str = ""
    certification: str = ""
    service_type: str = ""
    facility: str = ""
    facility_kind: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """SV1, SV2 or SV3, which `kind` says: what is done, for how much, how often."""

    kind: str = ""
    revenue: str = ""
    qualifier: str = ""
    code: str = ""
    modifiers: tuple[str, ...] = ()
    amount: str = ""
    unit: str = ""
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """PWK: a document that is announced, by kind, way and number."""

    kind: str = ""
    way: str = ""
    number: str = ""


_NO_REVIEW, _NO_LINE = Review(), Line()


@dataclass(frozen=True, slots=True)
class Service:
    """One service (2000F); `delivery` are the elements of HSD."""

    level: str = ""
    traces: tuple[Trace, ...] = ()
    review: Review = _NO_REVIEW
    references: tuple[Reference, ...] = ()
    served: Period = NO_PERIOD
    delivery: tuple[str, ...] = ()
    line: Line = _NO_LINE
    papers: tuple[Paper, ...] = ()
    messages: tuple[str, ...] = ()
    providers: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A patient event (2000E); `dates` by their DTP01, `diagnoses` by qualifier and code."""

    level: str = ""
    traces: tuple[Trace, ...] = ()
    review: Review = _NO_REVIEW
    references: tuple[Reference, ...] = ()
    dates: tuple[tuple[str, Period], ...] = ()
    diagnoses: tuple[Reference, ...] = ()
    delivery: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    messages: tuple[str, ...] = ()
    providers: tuple[Party, ...] = ()
    services: tuple[Service, ...] = ()

    def date(self, qualifier: str) -> Period:
        """The day or days of that kind; empty where none was sent."""
        return dict(self.dates).get(qualifier, NO_PERIOD)

    def reference(self, kind: str) -> str:
        """A number of the event (REF), empty where none was sent."""
        return dict(self.references).get(kind, "")


@dataclass(frozen=True, slots=True)
class Request:
    """One patient event asked about, of the dependent or of the subscriber where there is none."""

    source: Party
    requester: Party
    subscriber: Person
    dependent: Person | None
    event: Event

    @property
    def patient(self) -> Person:
        """Whose event it is."""
        return self.dependent or self.subscriber
