"""A decision taken back before anybody came in: what matched or was approved waits for the desk again."""

from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.domains.registration import deciding_rules as rules
from portico.domains.registration import events, models, reopening
from portico.domains.registration.claims import Reason
from portico.domains.registration.desk_acts import Outcome, act, tell
from portico.domains.registration.events import Kind

MAIL_KIND = "withdrawn"


def withdraw(*, actor: Actor, number: int, why: str) -> Outcome:
    """Take a match or an approval back: nobody comes in by it, and the case is open, due as if it were new.

    `why`: in words for the plan alone. Raises ValueError where it says nothing or too much, NotPermitted.
    """
    said = why.strip()
    if not 0 < len(said) <= rules.MOST_NOTE:
        raise ValueError("why a decision is taken back is noted")

    def do(given: Permit, application: models.Application) -> Outcome:
        reopening.reopen(given, application, Reason.LOOKED_AT_AGAIN)
        events.note(given, application, Kind.WITHDRAWN, text=said)
        tell(given, application, MAIL_KIND)
        return Outcome.DONE

    return act(actor, number, "withdrawn", rules.MAY_BE_WITHDRAWN, do)
