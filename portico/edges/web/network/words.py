"""How far a wish to take part is, why the plan says no, and what is wrong with what was typed, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.registration.network_rules import Decline, Stage
from portico.edges.web.register import fault_words


@dataclass(frozen=True, slots=True)
class Said:
    """A headline, what it means, and how it looks."""

    headline: str
    says: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Declined:
    """Why the plan says no: in a few words for the desk, then as who asked reads it, and what they can do."""

    short: str
    says: str
    todo: str = ""


STAGES: Final[Mapping[Stage, Said]] = {
    Stage.RECEIVED: Said(
        "Your request has arrived", "Somebody at the plan looks at it in the order it came."
    ),
    Stage.IN_REVIEW: Said(
        "The plan is looking at it", "Somebody at the plan has it. We write to you when it is answered."
    ),
    Stage.INVITED: Said(
        "The plan would like to talk with you",
        "Somebody of ours gets in touch with the person your request names, about a contract.",
        "positive",
    ),
    Stage.DECLINED: Said(
        "The plan does not invite you now", "Why, and what you can do, stands below.", "caution"
    ),
    Stage.WITHDRAWN: Said("You took the request back", "Nobody looks at it any more. You can ask again."),
}
SHORT: Final[Mapping[Stage, str]] = {
    Stage.RECEIVED: "New",
    Stage.IN_REVIEW: "In review",
    Stage.INVITED: "Invited",
    Stage.DECLINED: "Declined",
    Stage.WITHDRAWN: "Taken back",
}
_AGAIN: Final = "You can ask again at any time."
DECLINES: Final[Mapping[Decline, Declined]] = {
    Decline.TAKES_PART: Declined(
        "Takes part already",
        "Under this tax ID your office takes part in the network already.",
        "Register the office, and you have an account.",
    ),
    Decline.NO_NEED: Declined(
        "No need now",
        "Where you are, the plan has enough offices of your kind for its members now.",
        f"That changes. {_AGAIN}",
    ),
    Decline.REGION_NOT_SERVED: Declined(
        "Outside the service area",
        "The plan has no members where your office is.",
    ),
    Decline.NOT_CREDENTIALED: Declined(
        "Licence or credentials",
        "The plan could not confirm that the licence is active, or the credentials it asks for.",
        f"When they are, ask again, or call Provider Services if you think that is a mistake. {_AGAIN}",
    ),
    Decline.FACTS_DIFFER: Declined(
        "Facts do not fit together",
        "The NPI, the tax ID and the name of the office do not belong together in the public registers.",
        f"Compare each with your papers. {_AGAIN}",
    ),
    Decline.NOT_REACHED: Declined(
        "Not reached",
        "We tried to reach the person your request names, and could not.",
        f"Check the telephone number and the mail address. {_AGAIN}",
    ),
    Decline.ASKED_TWICE: Declined(
        "Asked twice",
        "Your office has asked before, and the plan answers that request.",
        "Use the tracking number of the first one.",
    ),
}
_OWN: Final[Mapping[str, str]] = {
    "office_name_digits": "Leave numbers out of the name: four digits at most, as in Clinic 24.",
    "specialty_format": "Write a specialty in letters, such as Internal medicine.",
    "line_unknown": "The plan does not have one of these lines of business. Choose again.",
    "transaction_id_format": "A tracking number has 17 letters and digits, in groups of four.",
    "transaction_id_check": "This tracking number was mistyped. Compare each letter and digit.",
}
FAULTS: Final[Mapping[str, str]] = {**fault_words.FAULTS, **_OWN}
UNKNOWN: Final = (
    "There is no request with this tracking number. Compare it with what you wrote down. After five wrong "
    "ones, none is looked at from your network for an hour."
)
CLOSED: Final = (
    "Too many wrong tracking numbers came from your network. None is looked at {until}, a right one neither. "
    "Provider Services can tell you where your request is."
)
