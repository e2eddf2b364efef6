"""What is asked for: codes with how many of what, for which diagnosis, and who does it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from portico.demo import practices, questions
from portico.demo.roster import Practice, Provider
from portico.domains.authorizations.facts.requested import Kind, System, Unit


@dataclass(frozen=True, slots=True)
class Item:
    """A service: its code or its type, how many of what, and over how many days."""

    service_type: str
    code: str
    quantity: int
    unit: Unit = Unit.UNITS
    over: int = 30
    system: System = System.PROCEDURE


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, and under which tax ID."""

    npi: str
    practice: Practice


@dataclass(frozen=True, slots=True)
class Care:
    """What one request asks for."""

    items: tuple[Item, ...]
    diagnoses: tuple[str, ...]
    place: str = "11"
    kind: Kind = Kind.AUTHORIZATION
    servicing: Doer | None = None
    facility: Doer | None = None
    questionnaire: str = ""


def _doer(provider: Provider, practice: Practice) -> Doer:
    return Doer(provider.npi, practice)


HEART: Final = _doer(practices.NADIA_KHOURY, practices.CEDAR_RIDGE_SPECIALISTS)
BONES: Final = _doer(practices.STEFAN_BRANDT, practices.CEDAR_RIDGE_SPECIALISTS)
IMAGING: Final = Doer(practices.npi_of(practices.BRIGHT_RIVER), practices.BRIGHT_RIVER)
HOSPITAL: Final = Doer(practices.npi_of(practices.HARBOR_POINT), practices.HARBOR_POINT)

THERAPY: Final = Care((Item("AE", "97110", 12, Unit.VISITS, 60),), ("M2391",))
SCAN: Final = Care((Item("62", "74177", 1),), ("R1031",), servicing=IMAGING)
CHEST_SCAN: Final = Care((Item("62", "71275", 1),), ("R0602",), servicing=IMAGING)
SLEEP: Final = Care((Item("12", "E0601", 1, over=90), Item("12", "A7030", 2, over=90)), ("G4733",), "12")
SUPPLIES: Final = Care((Item("12", "A7030", 1, over=90),), ("G4733",), "12")
CHAIR: Final = Care((Item("12", "K0001", 1, over=180),), ("G35",), "12")
AT_HOME: Final = Care((Item("42", "G0299", 12, Unit.VISITS, 60),), ("I5022",), "12")
KNEE: Final = Care(
    (Item("2", "27447", 1, over=45),),
    ("M1711",),
    "21",
    servicing=BONES,
    facility=HOSPITAL,
    questionnaire=questions.KNEE_VERSION,
)
REST: Final = Care((Item("48", "", 3, Unit.DAYS, 2),), ("I5021",), "21", Kind.ADMISSION, facility=HOSPITAL)
TO_HEART: Final = Care((Item("3", "", 3, Unit.VISITS, 90),), ("I480",), kind=Kind.REFERRAL, servicing=HEART)
TO_BONES: Final = Care((Item("3", "", 2, Unit.VISITS, 90),), ("M1711",), kind=Kind.REFERRAL, servicing=BONES)
ROUTINE: Final = (AT_HOME, SCAN, TO_HEART, SLEEP, AT_HOME, CHEST_SCAN, TO_BONES, CHAIR)


def quantity(item: Item) -> Decimal:
    """How much is asked for."""
    return Decimal(item.quantity)
