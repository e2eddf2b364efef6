"""Resetting the second factors of somebody who lost them, by two people.

The plan's desk or the office's administrator asks, and says why; somebody else agrees or refuses
(reset_rules). Their owner hears by mail when it is asked for and when it is done, the office when it is done.
After that the password alone signs in, and opens nothing that needs a factor until a new one is set up.
"""

from portico.domains.access import looking_after, reset_rules
from portico.domains.access.reset_rules import About, Hindrance, Ties
from portico.domains.accounts.proving import one_person
from portico.domains.accounts.second_factors import factor_resets
from portico.domains.accounts.second_factors.factor_resets import Request
from portico.domains.notifications import outbox
from portico.domains.offices import contacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

LONGEST_WHY = factor_resets.LONGEST_WHY


class NothingToReset(ValueError):
    """The account has no second factor, or a request for it is open already."""


class NoRequest(LookupError):
    """No request about this person is open: it was decided, or is over."""


class MayNotDecide(PermissionError):
    """The actor may not decide this one; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


def ask(*, actor: Actor, function: Function, user_id: int, why: str) -> None:
    """Ask for it, and say why. Raises NothingToReset, UnknownPerson, OutOfReach, NotPermitted."""
    with looking_after.act(actor, function, user_id) as given:
        is_asked = factor_resets.has_any(user_id) and actor.user_id is not None
        number = factor_resets.ask(given, user_id, by=actor.user_id or 0, why=why) if is_asked else None
        given.conclude("factor_reset_asked" if number else "nothing_to_reset")
    if number is None:
        raise NothingToReset("there is no second factor, or a request is open already")


def approve(*, actor: Actor, function: Function, user_id: int) -> None:
    """Agree to the open request: every factor goes at once.

    Raises MayNotDecide, NoRequest, UnknownPerson, OutOfReach, NotPermitted.
    """
    with looking_after.act(actor, function, user_id) as given:
        request = factor_resets.open_one(given, user_id)
        stops = hindrance(actor=actor, request=request) if request else None
        is_done = request is not None and stops is None and factor_resets.approve(given, request.number)
        given.conclude(stops or ("factors_reset" if is_done else "no_open_request"))
        if is_done:
            _tell_offices(given, user_id)
    if stops is not None:
        raise MayNotDecide(stops)
    if not is_done:
        raise NoRequest("no request about this person is open")


def refuse(*, actor: Actor, function: Function, user_id: int) -> None:
    """Refuse the open request as whoever might agree to it, or take one's own back.

    Raises MayNotDecide, NoRequest, UnknownPerson, OutOfReach, NotPermitted.
    """
    with looking_after.act(actor, function, user_id) as given:
        request = factor_resets.open_one(given, user_id)
        is_own = request is not None and request.asked_by == actor.user_id
        stops = hindrance(actor=actor, request=request) if request and not is_own else None
        is_done = request is not None and stops is None and factor_resets.refuse(given, request.number)
        given.conclude(stops or ("factor_reset_refused" if is_done else "no_open_request"))
    if stops is not None:
        raise MayNotDecide(stops)
    if not is_done:
        raise NoRequest("no request about this person is open")


def waiting(*, actor: Actor, function: Function) -> tuple[Request, ...]:
    """The open requests within reach, the oldest first. Raises NotPermitted."""
    with permit(actor, function) as given:
        found = factor_resets.open_ones(given, among=looking_after.reached(given))
        given.conclude("factor_resets_listed")
        return found


def hindrance(*, actor: Actor, request: Request) -> Hindrance | None:
    """What keeps the actor from agreeing to a request it was shown (people.one); None when nothing does."""
    about = About(looking_after.desks_of(request.user_id), looking_after.offices_of(request.user_id))
    return reset_rules.hindrance(actor, about, _ties(actor.user_id or 0, request))


def _ties(own: int, request: Request) -> Ties:
    asker = request.asked_by
    return Ties(
        is_owner=one_person.is_same(own, request.user_id),
        has_asked=one_person.is_same(own, asker),
        is_of_one_hand=one_person.has_invited(own, asker) or one_person.has_invited(asker, own),
        came_since=not factor_resets.was_there(own, request.asked_at),
    )


def _tell_offices(given: Permit, user_id: int) -> None:
    for contact in contacts.of(looking_after.offices_of(user_id)).values():
        if contact.email:
            context = {"kind": "office", "reference": given.reference}
            outbox.enqueue(to=contact.email, template=factor_resets.MAIL, context=context)
