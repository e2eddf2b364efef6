"""Why a 276 gets no claim, as STC: what is wrong with the request, what is not open, what is not found.

What lies outside the grants is answered as what there is not. E0: correct and send again; D0: nothing is
found by what was sent; E1: ask again later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portico.domains.permits.decisions import Decision
from portico.domains.permits.reasons import Reason
from portico.edges.x12.claim_status.states import PATIENT, PROVIDER, SUBSCRIBER, State

_SUBMITTER = "41"


class Problem(StrEnum):
    """What in a request keeps its question from being asked; stable codes."""

    PROVIDER_ID_WRONG = "provider_id_wrong"
    MEMBER_ID_WRONG = "member_id_wrong"
    BIRTH_DATE_WRONG = "birth_date_wrong"
    DATE_WRONG = "date_wrong"
    AMOUNT_WRONG = "amount_wrong"
    TOO_MANY_REQUESTS = "too_many_requests"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: the state that stands in STC01, and what it means."""

    state: State
    words: str


NOT_FOUND = Line(State("D0", "35"), "No claim is found by what was sent, within what is granted.")
NOT_ENOUGH = Line(State("E0", "21"), "Not enough was sent to look by: send a member ID or a claim number.")
FAILED = Line(State("E1", "0"), "The plan cannot answer now; ask again.")
_NOT_OPEN = Line(State("E0", "24", _SUBMITTER), "This partner may not ask about claims.")
_NO_CONTRACT = Line(State("E0", "96", PROVIDER), "The tax ID is not in the plan's network.")

PROBLEMS: Mapping[Problem, Line] = {
    Problem.PROVIDER_ID_WRONG: Line(
        State("E0", "153", PROVIDER), "The NPI fails its check digit, or the tax ID has not nine digits."
    ),
    Problem.MEMBER_ID_WRONG: Line(
        State("E0", "164", SUBSCRIBER), "The member ID is missing, or is not letters and digits."
    ),
    Problem.BIRTH_DATE_WRONG: Line(State("E0", "158", PATIENT), "The birth date is no day."),
    Problem.DATE_WRONG: Line(State("E0", "187"), "The days of service are no day or span."),
    Problem.AMOUNT_WRONG: Line(State("E0", "178"), "The charge is no amount in dollars and cents."),
    Problem.TOO_MANY_REQUESTS: Line(
        State("E0", "0"), "The interchange asks about more claims than real time answers."
    ),
}

# Any other reason means that this partner may not ask at all.
_AS_NOT_FOUND = frozenset(
    {
        Reason.TAX_ID_NOT_GRANTED,
        Reason.CLIENT_ACCESS_ENDED,
        Reason.CLIENT_DID_NOT_GIVE,
        Reason.OTHER_SIDE,
        Reason.PROVIDER_NOT_GRANTED,
        Reason.LINE_NOT_GRANTED,
        Reason.REGION_NOT_GRANTED,
        Reason.REGION_NOT_SERVED,
        Reason.AFFILIATION_ENDED,
    }
)
REASONS: Mapping[Reason, Line] = {
    reason: NOT_FOUND if reason in _AS_NOT_FOUND else _NOT_OPEN for reason in Reason
} | {Reason.NOT_PARTICIPATING: _NO_CONTRACT}


def of_decision(decision: Decision) -> State:
    """What a refused question is answered; the first reason counts."""
    return REASONS[decision.reasons[0]].state
