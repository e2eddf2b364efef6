"""The instant path: an application that matched the provider file is completed by the browser that made it.

By the browser's own mark, or by the transaction ID where it matched only after a correction. A match counts
for a day: it says what stood in the provider file when it was compared.
"""

from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import drafts, finding, finishing, models, transaction_ids
from portico.domains.registration import finishing_rules as rules
from portico.domains.registration.claims import Agreement
from portico.domains.registration.finding import TooManyTries
from portico.domains.registration.finishing import Completed, Ended, TooManyNames
from portico.domains.registration.opening import Chosen, Lost

__all__ = [
    "BadUsername",
    "Completed",
    "Lost",
    "NothingToComplete",
    "TooManyNames",
    "TooManyTries",
    "UsernameTaken",
    "WeakPassword",
]


class NothingToComplete(Exception):
    """No application that matched waits behind this browser's mark, or this transaction ID."""


def may_complete(*, actor: Actor, mark: str = "", transaction_id: str = "", address: str = "") -> bool:
    """Does a matched application wait to be completed? Raises BadIdentifier, TooManyTries."""
    return _waiting(actor, mark, transaction_id, address) is not None


def complete(
    *,
    actor: Actor,
    username: str,
    password: str,
    mark: str = "",
    transaction_id: str = "",
    address: str = "",
    agreement: Agreement | None = None,
) -> Completed:
    """Open the account with this username and password; it is active at once, the caller begins the session.

    `address` is the network address that asks. Raises NothingToComplete, BadUsername, WeakPassword,
    UsernameTaken (another may be tried), TooManyNames, Lost (the plan's desk looks at it now); with a
    transaction ID also BadIdentifier, TooManyTries.
    """
    number = _waiting(actor, mark, transaction_id, address, is_choosing=True)
    if number is None:
        raise NothingToComplete
    chosen = finishing.choose(username, password, agreement)
    with permit(actor, Function.REGISTRATION) as given:
        application = models.Application.objects.select_for_update().get(pk=number)
        ended = _ended(given, application, chosen, address)
    if ended is None:
        raise NothingToComplete
    return finishing.raised(ended)


def _waiting(
    actor: Actor, mark: str, transaction_id: str, address: str, *, is_choosing: bool = False
) -> int | None:
    """The number of the application that waits; None for whatever else there is.

    `is_choosing`: a username comes next, and TooManyNames is raised where none is looked at.
    """
    closed, typed = None, transaction_ids.parse(transaction_id) if transaction_id else ""
    with permit(actor, Function.REGISTRATION) as given:
        if typed:
            found = finding.find(given, transaction_id=typed, address=address)
        else:
            found = finding.Found(_of_mark(given, mark))
        application = found.application if found.application and _may(given, found.application) else None
        if found.closed_until is None:
            given.conclude("registration_waits" if application else "nothing_to_complete")
        if application and is_choosing:
            closed = finishing.closed_to_names(given, application, address=address)
    found.check_open()
    if closed is not None:
        raise closed
    return application.pk if application else None


def _of_mark(given: Permit, mark: str) -> models.Application | None:
    became = drafts.became(given, mark)
    if became is None:
        return None
    given.note_subject("registration", str(became.application_id))
    return models.Application.objects.filter(pk=became.application_id).first()


def _may(given: Permit, application: models.Application) -> bool:
    """Did it match, not too long ago, and was it not completed since?"""
    has_matched = application.state == models.Application.State.MATCHED
    return has_matched and rules.is_match_fresh(application.matched_at, given.actor.asked_at)


def _ended(given: Permit, application: models.Application, chosen: Chosen, address: str) -> Ended | None:
    given.note_subject("registration", str(application.pk))
    if _may(given, application):
        return finishing.finish(given, application, chosen, address=address)
    given.conclude("nothing_to_complete")
    return None
