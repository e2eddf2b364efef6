"""An application that was matched or approved is open again: the plan's desk looks at it on a new clock."""

from portico.domains.permits.permit import Permit
from portico.domains.plan import business_time
from portico.domains.plan.opening import hours
from portico.domains.registration import catalogue, goal, links, models
from portico.domains.registration.claims import Reason


def reopen(given: Permit, application: models.Application, reason: Reason) -> None:
    """Put it back into the queue, due as if it had come in now; nobody's yes and no match stands any more.

    The caller holds the application, and notes what happened. A mailed link works no more. `reason` is what
    the applicant reads.
    """
    links.end(given, application, links.Ending.DENIED)
    at = given.actor.asked_at
    application.state, application.path = models.Application.State.SUBMITTED, models.Application.Path.QUEUE
    application.reason, application.differs = reason, []
    application.matched_at = application.decided_at = application.decided_by = None
    application.first_yes_by = application.office_id = application.turnaround = None
    application.four_eyes = _needs_four_eyes(application)
    application.decision = ""
    application.waited = business_time.elapsed(hours(), application.submitted_at, at)
    application.due_at = goal.due_at(hours(), application.submitted_at, waited=application.waited)
    application.save()


def _needs_four_eyes(application: models.Application) -> bool:
    """As the catalogue says under which it was made."""
    account_type, user_type = application.account_type, application.user_type
    offer = catalogue.offer(account_type, user_type, number=application.catalogue)
    return offer is not None and offer.four_eyes
