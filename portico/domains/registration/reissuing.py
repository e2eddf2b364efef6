"""What the desk does for applicants who have lost something: a new transaction ID, another link."""

from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.domains.registration import deciding_rules as rules
from portico.domains.registration import events, links, models, transaction_ids
from portico.domains.registration.desk_acts import Outcome, act, tell
from portico.domains.registration.events import Kind
from portico.domains.registration.links import Renewed

State = models.Application.State


def reissue(*, actor: Actor, number: int, proof: str) -> tuple[Outcome, str]:
    """A new transaction ID, to be shown once, for who has lost theirs; the one before is nobody's any more.

    `proof`: how the caller showed who they are, in words for the plan alone. Raises ValueError where it says
    nothing or too much, NotPermitted.
    """
    said = proof.strip()
    if not 0 < len(said) <= rules.MOST_NOTE:
        raise ValueError("how the caller proved who they are is noted")
    new = transaction_ids.new()

    def do(given: Permit, application: models.Application) -> Outcome:
        application.transaction_index = transaction_ids.index(new)
        application.save(update_fields=["transaction_index"])
        models.Draft.objects.filter(application=application).delete()  # it could show the old one again
        events.note(given, application, Kind.REISSUED, text=said)
        tell(given, application, "reissued")
        return Outcome.DONE

    outcome = act(actor, number, "reissued", rules.MAY_BE_REISSUED, do)
    return outcome, new if outcome is Outcome.DONE else ""


def renew_link(*, actor: Actor, number: int) -> Outcome:
    """Mail another link to the address the application gave; the one before works no more.

    Raises NotPermitted.
    """

    def do(given: Permit, application: models.Application) -> Outcome:
        renewed = links.may_renew(given, application)
        if renewed is Renewed.SENT:
            links.send(given, application)
            return Outcome.DONE
        return Outcome.TOO_MANY_TODAY if renewed is Renewed.TOO_MANY_TODAY else Outcome.GONE

    return act(actor, number, "link_renewed", frozenset({State.APPROVED}), do)
