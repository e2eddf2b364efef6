"""Where a request stands: the state of the whole, from its services, and which state may follow which."""

from collections.abc import Collection

from portico.domains.authorizations.facts.shown import OPEN, State

DECIDED = frozenset({State.APPROVED, State.PARTLY, State.DENIED, State.NOT_NEEDED})
"""Answered by the plan; of these a denied or a partly approved one may be looked at again."""

FOLLOWS: dict[State, frozenset[State]] = {
    State.IN_REVIEW: DECIDED | {State.PENDED, State.CANCELLED},
    State.PENDED: DECIDED | {State.IN_REVIEW, State.CANCELLED},
    State.APPROVED: frozenset({State.CANCELLED}),
    State.PARTLY: frozenset({State.IN_REVIEW, State.APPROVED, State.CANCELLED}),
    State.DENIED: frozenset({State.IN_REVIEW, State.APPROVED, State.PARTLY}),
    State.NOT_NEEDED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""A state and those that may follow it: what was approved is given up by the office, never taken back."""


def whole(states: Collection[str]) -> State:
    """The state of a request whose services stand so; at least one, or ValueError.

    Something the office has to answer comes first, then what the plan has to decide. Of what is decided,
    services given up or that need nobody's approval count only where there are no others.
    """
    held = {State(state) for state in states}
    if not held:
        raise ValueError("A request has at least one service.")
    for waiting in (State.PENDED, State.IN_REVIEW):
        if waiting in held:
            return waiting
    counted = held - {State.CANCELLED, State.NOT_NEEDED}
    if not counted:
        return State.NOT_NEEDED if State.NOT_NEEDED in held else State.CANCELLED
    return counted.pop() if len(counted) == 1 else State.PARTLY


def is_open(state: str) -> bool:
    """Whether nothing is decided yet, or it is being decided anew."""
    return state in OPEN


def may_become(before: str, after: str) -> bool:
    """Whether a request or a service in one state may be brought into the other."""
    return State(after) in FOLLOWS[State(before)]
