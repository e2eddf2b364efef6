"""One act of the plan's desk on an application: sensitive, held until it ends, with its row in the audit.

Nobody acts on their own application, and a second yes is another person's (`deciders`). What was decided on
is what was read: `seen` is that of the case, and a change since then stops the act.
"""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Final

from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import deciders, models, standing

NEWS: Final = "registration_news"


class Outcome(StrEnum):
    """What came of a decision; all but the first two changed nothing."""

    DONE = "done"
    SECONDING = "seconding"
    """A first yes: another person has to say it too."""
    GONE = "gone"
    """There is no such application, or it is not in a state for this any more."""
    STOPPED = "stopped"
    CHANGED = "changed"
    """The applicant has changed something since the case was read."""
    OBSTRUCTED = "obstructed"
    NO_DOCUMENT = "no_document"
    SENT_BACK_BEFORE = "sent_back_before"
    TOO_MANY_TODAY = "too_many_today"


Doing = Callable[[Permit, models.Application], Outcome]


def act(
    actor: Actor,
    number: int,
    done: str,
    states: Collection[str],
    do: Doing,
    *,
    seen: int | None = None,
) -> Outcome:
    """Do it to the application of that number, if it is in one of these states and nothing hinders."""
    with permit(actor, Function.REGISTRATION_REVIEW, lately=True) as given:
        application = models.Application.objects.select_for_update().filter(pk=number).first()
        outcome = Outcome.GONE
        if application is not None:
            given.note_subject("registration", str(application.pk))
            outcome = _hindered(given, application, states, seen) or do(given, application)
        given.conclude(_conclusion(done, outcome))
    return outcome


def tell(given: Permit, application: models.Application, kind: str) -> None:
    """Mail the applicant that something has happened; what it is stands on the portal."""
    context = {"kind": kind, "reference": given.reference}
    outbox.enqueue(to=application.email, template=NEWS, context=context)


def _conclusion(done: str, outcome: Outcome) -> str:
    if outcome is Outcome.SECONDING:
        return "registration_seconded"
    return f"registration_{done}" if outcome is Outcome.DONE else f"registration_not_{done}_{outcome}"


def _hindered(
    given: Permit, application: models.Application, states: Collection[str], seen: int | None
) -> Outcome | None:
    if application.state not in states:
        return Outcome.GONE
    if seen is not None and seen != standing.seen(application):
        return Outcome.CHANGED
    # Only a yes needs another person than the first one; a no is anybody's but the applicant's.
    stop = deciders.stops if seen is not None else deciders.of_own
    return Outcome.STOPPED if stop(given.actor, application) else None
