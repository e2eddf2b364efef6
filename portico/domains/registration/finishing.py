"""Username and password of one's own choice, for whoever has shown that an application is theirs.

Whether a username is taken has to be told, and so it is counted, for the application and for the network:
who has an application could else ask for one name after the other. A password is hashed before the permit is
opened.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portico.domains.accounts import users
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.joining import registering
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.permits.permit import Permit
from portico.domains.registration import budgets, events, models, opening, reopening, still_so
from portico.domains.registration.budgets import Budget
from portico.domains.registration.claims import Agreement
from portico.domains.registration.opening import Chosen, Lost
from portico.domains.registration.still_so import Change

__all__ = ["BadUsername", "Completed", "Lost", "TooManyNames", "UsernameTaken", "WeakPassword"]

State = models.Application.State


@dataclass(frozen=True, slots=True)
class Completed:
    """The account is open: its user, and the epoch that its first session carries."""

    user_id: int
    epoch: int


class TooManyNames(Exception):
    """Too many usernames were taken already: no other is looked at before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("no other username is looked at for now")
        self.until = until


Ended = Completed | Lost | UsernameTaken | TooManyNames
"""How it ended: what is no success is raised once the permit has ended (`raised`)."""


def choose(username: str, password: str, agreement: Agreement | None = None) -> Chosen:
    """What somebody has chosen, the password hashed. Raises BadUsername, WeakPassword."""
    name = username.strip()
    users.check_name(name)
    return Chosen(name, passwords.encoded(password, username=name, has_factor=False), agreement)


def finish(given: Permit, application: models.Application, chosen: Chosen, *, address: str) -> Ended:
    """Open the account of an application that is held and may be completed; `address`: the network's.

    What is no longer as it was when it matched or was approved goes back to the plan's desk.
    """
    closed = closed_to_names(given, application, address=address)
    if closed is not None:
        return closed
    change = still_so.changed(given, application)
    if change is not None:
        return _to_desk(given, application, change)
    if registering.is_taken(chosen.username):
        return _taken(given, application, address, UsernameTaken("this username is taken"))
    try:
        with transaction.atomic():
            opened = opening.open_for(given, application, chosen)
    except UsernameTaken as error:
        return _taken(given, application, address, error)
    except Lost as lost:
        return _to_desk(given, application, Change(lost.reason, lost.reason))
    return _completed(given, application, opened)


def raised(ended: Ended) -> Completed:
    """The account that was opened. Raises Lost, UsernameTaken, TooManyNames."""
    if isinstance(ended, Exception):
        raise ended
    return ended


def closed_to_names(given: Permit, application: models.Application, *, address: str) -> TooManyNames | None:
    """Why no username is looked at for now, if none is; to be asked before a password is hashed, too.

    Else somebody who has an application would keep everybody else's passwords waiting for theirs.
    """
    at = given.actor.asked_at
    closed = (budgets.closed_until(budget, whose, at=at) for budget, whose in _tallies(application, address))
    until = max((each for each in closed if each is not None), default=None)
    if until is None:
        return None
    given.conclude("usernames_closed")
    return TooManyNames(until)


def _taken(
    given: Permit, application: models.Application, address: str, taken: UsernameTaken
) -> UsernameTaken:
    for budget, whose in _tallies(application, address):
        budgets.spend(budget, whose, at=given.actor.asked_at)
    given.conclude("username_taken")
    return taken


def _tallies(application: models.Application, address: str) -> tuple[tuple[Budget, str], ...]:
    return (Budget.OWN_TAKEN_NAME, str(application.pk)), (Budget.TAKEN_NAME, address)


def _completed(given: Permit, application: models.Application, opened: opening.Opened) -> Completed:
    application.state, application.completed_at = State.COMPLETED, given.actor.asked_at
    application.user_id, application.office_id = opened.user_id, opened.office_id
    application.save(update_fields=["state", "completed_at", "user_id", "office"])
    events.note(given, application, events.Kind.COMPLETED)
    given.note_subject("user", str(opened.user_id))
    given.note_subject("office", str(opened.office_id))
    given.conclude("registration_completed")
    return Completed(opened.user_id, opened.epoch)


def _to_desk(given: Permit, application: models.Application, change: Change) -> Lost:
    """What matched or was approved is open again: the plan's desk looks who is right."""
    reopening.reopen(given, application, change.told)
    events.note(given, application, events.Kind.LOST, code=change.found)
    given.conclude("registration_no_longer_agrees" if change.is_hidden else "registration_lost")
    return Lost(change.told)
