"""The words of registrations at the plan's desk, by their codes."""

from collections.abc import Mapping
from typing import Final

from portico.domains.registration.claims import Basis, Field, Reason
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import Back, Obstacle, Stop
from portico.domains.registration.events import Kind
from portico.domains.registration.review import Which
from portico.domains.registration.still_so import OFFICE_GONE
from portico.edges.web.register import decision_words, words
from portico.edges.web.register.reason_words import FIELDS, REASONS

FILTERS: Final[Mapping[Which, str]] = {
    Which.ALL: "All that wait",
    Which.MINE: "Mine",
    Which.UNASSIGNED: "Nobody's",
    Which.OVERDUE: "Late",
    Which.SECONDING: "Second yes",
    Which.RETURNED: "With the applicant",
}
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "submitted": ("Waits for the plan", "caution"),
    "returned": ("With the applicant", "neutral"),
    "seconding": ("Waits for a second yes", "caution"),
    "matched": ("Matched", "positive"),
    "approved": ("Approved", "positive"),
    "denied": ("Denied", "negative"),
    "recognised": ("Office found", "neutral"),
    "completed": ("Account opened", "positive"),
    "lapsed": ("Lapsed", "neutral"),
}
BASES: Final[Mapping[Basis, str]] = {
    Basis.PROVIDER_FILE: "the provider file",
    Basis.LICENCE_LIST: "the list of licences",
    Basis.EXCLUSION_LIST: "the exclusion list",
    Basis.DOCUMENT: "a document that was handed in",
    Basis.CALL: "a call to a number on file",
    Basis.PUBLIC_REGISTRY: "a public registry",
}
BACKS: Final[Mapping[Back, str]] = {
    Back.MORE_NEEDED: "Something is missing",
    Back.UNREADABLE: "A document cannot be read",
    Back.DIFFERS: "What was entered and what was handed in differ",
    Back.NOT_REACHED: "Nobody was reached",
}
OBSTACLES: Final[Mapping[Obstacle, str]] = {
    Obstacle.NOT_SETTLED: "A field does not agree, and nobody has said that it is right all the same.",
    Obstacle.WITH_THE_APPLICANT: "It was sent back: it is the applicant's turn.",
    Obstacle.LICENCE_CLAIMED: "The licence has an owner here. Whoever approves says that it passes on.",
    Obstacle.OFFICE_EXISTS: (
        "An office bills under this tax ID already. Let its administrators decide, or say in approving that "
        "the applicant joins it."
    ),
    Obstacle.SEVERAL_OFFICES: "Several offices bill under these tax IDs. Nobody joins more than one at once.",
    Obstacle.OF_ANOTHER_KIND: (
        "A practice bills under the tax ID of this billing company, or a billing company under the tax ID of "
        "this practice. Nobody comes into an office of the other kind: send it back, or deny it."
    ),
    Obstacle.NOT_OFFERED: "The catalogue it was made under lets nobody register so.",
}
STOPS: Final[Mapping[Stop, tuple[str, str]]] = {
    Stop.OWN_CASE: ("This is your own", "Nobody decides on their own registration."),
    Stop.SAID_YES_FIRST: ("You said the first yes", "The second one is another person's."),
    Stop.INVITED: (
        "The first yes is too near to you",
        "One of you two made the other's account. The second yes is somebody else's.",
    ),
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.GONE: "Nothing was changed: somebody was quicker, or this cannot be done any more.",
    Outcome.STOPPED: "Nothing was changed: it is for a colleague to decide.",
    Outcome.CHANGED: "Nothing was changed: the applicant has corrected something since you read it. Read it "
    "again.",
    Outcome.OBSTRUCTED: "It was not approved: something stands in the way. Read the case again.",
    Outcome.NO_DOCUMENT: "Nothing was changed: no document was handed in that is known to be clean.",
    Outcome.SENT_BACK_BEFORE: "It was sent back once before, and is not a second time. Call, or decide.",
    Outcome.TOO_MANY_TODAY: "Enough links were sent for today. Send another one tomorrow.",
}
DOCUMENTS: Final[Mapping[str, str]] = {
    "photo_id": "Photo ID",
    "licence": "Licence",
    "tax_form": "Tax form",
    "letter": "Letter of the office",
    "other": "Other document",
}
CLAIMED: Final[Mapping[str, str]] = {
    "first_name": "First name",
    "last_name": "Last name",
    "office_name": "Name of the office",
    "npi": "NPI",
    "tax_ids": "Tax IDs",
    "licence_number": "Licence number",
    "licence_state": "State of the licence",
    "address": "Street",
    "city": "City",
    "state_code": "State",
    "postal_code": "ZIP code",
}
_HAPPENED: Final[Mapping[str, str]] = {
    Kind.SUBMITTED: "Submitted",
    Kind.MATCHED: "Everything matched",
    Kind.CHANGED: "Changed by the applicant",
    Kind.HANDED_IN: "Document handed in",
    Kind.CORRECTED: "Correction finished",
    Kind.CHECKED: "Word given",
    Kind.ASSIGNED: "Assigned",
    Kind.NOTED: "Note",
    Kind.RETURNED: "Sent back",
    Kind.MISSING: "Asked for",
    Kind.SECONDED: "First yes",
    Kind.APPROVED: "Approved",
    Kind.DENIED: "Denied",
    Kind.RECOGNISED: "Left to the office's administrators",
    Kind.LOST: "Not opened, and open again",
    Kind.WITHDRAWN: "Taken back",
    Kind.REISSUED: "New transaction ID",
    Kind.LINK_SENT: "Link mailed",
    Kind.COMPLETED: "Account opened",
    Kind.LAPSED: "Lapsed",
}


