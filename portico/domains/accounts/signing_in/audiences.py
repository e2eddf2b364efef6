"""The plan's other sign-ins: whether somebody at the providers' door holds the key of another.

A plan that lets its portal ask them names a class by dotted path in settings.AUDIENCE_DIRECTORY. What it is
sent are passwords, so it is asked as seldom as will do: for one that is wrong here, known name or not, no
more often for a name and from a network than the sign-in lets either try, never while one of them is closed,
and never with what looks like a temporary password of ours. It is asked before the database is held, and only
whoever has the right password of the other account is told of it.
"""

from functools import cache
from typing import Final, Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from portico.domains.accounts import models, rules
from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.joining import invitation_rules
from portico.domains.accounts.signing_in import known_devices, misses
from portico.domains.accounts.signing_in.known_devices import Browser
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.shared.patience import Patience

OURS: Final = "provider"
AUDIENCES: Final = ("member", "employer", "broker")
WAITS_SECONDS: Final = 2.0
AT_ONCE: Final = 2
FAILURES: Final = 3
RESTS_SECONDS: Final = 30.0
_log = structlog.get_logger("portico.audiences")


class AudienceDirectory(Protocol):
    """Asks the plan's other sign-ins; made without arguments, asked in a thread of its own.

    It takes as long for a name it knows as for one it does not, counts its own misses, and keeps nothing of
    what it is given. After two seconds nobody waits for it any more.
    """

    def audience_of(self, username: str, password: str) -> str | None:
        """The audience (member, employer, broker) whose account these open; None where they open none."""


def elsewhere(
    *,
    actor: Actor,
    user: models.User | None,
    username: str,
    password: str,
    browser: Browser,
    address: str,
) -> str | None:
    """The audience whose account these open at the plan's other sign-ins; None where none says so.

    `user` is who has that name here, if anybody. A directory that is late, busy, failing or resting is one
    that knows nobody: nobody's sign-in here waits for another site.
    """
    directory = settings.AUDIENCE_DIRECTORY
    if not directory or invitation_rules.is_like_a_temporary_password(password):
        return None
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("sign_in_name", misses.index(Step.PASSWORD, username).hex())
        may_ask = _takes_one(actor, user, username, browser, address)
        given.conclude("asked_elsewhere" if may_ask else "not_asked_elsewhere")
    if not may_ask:
        return None
    found = _patience(directory).ask(lambda: import_string(directory)().audience_of(username, password))
    return found if found in AUDIENCES else None


def forget(username: str) -> None:
    """Forget how often it was asked for that name: whose account it is, is known."""
    misses.forget_one(misses.index(Step.ELSEWHERE, username))


def _takes_one(actor: Actor, user: models.User | None, username: str, browser: Browser, address: str) -> bool:
    """May it be asked? If so that is counted first, so that no number of tries at a moment is one more."""
    at = actor.asked_at
    device = known_devices.id_of(known_devices.find(browser, user, at=at))
    network = "" if device else address
    if allowances.closed_until(network, at=at) is not None:
        return False
    if rules.is_locked(misses.standing(misses.counted(Step.PASSWORD, username, device=device)), at):
        return False
    of_name = misses.index(Step.ELSEWHERE, username)
    tally = misses.hold(of_name, at=at)
    if rules.is_locked(tally, at) or not allowances.take_elsewhere(network, at=at):
        return False
    misses.add(of_name, tally, at=at)
    return True


@cache
def _patience(directory: str) -> Patience[str | None]:
    """How a directory is asked in this process."""

    def tell(why: str) -> None:
        if why:
            _log.warning("audience_directory_is_silent", directory=directory, error=why)
        else:
            _log.info("audience_directory_answers_again", directory=directory)

    return Patience(tell, waits=WAITS_SECONDS, at_once=AT_ONCE, failures=FAILURES, rests=RESTS_SECONDS)
