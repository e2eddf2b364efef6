"""Talks in words: times in a zone, and why something is not done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from portico.domains.authorizations.facts.shown import TalkFacts
from portico.domains.authorizations.facts.talks import FreeSlot, Outcome, Refusal
from portico.edges.web import zones

REFUSALS: Final[Mapping[Refusal, str]] = {
    Refusal.NOT_NOW: "No talk can be booked for this request as it stands.",
    Refusal.TOO_LATE: "The days in which a talk could be booked are over. You may still ask for an appeal.",
    Refusal.SLOT_GONE: "Somebody else was quicker, or the time is too near. Choose another one.",
    Refusal.BOOKED_BEFORE: "A talk about this request is booked already.",
    Refusal.NOT_BOOKED: "There is no booked talk to change, or it has begun.",
    Refusal.CLINICIAN_MISSING: "Say who talks for the patient's side.",
    Refusal.TELEPHONE_WRONG: "Enter a telephone number with its area code, ten digits at least.",
    Refusal.ZONE_UNKNOWN: "Choose a time zone of the list.",
    Refusal.NOT_YET: "Say what came of it once it has begun.",
    Refusal.OUTCOME_UNKNOWN: "Choose one of the list.",
    Refusal.WORDS_MISSING: "Write in a few words what was said.",
    Refusal.ORDER: "The times end before one talk fits in.",
    Refusal.PAST: "That time is over already.",
    Refusal.TOO_FAR: "Choose a day within the next 90 days.",
    Refusal.LENGTH: "A talk takes 10 to 120 minutes.",
}
FIELDS: Final[Mapping[Refusal, str]] = {
    Refusal.SLOT_GONE: "slot",
    Refusal.CLINICIAN_MISSING: "clinician",
    Refusal.TELEPHONE_WRONG: "telephone",
    Refusal.OUTCOME_UNKNOWN: "outcome",
    Refusal.WORDS_MISSING: "words",
    Refusal.ORDER: "ends",
    Refusal.PAST: "begins",
    Refusal.TOO_FAR: "on",
    Refusal.LENGTH: "minutes",
}
"""The field of a form that a refusal is about."""
STATES: Final = {"booked": "Booked", "cancelled": "Cancelled", "held": "Held", "missed": "Nobody was reached"}
OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.STAYS: "The decision stays as it is",
    Outcome.BETTER: "The decision becomes better for the patient",
    Outcome.MORE_COMES: "The office sends more",
    Outcome.ANOTHER_REQUEST: "The office asks for something else instead",
}


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when to when, in a zone: Friday, March 13, 9:00 to 9:30 AM PDT."""
    first, last = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    begins = clock(first) if f"{first:%p}" != f"{last:%p}" else clock(first).rsplit(" ", 1)[0]
    return f"{first:%A, %B} {first.day}, {begins} to {clock(last)} {last:%Z}"


def clock(at: datetime) -> str:
    """An hour as people say it: 9:00 AM."""
    return f"{at:%I:%M %p}".lstrip("0")


def slot(each: FreeSlot, zone: str) -> str:
    """A free time, and with whom."""
    return f"{span(each.starts_at, each.ends_at, zone)}, with {each.reviewer}"


def talk(each: TalkFacts) -> dict[str, str]:
    """A talk as its page has it, in the zone it was booked in."""
    return {
        "when": span(each.starts_at, each.ends_at, each.zone),
        "zone": zones.name_of(each.zone),
        "state": STATES.get(each.state, each.state),
        "outcome": OUTCOMES.get(each.outcome, ""),
    }