_CHANGED: Final[Mapping[str, str]] = {
    **{str(field): f"{name} changed" for field, name in FIELDS.items()},
    **{str(each): said.headline for each, said in REASONS.items()},
    Reason.LICENCE_CLAIMED: "Somebody else owns the licence here by now",
    Reason.OFFICE_EXISTS: "An office bills under a claimed tax ID by now",
    Reason.BEING_CHECKED: "A list names the applicant, or does not know the licence",
    Reason.LICENCE_NOT_ACTIVE: "The licence is not listed as active any more",
    Reason.NOT_PARTICIPATING: "The provider takes part no more",
    Reason.TAX_ID_SHARED: "Others bill under the tax ID by now",
    Reason.ALWAYS_REVIEWED: "The catalogue lets nobody through at once any more",
    OFFICE_GONE: "The office to be joined does not bill under a claimed tax ID any more",
}
"""What was found when the account would have been opened."""


def happened(kind: str, code: str) -> str:
    """What happened, in a few words; `code` says more of it."""
    said, more = _HAPPENED[kind], _more(kind, code)
    if kind == Kind.ASSIGNED and not code:
        return "Assigned to nobody"
    return f"{said}: {more}" if more else said


def _more(kind: str, code: str) -> str:
    if kind == Kind.MISSING:
        return decision_words.missing(code)
    if kind == Kind.DENIED:
        return decision_words.denial(code).headline
    if kind == Kind.RETURNED:
        return BACKS[Back(code)] if code in set(Back) else ""
    known: dict[str, Mapping[str, str]] = {
        Kind.CHANGED: CLAIMED,
        Kind.HANDED_IN: DOCUMENTS,
        Kind.CHECKED: {str(field): name for field, name in FIELDS.items()},
        Kind.CORRECTED: {str(each): said.headline for each, said in REASONS.items()},
        Kind.LOST: _CHANGED,
    }
    return known.get(kind, {}).get(code, "")


def reason(code: Reason | None) -> str:
    """Why it did not go through at once."""
    return REASONS[code].headline if code else ""


def field(code: Field) -> str:
    """The name of what is compared."""
    return FIELDS[code]


def account_type(code: str) -> str:
    """The name of an account type."""
    return words.account_type(code)
