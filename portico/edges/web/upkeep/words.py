"""How directory entries, their fields and their changes are spoken of, to offices and at the plan's desk."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from portico.domains.directory import overlay, upkeep_rules
from portico.domains.directory.change_files import MOST_FILES, Full
from portico.domains.directory.change_rows import Row, State
from portico.domains.directory.upkeep_rules import Fault, Kind
from portico.edges.web.finding.words import ACCESSIBILITY
from portico.edges.web.templatetags.portico import telephone
from portico.shared.pages import Page

LABELS: Final[Mapping[str, str]] = {
    "accepts_new_patients": "New patients",
    "telephone": "Telephone",
    "fax": "Fax",
    overlay.ADDRESS: "Address",
    "languages": "Languages beside English",
    "telehealth": "Telehealth",
    "accessibility": "Access for people with a disability",
    overlay.LAST_ON: "Last day here",
}
QUESTIONS: Final[Mapping[str, str]] = {
    "accepts_new_patients": "Does this provider accept new patients here?",
    "telehealth": "Does this provider see patients by telehealth?",
    "languages": "Which languages are spoken with patients, beside English?",
    "accessibility": "What does this place have for people with a disability?",
    overlay.LAST_ON: "On which day does this provider see patients here for the last time?",
}
FLAGS: Final[Mapping[str, tuple[str, str]]] = {
    "accepts_new_patients": ("Accepts new patients", "Accepts no new patients"),
    "telehealth": ("Offers telehealth", "No telehealth"),
}
STATES: Final[Mapping[State, tuple[str, str]]] = {
    State.SENT: ("With the plan", "caution"),
    State.ACCEPTED: ("Accepted", "positive"),
    State.REFUSED: ("Refused", "negative"),
    State.TAKEN_BACK: ("Taken back", "neutral"),
    State.CONFIRMED: ("Accepted, and in the provider file", "positive"),
    State.CONTRADICTED: ("Contradicted by the provider file", "negative"),
}
FAULTS: Final[Mapping[Fault | Full, str]] = {
    Fault.MISSING: "Enter street, city, state and ZIP code.",
    Fault.TELEPHONE: "Enter ten digits, for example (530) 555-0142.",
    Fault.ZIP_CODE: "Enter a ZIP code of five digits, or of nine: 95814 or 95814-1234.",
    Fault.STATE: "Enter the two letters of the state, for example CA.",
    Fault.TOO_LONG: "This is too long. Shorten it.",
    Fault.DAY: "Enter a day as mm/dd/yyyy.",
    Fault.UNKNOWN: "Choose among these.",
    Fault.SAME: "The directory says exactly this already.",
    Fault.TOO_EARLY: f"Choose a day within the last {upkeep_rules.FURTHEST_BACK.days} days, or a later one.",
    Fault.TOO_LATE: f"Choose a day within the next {upkeep_rules.FURTHEST_AHEAD.days} days.",
    Fault.WAITS: "A change of this is with the plan already. Take that one back, or wait for the answer.",
    Full.TOO_MANY: f"A change has {MOST_FILES} documents at most.",
    Full.OFFICE_TODAY: "Your office has handed in too much today. Send it without a document, or tomorrow.",
}
NOTHING: Final = "None"


def value(field: str, says: Any) -> str:
    """What a field says, on one line."""
    kind = upkeep_rules.FIELDS[field]
    if kind is Kind.FLAG:
        return FLAGS[field][0 if says else 1]
    if kind is Kind.TELEPHONE:
        return telephone(says) if says else NOTHING
    if kind is Kind.ADDRESS:
        return address(says or {})
    if kind is Kind.DAY:
        return f"{date.fromisoformat(says):%m/%d/%Y}" if says else "None known"
    return ", ".join(ACCESSIBILITY.get(each, each) for each in says or ()) or NOTHING


def address(says: Mapping[str, str]) -> str:
    """An address on one line; what is empty is left out."""
    last = " ".join(filter(None, (says.get("state"), says.get("postal_code"))))
    return ", ".join(filter(None, (says.get("address"), says.get("city"), last))) or NOTHING


def facts(says: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Field, label and words of everything an entry says, in the order of pages."""
    return [(field, label, value(field, says.get(field))) for field, label in LABELS.items()]


def change(row: Row) -> dict[str, Any]:
    """A change as a list or a page shows it."""
    said, tone = STATES[row.state]
    return {
        "row": row,
        "label": LABELS[row.field],
        "before": value(row.field, row.before),
        "after": value(row.field, row.after),
        "said": said,
        "tone": tone,
        "is_ahead": row.state is State.ACCEPTED and row.published_at is None,
    }


def changes(page: Page[Row]) -> list[dict[str, Any]]:
    """The changes of a page."""
    return [change(row) for row in page.rows]
