"""How connected systems are spoken of, on the pages of the plan's desk and on those of their office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.domains.access.machine_views import Held, Machine, Row
from portico.domains.access.machines import FHIR_CLIENT, TRADING_PARTNER
from portico.domains.permits.functions import Function
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import identifiers

KINDS: Final[Mapping[str, str]] = {
    TRADING_PARTNER: "Trading partner (X12)",
    FHIR_CLIENT: "FHIR client",
}
NEW: Final[Mapping[str, str]] = {
    TRADING_PARTNER: "New trading partner",
    FHIR_CLIENT: "New FHIR client",
}
STATES: Final[Mapping[str, str]] = {"active": "In use", "revoked": "Revoked"}
SCOPES: Final[Mapping[str, str]] = {
    "system/Patient.rs": "system/Patient.rs: find and read patients",
    "system/Coverage.rs": "system/Coverage.rs: find and read their coverage",
}
OVERLAPS: Final[Mapping[str, str]] = {
    "0": "Not at all: it ends now",
    "1": "For a day",
    "7": "For a week",
    "30": "For thirty days",
}


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant as pages show it; `may_end`: it is in force, or will be."""

    id: int
    function: str
    tax_ids: tuple[str, ...]
    lines: tuple[str, ...]
    first_on: date
    last_on: date | None
    state: str
    tone: str
    may_end: bool


def state(row: Row) -> tuple[str, str]:
    """How the system stands, and the tone of its tag."""
    return (STATES["revoked"], "negative") if row.revoked_at else (STATES["active"], "positive")


def of_office(machine: Machine) -> str:
    """Whose it is, as a sentence."""
    return f"For {machine.row.office_name}."


def sentence(error: Exception) -> str:
    """What a domain says against it, as a sentence."""
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."


def granted(machine: Machine, lines: Mapping[str, str], today: date) -> list[Granted]:
    """The grants in words, those that are in force or will be before those that are over."""
    is_revoked = machine.row.revoked_at is not None
    found = [_granted(held, lines, today, is_revoked) for held in machine.grants]
    return sorted(found, key=lambda each: not each.may_end)


def _granted(held: Held, lines: Mapping[str, str], today: date, is_revoked: bool) -> Granted:
    said, tone = ("Closed", "neutral") if is_revoked else _standing(held, today)
    return Granted(
        id=held.id,
        function=FUNCTION_NAMES[Function(held.function)],
        tax_ids=tuple(identifiers.format_tax_id(number) for number in held.tax_ids),
        lines=tuple(name for line, name in lines.items() if line in held.lines) or ("Every line",),
        first_on=held.first_on,
        last_on=held.last_on,
        state=said,
        tone=tone,
        may_end=not is_revoked and held.state != "ended" and (held.last_on is None or held.last_on >= today),
    )


def _standing(held: Held, today: date) -> tuple[str, str]:
    if held.state == "ended":
        return "Ended", "neutral"
    if held.last_on is not None and held.last_on < today:
        return "Over", "neutral"
    if held.first_on > today:
        return "Begins later", "caution"
    return ("Not confirmed", "caution") if held.state == "proposed" else ("In force", "positive")
