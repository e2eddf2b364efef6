"""How long a session goes on: fifteen minutes after it was last used, and twelve hours in all."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from portico.edges.web import asking

MOST_SECONDS: Final = 12 * 60 * 60
FRESH_ENOUGH: Final = 60
WARNED_BEFORE: Final = 120
# What scripts ask for by themselves, with nobody there.
QUIET_ROUTES: Final = frozenset({"session_left", "batch_progress"})


@dataclass(frozen=True, slots=True)
class Left:
    """Whole seconds until the session ends, 0 where there is none; `is_last`: using it keeps it no longer.

    `mark` is another one for each sign-in, so that a page can tell that somebody else has come.
    """

    seconds: int
    is_last: bool = False
    mark: str = ""


def left(request: HttpRequest) -> Left:
    """How long the session of this request goes on if nobody uses it."""
    if not asking.is_signed_in(request):
        return Left(0)
    session, at = request.session, asking.now().timestamp()
    idle = session.get(asking.SEEN, 0) + settings.IDLE_MINUTES * 60 - at
    whole = session.get(asking.STARTED, 0) + MOST_SECONDS - at
    return Left(max(0, int(min(idle, whole))), whole <= idle, _mark(request))


def end_if_over(request: HttpRequest) -> None:
    """End a session that was idle or open too long; its last second still counts."""
    session = request.session
    if asking.USER not in session:
        return
    at = asking.now().timestamp()
    is_idle = at - session.get(asking.SEEN, 0) > settings.IDLE_MINUTES * 60
    if is_idle or at - session.get(asking.STARTED, 0) > MOST_SECONDS:
        asking.end(request)


def note_use(request: HttpRequest, *, after: int = FRESH_ENOUGH) -> None:
    """Note that the session is used, if that was noted more than so many seconds ago."""
    at = asking.now().timestamp()
    if asking.USER in request.session and at - request.session.get(asking.SEEN, 0) > after:
        request.session[asking.SEEN] = at


def warned_before() -> int:
    """How many seconds before the end people are warned: two minutes, or half of a very short session."""
    return min(WARNED_BEFORE, settings.IDLE_MINUTES * 30)


def _mark(request: HttpRequest) -> str:
    whose = f"{request.session[asking.USER]}:{request.session.get(asking.STARTED)}"
    index: bytes = settings.PORTICO_VAULT.index(whose, purpose="mark of a sign-in")
    return index.hex()
