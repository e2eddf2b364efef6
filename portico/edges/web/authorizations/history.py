"""What happened to a request, in words: one line for each event of its ledger that its offices may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portico.domains.authorizations import question_kinds
from portico.domains.authorizations.facts.shown import AuthorizationPage, EventFacts
from portico.edges.web.codes import authorizations as codes
from portico.edges.web.templatetags import portico as says

_TITLES: Final[Mapping[str, str]] = {
    "received": "The plan received the request",
    "determined": "The plan's rules looked at it",
    "assigned": "A reviewer took it",
    "asked": "The plan asked for more",
    "answered": "The plan's question was answered",
    "withdrawn": "The plan took a question back",
    "lapsed": "The time to answer a question was over",
    "paused": "The clock was stopped",
    "resumed": "The clock went on",
    "extended": "The plan took more time",
    "levelled": "How soon an answer is needed was changed",
    "decided": "The plan decided",
    "reopened": "The plan was asked to look again",
    "changed": "The request was changed",
    "continued": "More days were asked for",
    "cancelled": "The request was cancelled",
    "document": "A document came",
    "letter": "A letter was written",
    "notice": "The office was told",
    "talk_booked": "A talk between clinicians was booked",
    "talk_moved": "The talk was moved",
    "talk_cancelled": "The talk was cancelled",
    "talk_held": "The talk took place",
    "warned": "The answer was due soon",
    "breached": "The answer was late",
    "admitted": "The patient was admitted",
    "discharged": "The patient was discharged",
}
_SIDES: Final[Mapping[str, str]] = {"plan": "The plan", "system": "The portal"}
_BASES: Final[Mapping[str, str]] = {
    "extension": "on an extension",
    "change": "on a change",
    "reconsideration": "on a reconsideration",
    "appeal": "on an appeal",
    "talk": "after a talk between clinicians",
}
_REASONS: Final[Mapping[str, str]] = {
    "patient_asked": "the patient asked for more time",
    "office_asked": "the office asked for more time",
    "evidence_elsewhere": "evidence has to come from elsewhere",
    "unusual_circumstances": "unusual circumstances",
    "information_asked": "the plan waits for what it asked",
    "patient_unavailable": "the patient cannot be reached",
    "examination": "an examination is awaited",
}
_DUE: Final = frozenset({"received", "reopened", "asked", "extended", "levelled"})
"""Events that say by when something is due."""
_ABOUT_THE_CLOCK: Final = frozenset({"paused", "extended"})


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, in words."""

    at: datetime
    title: str
    more: str
    by: str
    due_at: datetime | None = None


def of(told: AuthorizationPage) -> list[Happened]:
    """Everything that happened, the first thing first."""
    return [
        Happened(each.at, _title(each), _more(each), _by(each), each.due_at if each.kind in _DUE else None)
        for each in told.events
    ]


def _title(each: EventFacts) -> str:
    title = _TITLES.get(each.kind, says.spoken(each.kind))
    outcome = codes.STATES.get(each.code, "") if each.kind in ("decided", "determined") else ""
    return f"{title}: {outcome.lower()}" if outcome else title


def _more(each: EventFacts) -> str:
    """On what it stood, and why, as far as the event says so."""
    return "; ".join(filter(None, (_BASES.get(each.basis, ""), _reason(each))))


def _reason(each: EventFacts) -> str:
    if each.kind in _ABOUT_THE_CLOCK:
        return _REASONS.get(each.code, "")
    if each.kind in ("asked", "answered", "withdrawn", "lapsed"):
        return question_kinds.BY_CODE.get(each.code, "")
    if each.kind == "levelled":
        return codes.LEVELS.get(each.code, "").lower()
    return ""


def _by(each: EventFacts) -> str:
    return each.by if each.side == "office" else _SIDES.get(each.side, "")
