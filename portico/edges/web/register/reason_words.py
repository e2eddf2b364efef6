"""Why a registration did not go through at once, how far it is, and what comes next, in plain words.

What is on file is never said: a reason names a field of the applicant's own, and what can be done about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.registration.claims import Field, Finding, Reason
from portico.domains.registration.following import Stage


@dataclass(frozen=True, slots=True)
class Said:
    """A headline, what it means, and what the reader can do; `todo` is empty where there is nothing to do."""

    headline: str
    says: str
    todo: str = ""


_COMPARE: Final = "Compare it with the document. You can correct it once, or hand in a copy."
REASONS: Final[Mapping[Reason, Said]] = {
    Reason.ALWAYS_REVIEWED: Said(
        "The plan looks at every request of this kind",
        "Nothing is wrong with yours. Somebody at the plan looks at it before an account is opened.",
    ),
    Reason.LICENCE_DIFFERS: Said(
        "The licence is not the one the plan has on file",
        "Everything else fits together. Look at the licence number and its state again, letter by letter.",
        _COMPARE,
    ),
    Reason.NPI_DIFFERS: Said(
        "The NPI is not the one the plan has on file",
        "Everything else fits together. Check that it is your own NPI and not that of a group.",
        _COMPARE,
    ),
    Reason.TAX_ID_DIFFERS: Said(
        "A tax ID is not one the plan has on file for you",
        "Everything else fits together. Check the digits, and that you bill this plan under it.",
        _COMPARE,
    ),
    Reason.NAME_DIFFERS: Said(
        "The name is not the one the plan has on file",
        "Everything else fits together. It may be a former name, or another spelling of it.",
        _COMPARE,
    ),
    Reason.NOTHING_MATCHES: Said(
        "We could not find these facts together",
        "Some of what you entered does not fit with the rest, or the plan does not have it on file yet.",
        _COMPARE,
    ),
    Reason.NOT_PARTICIPATING: Said(
        "You do not take part in the plan's network",
        "The portal is for offices that have a contract with the plan. Somebody at the plan looks whether "
        "yours has.",
        "If you would like to take part, ask the plan to join its network.",
    ),
    Reason.LICENCE_NOT_ACTIVE: Said(
        "The licence is not listed as active",
        "The state's list, as the plan has it, does not show this licence as active.",
        "If it was renewed lately, hand in a copy of the renewal.",
    ),
    Reason.LICENCE_CLAIMED: Said(
        "An account was opened with this licence already",
        "One licence opens one account. Somebody at the plan looks at what happened.",
        "If the account is yours, sign in. If you know nothing of it, call Provider Services now.",
    ),
    Reason.OFFICE_EXISTS: Said(
        "Your office has an account already",
        "What you sent is kept for its administrators, who can let you in. It is not registered twice.",
        "Show that you belong to the office, and we tell you who its administrators are.",
    ),
    Reason.TAX_ID_SHARED: Said(
        "Others bill under this tax ID too",
        "Who registers at once looks after the whole office. Where colleagues or an organization bill under "
        "the same tax ID, somebody at the plan makes sure first that you speak for all of them.",
    ),
    Reason.BEING_CHECKED: Said(
        "The plan is checking your request",
        "Somebody at the plan looks at it before an account is opened.",
    ),
    Reason.LOOKED_AT_AGAIN: Said(
        "The plan looks at it again",
        "Something changed since the plan said yes to your registration, or a question came up. Somebody at "
        "the plan looks at it before an account is opened.",
    ),
}
NOTHING_WRONG: Final = frozenset(
    {Reason.ALWAYS_REVIEWED, Reason.TAX_ID_SHARED, Reason.BEING_CHECKED, Reason.LOOKED_AT_AGAIN}
)
"""The reasons that find nothing wrong with what was entered."""
FIELDS: Final[Mapping[Field, str]] = {
    Field.LICENCE: "Licence",
    Field.NPI: "NPI",
    Field.TAX_ID: "Tax ID",
    Field.NAME: "Name",
    Field.PARTICIPATION: "Part in the network",
    Field.LICENCE_LIST: "The state's list of licences",
    Field.EXCLUSIONS: "Exclusion lists",
}
FINDINGS: Final[Mapping[Finding, tuple[str, str]]] = {
    Finding.AGREES: ("Agrees", "positive"),
    Finding.DIFFERS: ("Differs", "negative"),
    Finding.NOT_FOUND: ("Not found", "caution"),
    Finding.NOT_ACTIVE: ("Not active", "negative"),
    Finding.EXCLUDED: ("Excluded", "negative"),
    Finding.NOT_LOADED: ("Not loaded", "neutral"),
    Finding.ACCEPTED: ("Accepted", "positive"),
    Finding.REJECTED: ("Not accepted", "negative"),
}
STAGES: Final[Mapping[Stage, Said]] = {
    Stage.IN_REVIEW: Said(
        "The plan is looking at it",
        "We write to you when it is decided.",
    ),
    Stage.RETURNED: Said(
        "It is your turn",
        "The plan needs something more before it can decide. Its clock stands still until you have sent it.",
    ),
    Stage.MATCHED: Said(
        "Everything agrees",
        "What is left is to choose your username and password.",
    ),
    Stage.APPROVED: Said(
        "It is approved",
        "We mailed you a link. Together with your transaction ID it lets you choose username and password.",
    ),
    Stage.DENIED: Said("It was not approved", "No account was opened."),
    Stage.RECOGNISED: REASONS[Reason.OFFICE_EXISTS],
    Stage.LET_IN: Said(
        "Your office lets you in",
        "An invitation was mailed to the address you registered with. It works for a day.",
        "Ask your administrator for your username: it is in no mail.",
    ),
    Stage.NOT_LET_IN: Said(
        "Your office did not let you in",
        "One of its administrators said no to what you sent. No account was opened.",
        "Talk to your office. If you think it is a mistake, register again afterwards.",
    ),
    Stage.COMPLETED: Said("Your account is open", "Sign in with the username and password you chose."),
    Stage.LAPSED: Said(
        "It has lapsed",
        "It was approved, and nobody chose a username and password in time. Please register again.",
    ),
}
TONES: Final[Mapping[Stage, str]] = {
    Stage.IN_REVIEW: "neutral",
    Stage.RETURNED: "caution",
    Stage.MATCHED: "positive",
    Stage.APPROVED: "positive",
    Stage.DENIED: "negative",
    Stage.RECOGNISED: "caution",
    Stage.LET_IN: "positive",
    Stage.NOT_LET_IN: "negative",
    Stage.COMPLETED: "positive",
    Stage.LAPSED: "negative",
}
