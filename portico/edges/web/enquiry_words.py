"""The words of enquiries: what they are about, how they end, and what must not stand in them."""

from collections.abc import Mapping, Sequence
from typing import Final

from portico.domains.support.rules import BestTime, Ending, Kind, Sign, Topic

KINDS: Final[Mapping[Kind, str]] = {Kind.CALL_BACK: "Call back", Kind.QUESTION: "Question"}
TOPICS: Final[Mapping[Topic, str]] = {
    Topic.SIGN_IN: "Signing in",
    Topic.REGISTRATION: "Registering an office",
    Topic.NETWORK: "Joining the network",
    Topic.PORTAL: "What the portal shows or does",
    Topic.SOFTWARE: "Connecting software",
    Topic.OTHER: "Something else",
}
TIMES: Final[Mapping[BestTime, str]] = {
    BestTime.ANY: "Any time you are open",
    BestTime.MORNING: "In the morning",
    BestTime.AFTERNOON: "In the afternoon",
}
ENDINGS: Final[Mapping[Ending, str]] = {
    Ending.ANSWERED: "Answered",
    Ending.NOT_REACHED: "Nobody was reached",
    Ending.NOT_OURS: "Not for us to answer",
}
LOOKS_LIKE: Final[Mapping[Sign, str]] = {
    Sign.SSN: "a Social Security number (nine digits; write a tax ID as 12-3456789)",
    Sign.MEMBER_ID: "a member ID",
    Sign.MEDICARE_NUMBER: "a Medicare number",
    Sign.BIRTH_DATE: "a birth date",
}


def refusal(signs: Sequence[Sign]) -> str:
    """Why a field was not taken, and what to do instead; never what stood there."""
    found = " and ".join(LOOKS_LIKE[sign] for sign in signs)
    instead = "Take it out: ask about a patient after you sign in, or by telephone."
    return f"Something here looks like {found}. {instead}"
