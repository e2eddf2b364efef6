"""What the plan's desk asks for, and why it denied, in plain words by their codes."""

from collections.abc import Mapping
from typing import Final

from portico.domains.registration.deciding_rules import Back, Denial
from portico.edges.web.register.reason_words import Said

MISSING: Final[Mapping[str, str]] = {
    "first_name": "Correct the first name",
    "last_name": "Correct the last name",
    "office_name": "Correct the name of the office",
    "npi": "Correct the NPI",
    "tax_ids": "Correct the tax ID",
    "licence_number": "Correct the licence number",
    "licence_state": "Correct the state of the licence",
    "address": "Correct the street address",
    "city": "Correct the city",
    "state_code": "Correct the state of the address",
    "postal_code": "Correct the ZIP code",
    "photo_id": "Hand in a photo ID, such as a driver's licence or passport",
    "licence": "Hand in a copy of the licence",
    "tax_form": "Hand in a form of the tax authority that shows name and tax ID, such as a W-9 or a CP 575",
    "letter": "Hand in a letter of the office that says that you act for it",
    "other": "Hand in a document that shows what the plan asked you by telephone",
}
BACKS: Final[Mapping[Back, str]] = {
    Back.MORE_NEEDED: "Something is missing without which the plan cannot decide.",
    Back.UNREADABLE: "A document you handed in cannot be read. Hand it in again, whole and sharp.",
    Back.DIFFERS: "What you entered and what you handed in do not say the same.",
    Back.NOT_REACHED: "The plan called you and reached nobody. What it needs to know is below.",
}
"""Why it was sent back, to the applicant; the desk chooses by shorter ones."""
_APPEAL: Final = (
    "You may appeal: call Provider Services or write to them, and say why you think this is wrong. Somebody "
    "who has not decided on it before looks at it again."
)
DENIALS: Final[Mapping[str, Said]] = {
    Denial.NOT_VERIFIED: Said(
        "We could not verify what you entered",
        "What you entered and handed in does not show well enough who you are, or for whom you act.",
        _APPEAL,
    ),
    Denial.NO_ANSWER: Said(
        "We asked you for something more and heard nothing",
        "Without it we cannot decide. You can register again at any time, once you have it at hand.",
        _APPEAL,
    ),
    Denial.NOT_PARTICIPATING: Said(
        "You do not take part in the plan's network",
        "The portal is for offices that have a contract with the plan. You can ask the plan to join its "
        "network.",
        _APPEAL,
    ),
    Denial.LICENCE_NOT_ACTIVE: Said(
        "The licence is not active",
        "An account is opened for an active licence. Once it is renewed, register again.",
        _APPEAL,
    ),
    Denial.LICENCE_CLAIMED: Said(
        "An account was opened with this licence already",
        "One licence opens one account, and we are sure that it is with whoever has it.",
        _APPEAL,
    ),
    Denial.NOT_AUTHORIZED: Said(
        "The office does not know that you act for it",
        "We asked the office, and nobody there said that you may register it.",
        _APPEAL,
    ),
    Denial.STAFF: Said(
        "Your administrator lets you in",
        "Staff do not register: the administrator of your office invites you, and chooses what you may see.",
        _APPEAL,
    ),
    Denial.EXCLUDED: Said(
        "A federal exclusion stands against this registration",
        "Somebody you named is on the list of those whom no federal programme pays. Whoever keeps the list "
        "can tell you how to be taken off it.",
        _APPEAL,
    ),
    Denial.TWICE: Said(
        "It was registered twice",
        "There is another registration for the same. Use the transaction ID of that one.",
        _APPEAL,
    ),
}


def missing(code: str) -> str:
    """What is asked for."""
    return MISSING[code]


def back(code: Back) -> str:
    """Why it was sent back."""
    return BACKS[code]


def denial(code: str) -> Said:
    """Why it was denied, and what can be done."""
    return DENIALS[code]
