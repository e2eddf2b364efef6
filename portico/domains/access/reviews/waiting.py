"""Whether the access review of an office waits for its administrators, and until when."""

from dataclasses import dataclass
from datetime import date

from portico.domains.access.reviews import reading
from portico.domains.audit import uses
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """The open review: its last day, and how many people have no verdict yet."""

    due_on: date
    people: int


def of(*, actor: Actor) -> WaitingReview | None:
    """The open review of the actor's office; None where there is none. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        review = reading.open_one(actor.office_id)
        given.conclude(uses.GLANCED)
        if review is None:
            return None
        return WaitingReview(review.due_on, reading.waiting(review, but_for=actor.user_id))
