"""The sentences of one request: where it stands, whose turn it is, what holds, and what can be done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from portico.domains.authorizations import decision_reasons, question_kinds
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.shown import (
    OPEN,
    AskedFacts,
    AuthorizationPage,
    Clock,
    DocumentFacts,
    Listed,
    PartyFacts,
    ServiceFacts,
    Standing,
    State,
)
from portico.edges.web import zones
from portico.edges.web.authorizations import labels
from portico.edges.web.codes import authorizations as codes
from portico.edges.web.templatetags import portico as says

LETTERS: Final[Mapping[str, str]] = {
    "approval": "Letter of approval",
    "partial": "Letter of approval in part",
    "denial": "Letter of denial",
    "information": "Letter asking for information",
    "extension": "Letter about more time",
}
TALKS: Final[Mapping[str, str]] = {
    "booked": "Booked",
    "cancelled": "Cancelled",
    "held": "Held",
    "missed": "Did not take place",
}
_QUESTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("Open", "caution"),
    "answered": ("Answered", "positive"),
    "withdrawn": ("No longer needed", "neutral"),
    "lapsed": ("Time is over", "negative"),
}
_SCANS: Final[Mapping[str, str]] = {
    "waiting": "Not yet checked for viruses",
    "infected": "Refused: a virus was found",
}


_HEADLINES: Final[Mapping[str, str]] = {
    State.IN_REVIEW: "In review: the plan has not decided yet",
    State.PENDED: "The plan needs more information before it decides",
    State.CANCELLED: "Cancelled by the office that asked",
    State.NOT_NEEDED: "No authorization is needed",
}
_NEXT: Final[Mapping[str, str]] = {
    State.IN_REVIEW: "The plan decides next. You need not do anything.",
    State.PENDED: "The office is next: it answers what the plan asks",
    State.APPROVED: (
        "The services below may be given within their days and units. Put the number on the claim."
    ),
    State.PARTLY: "Some of what was asked for is not approved. Each service below says what holds, and why.",
    State.DENIED: "Each service below says why it was not approved.",
    State.CANCELLED: "Nothing of it holds any more. If the service is needed after all, send a new request.",
    State.NOT_NEEDED: "The service may be given without asking. Keep the number for your records.",
}


def headline(listed: Listed) -> str:
    """Where a request stands, since when, as a sentence."""
    on = f" on {listed.decided_at.astimezone(zones.shown()):%m/%d/%Y}" if listed.decided_at else ""
    return _HEADLINES.get(listed.state) or f"{codes.STATES[listed.state]}{on}"


def next_step(listed: Listed) -> str:
    """Whose turn it is, and what has to happen."""
    if listed.state is not State.PENDED:
        return _NEXT[listed.state]
    return f"{_NEXT[listed.state]}{f' by {when(listed.answer_due_at)}' if listed.answer_due_at else ''}."


def when(at: datetime) -> str:
    """An instant within a sentence, in its reader's zone."""
    local = at.astimezone(zones.shown())
    clock = f"{local:%I:%M %p}".lstrip("0")
    return f"{local:%m/%d/%Y}, {clock} {local:%Z}"


def clock(listed: Listed) -> dict[str, Any] | None:
    """The countdown both sides see; None where no clock runs."""
    held: Clock = listed.clock
    if held.standing is Standing.NONE:
        return None
    return {
        "says": codes.countdown(held),
        "tone": codes.clock_tone(held),
        "due_at": held.due_at,
        "settled_at": held.settled_at,
        "extended": f"Made longer by {held.extended_by} days" if held.extended_by else "",
        "citation": held.citation,
    }


def facts(told: AuthorizationPage) -> list[tuple[str, str]]:
    """What the request says of itself, under the names of the 278."""
    listed = told.listed
    pairs = (
        ("Authorization number", listed.number),
        ("Request category", labels.KINDS[listed.kind]),
        ("Level of service", codes.LEVELS[listed.level]),
        ("Line of business", listed.line_name),
        ("Diagnosis codes", ", ".join(map(labels.diagnosis, told.diagnoses))),
        ("Facility type", labels.place(told.place) if told.place else ""),
        ("Contact", " ".join(filter(None, (told.contact_name, says.telephone(told.contact_telephone))))),
        ("Assigned to", listed.assigned_to),
    )
    return [(label, value) for label, value in pairs if value]


def parties(told: AuthorizationPage) -> list[tuple[str, PartyFacts, str]]:
    """Each office of the request, as what it stands there, and whether it is in the network."""
    network = {True: "In the network", False: "Out of the network", None: ""}
    return [(labels.ROLES[each.role], each, network[each.in_network]) for each in told.parties]


def service(each: ServiceFacts, listed: Listed) -> dict[str, Any]:
    """A service: what was asked, what holds, how much of it is left, and why not all."""
    reason = decision_reasons.BY_CODE.get(each.reason_code)
    return {
        "service": each,
        "place": str(each.position),
        "name": codes.service(each.code, each.service_type, each.modifiers),
        "type": labels.SERVICE_TYPES.get(each.service_type, "") if each.code else "",
        "asked": codes.quantity(each.quantity, each.unit),
        "approved": _quantity(each.approved_quantity, each.unit),
        "none": "Not yet" if each.state in OPEN else "None",
        "used": codes.quantity(each.used, each.unit),
        "left": _quantity(each.left, each.unit),
        "state": codes.STATES[each.state],
        "tone": codes.TONES[each.state],
        "is_adverse": each.state in (State.DENIED, State.PARTLY),
        "means": reason.means if reason else "",
        "advice": reason.advice if reason else "",
        "is_over": listed.state is State.CANCELLED,
    }


def question(each: AskedFacts) -> dict[str, Any]:
    """What the plan asked for, in words."""
    state, tone = _QUESTIONS.get(each.state, (each.state, "neutral"))
    kind = question_kinds.BY_CODE.get(each.kind, says.spoken(each.kind))
    return {"asked": each, "kind": kind, "state": state, "tone": tone, "is_open": each.state == "open"}


def document(each: DocumentFacts) -> dict[str, Any]:
    """A document with its receipt; only one that is known to be clean can be taken away."""
    return {
        "document": each,
        "kind": labels.DOCUMENTS.get(each.kind, says.spoken(each.kind)),
        "size": _size(each.size),
        "is_clean": each.scan == "clean",
        "scan": _SCANS.get(each.scan, ""),
    }


def next_steps(told: AuthorizationPage) -> list[str]:
    """What the office that asked may still do about what was not approved."""
    steps = []
    if Act.ASK_RECONSIDERATION in told.may and told.appeal_until:
        by = f"{told.appeal_until:%m/%d/%Y}"
        steps.append(f"Ask the plan to look again, or appeal, by {by}.")
    if Act.BOOK_TALK in told.may and told.talk_until:
        by = when(told.talk_until)
        steps.append(f"A clinician of yours may talk with one of the plan; book a time by {by}.")
    return steps


def _quantity(amount: Any, unit: str) -> str:
    return "" if amount is None else codes.quantity(amount, unit)


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
