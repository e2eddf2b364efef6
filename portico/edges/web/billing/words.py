"""How what an office lets a billing company do is spoken of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.access.clients.rows import Row
from portico.domains.access.clients.rules import Ending, State
from portico.domains.access.delegating.ceiling_rules import Beyond, Fault
from portico.domains.plan import catalogue
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import identifiers

STATES: Final[Mapping[State, tuple[str, str]]] = {
    State.AHEAD: ("Begins later", "neutral"),
    State.RUNNING: ("In force", "positive"),
    State.OVER: ("Over", "neutral"),
    State.ENDED: ("Ended", "neutral"),
}
ENDINGS: Final[Mapping[str, str]] = {
    Ending.CLIENT: "The office took it back",
    Ending.BILLER: "The billing company gave it up",
    Ending.REPLACED: "Something else was given in its place",
    Ending.MOVED: "The tax ID went to another office",
    Ending.LAST_DAY: "Its last day is past",
}
CANNOT: Final[Mapping[str, tuple[str | None, str]]] = {
    "no_tax_id": ("tax_ids", "Choose at least one tax ID."),
    "unknown_tax_id": ("tax_ids", "Choose among your office's tax IDs."),
    "no_line": ("lines", "Choose at least one line of business."),
    "unknown_line": ("lines", "Choose among these lines of business."),
    "not_for_billing_companies": ("functions", "Choose among these functions."),
    "begins_in_the_past": ("first_on", "Choose today or a later day."),
    "ends_before_it_begins": ("last_on", "Choose a last day that is not before the first."),
    "runs_already": (
        "first_on",
        "This company works under one of these tax IDs today. Let it begin today, in place of that.",
    ),
    "unknown_company": (None, "No billing company has this tax ID here any more. Nothing was given."),
}
_FIELDS: Final[Mapping[Beyond, str | None]] = {
    Beyond.FUNCTION: "functions",
    Beyond.TAX_ID: "tax_ids",
    Beyond.LINE: "lines",
    Beyond.DAY: "last_on",
}
_SAYS: Final[Mapping[Beyond, str]] = {
    Beyond.FUNCTION: "{function} is not yours to hand out.",
    Beyond.TAX_ID: "One of these tax IDs is not yours to hand out.",
    Beyond.LINE: "One of these lines is not yours to hand out.",
    Beyond.DAY: "What you were given ends before that day. Choose an earlier last day.",
    Beyond.PROVIDER: "You look after some providers only, and a billing company works for all of them. Ask "
    "an administrator of the whole office.",
    Beyond.REGION: "You look after some regions only, and a billing company works in all of them. Ask an "
    "administrator of the whole office.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its words."""

    row: Row
    tax_id: str
    state: tuple[str, str]
    ending: str
    functions: tuple[str, ...]
    lines: tuple[str, ...]


def shown(rows: Iterable[Row]) -> list[Shown]:
    """The rows in words; no line is every line. One query for the names of lines."""
    names = catalogue.line_names()
    return [_shown(row, names) for row in rows]


def _shown(row: Row, names: Mapping[str, str]) -> Shown:
    return Shown(
        row,
        identifiers.format_tax_id(row.tax_id),
        STATES[row.state],
        ENDINGS.get(row.ending, ""),
        tuple(FUNCTION_NAMES[function] for function in row.functions),
        tuple(sorted(names.get(line, line) for line in row.lines or ())),
    )


def fault(found: Fault) -> tuple[str | None, str]:
    """The field, None for the whole form, and in what it goes beyond."""
    return _FIELDS.get(found.beyond), _SAYS[found.beyond].format(function=FUNCTION_NAMES[found.function])
