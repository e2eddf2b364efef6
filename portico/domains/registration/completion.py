"""Behind the mailed link: with the transaction ID, username and password are made, and the account opens.

    open -> used
      `---> ended by five wrong transaction IDs, a newer link, its day, or a decision taken back

Neither of the two opens anything alone: the link is in the mailbox, the transaction ID was shown on a page.
Opening the link changes nothing (programs that read mail follow links); only its form acts. Whatever keeps a
link from working is answered alike.
"""

import hmac

from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import finishing, links, models, transaction_ids
from portico.domains.registration import finishing_rules as rules
from portico.domains.registration.finishing import Completed, Ended, TooManyNames
from portico.domains.registration.opening import Chosen, Lost

__all__ = [
    "BadUsername",
    "Completed",
    "DeadLink",
    "Lost",
    "TooManyNames",
    "UsernameTaken",
    "WeakPassword",
    "WrongId",
]

LINK_OVER = "link_over"


class DeadLink(Exception):
    """The link opens nothing: unknown, used, late, replaced, ended. Which, nobody is told."""


class WrongId(Exception):
    """It is not this application's transaction ID; `left` tries remain before the link ends."""

    def __init__(self, left: int) -> None:
        super().__init__("the transaction ID is not that of this application")
        self.left = left


def state(*, actor: Actor, secret: str) -> bool:
    """Does the link work still? Changes nothing."""
    with permit(actor, Function.REGISTRATION) as given:
        link = _open(given, secret)
        given.conclude(LINK_OVER if link is None else "link_open")
        return link is not None


def complete(
    *, actor: Actor, secret: str, transaction_id: str, address: str, username: str, password: str
) -> Completed:
    """Open the account, active at once; the caller begins the session. `address`: the network's that asks.

    Raises BadIdentifier (a slip, not counted), DeadLink, WrongId (counted), BadUsername, WeakPassword,
    UsernameTaken (another may be tried), TooManyNames, Lost (the plan's desk looks at it now).
    """
    typed = transaction_ids.index(transaction_ids.parse(transaction_id))
    _check(actor, secret, typed, address)
    chosen = finishing.choose(username, password)
    with permit(actor, Function.REGISTRATION) as given:
        ended = _ended(given, secret, typed, chosen, address)
    if ended is None:
        raise DeadLink
    return finishing.raised(ended)


def _check(actor: Actor, secret: str, typed: bytes, address: str) -> None:
    """Is this the transaction ID of the link's application? Counts a wrong one.

    Raises DeadLink, WrongId, TooManyNames.
    """
    closed = None
    with permit(actor, Function.REGISTRATION) as given:
        link = _open(given, secret, held=True)
        left = _dead(given) if link is None else _left(given, link, typed)
        if link is not None and left is None:
            closed = finishing.closed_to_names(given, link.application, address=address)
    if left == 0:
        raise DeadLink
    if left is not None:
        raise WrongId(left)
    if closed is not None:
        raise closed


def _dead(given: Permit) -> int:
    given.conclude(LINK_OVER)
    return 0


def _left(given: Permit, link: models.Link, typed: bytes) -> int | None:
    """None for the right transaction ID; else how many tries are left, and with none the link has ended."""
    if _is_its_own(link, typed):
        given.conclude("transaction_id_right")
        return None
    link.misses += 1
    left = max(rules.MOST_WRONG_IDS - link.misses, 0)
    if not left:
        link.ended_at, link.ending = given.actor.asked_at, links.Ending.MISSES
    link.save(update_fields=["misses", "ended_at", "ending"])
    given.conclude("transaction_id_wrong" if left else "link_ended")
    return left


def _ended(given: Permit, secret: str, typed: bytes, chosen: Chosen, address: str) -> Ended | None:
    link = _open(given, secret, held=True)
    if link is None or not _is_its_own(link, typed):
        _dead(given)
        return None
    ended = finishing.finish(given, link.application, chosen, address=address)
    if isinstance(ended, Completed):
        links.end(given, link.application, links.Ending.USED)
    return ended


def _is_its_own(link: models.Link, typed: bytes) -> bool:
    return hmac.compare_digest(bytes(link.application.transaction_index), typed)


def _open(given: Permit, secret: str, *, held: bool = False) -> models.Link | None:
    """The link while it works, of an application that is approved; `held`: both, until the transaction ends.

    The application first, as whoever sends another link does. One that is over costs what an unknown one
    does.
    """
    found = models.Link.objects.filter(secret_index=links.index(secret))
    if held:
        named = found.values("application")
        list(models.Application.objects.select_for_update().filter(pk__in=named).order_by().values_list("pk"))
        found = found.select_for_update(of=("self",))
    link = found.select_related("application").first()
    if link is None or not _works(given, link):
        return None
    given.note_subject("registration", str(link.application_id))
    return link


def _works(given: Permit, link: models.Link) -> bool:
    is_approved = link.application.state == models.Application.State.APPROVED
    is_open = rules.is_open(expires_at=link.expires_at, ended_at=link.ended_at, now=given.actor.asked_at)
    return is_approved and is_open
