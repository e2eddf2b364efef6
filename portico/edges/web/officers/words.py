"""How officers, reviews and recoveries are spoken of."""

from collections.abc import Mapping
from typing import Final

from portico.domains.access.officers.leaving import What
from portico.domains.access.officers.rules import Proof, Refusal
from portico.domains.access.reviews.rules import Said

CANNOT_NAME: Final[Mapping[str, str]] = {
    "not_found": "Choose somebody who works at your office and has signed in before.",
    "was_administrator": "Choose somebody who is not an administrator, and was none.",
    "nothing_counts": "Choose somebody who may do something here today. What this person was given waits "
    "to be confirmed, or has ended.",
    "reach_too_narrow": "You administer a part of your office, and a successor all of it. Ask an "
    "administrator of the whole office to name one.",
}
LAST_ADMINISTRATOR: Final = (
    "You are the only administrator. Name somebody who takes over, or make a second administrator first."
)
WHAT: Final[Mapping[What, tuple[str, str]]] = {
    What.DUTY: (
        "My duty as administrator",
        "I stop managing users. What I do with patients' data, if I do, stays as it is.",
    ),
    What.OFFICE: (
        "Everything I do for this office",
        "I leave. Nothing of this office is open to me any more; what I did stays on record.",
    ),
}
SAID: Final[Mapping[Said, str]] = {
    Said.KEPT: "Keep as it is",
    Said.CHANGED: "Keep, without what is not used",
    Said.REMOVED: "Take away",
}
SAID_BEFORE: Final[Mapping[Said, tuple[str, str]]] = {
    Said.KEPT: ("Kept", "positive"),
    Said.CHANGED: ("Kept, unused taken away", "positive"),
    Said.REMOVED: ("Taken away", "neutral"),
}
CANNOT_CLAIM: Final[Mapping[str, str]] = {
    "no_office": "You do not act for an office here. Switch to what you do for the office, then ask again.",
    "administered": "Your office has an administrator again. Turn to them.",
    "asked_before": "Somebody has asked already. Until that is decided nobody else can.",
    "not_of_office": "Your account is not open for this office. Call the plan.",
    "objected_before": "Somebody objected when you asked. You cannot ask again: call the plan, or let a "
    "colleague ask.",
}
PROOFS: Final[Mapping[Proof, str]] = {
    Proof.CALLED_ON_FILE: "I called the office at a number on file",
    Proof.LETTER_ON_FILE: "I wrote to the address on file, and the office answered",
    Proof.IN_PERSON: "An owner of the office said so in person",
    Proof.DOCUMENTS: "Documents of the office show it, compared with what is on file",
}
REFUSALS: Final[Mapping[str, str]] = {
    Refusal.OBJECTED: "Somebody objected.",
    Refusal.NOT_PROVEN: "The plan could not make sure with the office.",
    Refusal.NOT_ENTITLED: "The office wants somebody else.",
    Refusal.WITHDRAWN: "Who asked took it back.",
    Refusal.LAPSED: "It lay for two weeks without a proof.",
    Refusal.GONE: "Who asked does not work there any more.",
}
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("Nobody has asked", "neutral"),
    "claimed": ("Asked, to be proven", "caution"),
    "waiting": ("Waiting time", "caution"),
    "approved": ("Approved", "positive"),
    "closed": ("Ended: an administrator is there", "positive"),
}
CAUSES: Final[Mapping[str, str]] = {
    "suspended": "The last administrator's access was suspended.",
    "grant_ended": "The last administrator's duty was taken back.",
    "disabled": "The last administrator's account was disabled.",
    "unused": "The last administrator's account was not used for long.",
    "left": "The last administrator left.",
    "reviewed": "The last administrator was taken away in a review.",
    "expired": "The last administrator's time ran out.",
}
CANNOT_DECIDE: Final[Mapping[str, str]] = {
    "not_in_this_state": "Nothing was changed: it stands differently by now.",
    "not_yours_to_decide": "Nothing was changed: you have something to do with this office. A colleague "
    "decides.",
    "claimant_gone": "Nothing was changed: who asked does not work there any more.",
    "still_waiting": "Nothing was changed: the waiting time is not over.",
}
STANDS_IN_THE_WAY: Final[Mapping[str, str]] = {
    "not_yours_to_decide": "You have something to do with this office. A colleague decides.",
    "claimant_gone": "Who asked does not work there any more. It ends by itself within minutes.",
}
