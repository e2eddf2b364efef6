"""Who asks through the web: from a session to an actor, once per request, on first use."""

from datetime import UTC, date, datetime
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from portico.domains.access import actors as access_actors
from portico.domains.access.clients import working
from portico.domains.accounts.signing_in import session_store
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor
from portico.domains.plan import days
from portico.edges.web import addresses, browsers

USER: Final = session_store.USER
STARTED: Final = session_store.STARTED
SEEN: Final = session_store.SEEN
ADDRESS: Final = session_store.ADDRESS
BROWSER: Final = session_store.BROWSER
DEVICE: Final = session_store.DEVICE
PERSONA: Final = "persona"
SIDE: Final = "side"
FACTOR: Final = "factor"
PROVEN: Final = "proven_at"
EPOCH: Final = "epoch"
PENDING: Final = "pending"
_ATTRIBUTE: Final = "_portico_actor"


def now() -> datetime:
    """The instant of asking, in UTC."""
    return datetime.now(UTC)


def today(at: datetime) -> date:
    """The plan's calendar day at `at`."""
    return days.of(at)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request; a visitor where nobody is signed in."""
    actor: Actor | None = getattr(request, _ATTRIBUTE, None)
    if actor is None:
        actor = _actor(request)
        setattr(request, _ATTRIBUTE, actor)
    return actor


def anew(request: HttpRequest) -> Actor:
    """The actor of this request built again, for work that goes on while grants may change."""
    _forget_actor(request)
    return actor_of(request)


def is_signed_in(request: HttpRequest) -> bool:
    """Is somebody signed in?"""
    return actor_of(request).kind is not actors.ActorKind.VISITOR


def begin(
    request: HttpRequest,
    *,
    user_id: int,
    epoch: int,
    second_factor: bool,
    is_proven: bool = True,
    device_id: int | None = None,
) -> None:
    """Begin a session for the user: a new session id and a new CSRF token, nothing kept of the old one.

    Whoever begins one has just shown who they are, unless a remembered browser stood for the factor. Then
    `is_proven` is false. `device_id` is the number of the browser where it is known.
    """
    request.session.flush()
    at = now().timestamp()
    request.session.update(
        {USER: user_id, EPOCH: epoch, FACTOR: second_factor, STARTED: at, SEEN: at, PERSONA: None}
    )
    request.session.update(
        {
            PROVEN: at if is_proven else None,
            ADDRESS: addresses.client_address(request) or None,
            BROWSER: browsers.name_of(request),
            DEVICE: device_id,
        }
    )
    rotate_token(request)
    _forget_actor(request)
    request.session[PERSONA] = actor_of(request).persona_id
    _forget_actor(request)


def act_as(request: HttpRequest, persona_id: int) -> None:
    """Go on as another persona, under a new session id."""
    request.session[PERSONA] = persona_id
    request.session.pop(SIDE, None)
    request.session.cycle_key()
    rotate_token(request)
    _forget_actor(request)


def work_for(request: HttpRequest, office_id: int) -> None:
    """Go on for that office, the own or a client's, under a new session id. Raises ValueError for another."""
    if not working.may_work_for(actor_of(request), office_id):
        raise ValueError("whoever asks does not work for this office")
    request.session[SIDE] = office_id
    request.session.cycle_key()
    rotate_token(request)
    _forget_actor(request)


def is_at_chosen_side(request: HttpRequest) -> bool:
    """Is the office that is worked for the one chosen last? Not where that one took its permission back."""
    chosen = request.session.get(SIDE)
    return chosen is None or str(chosen) == actor_of(request).context.get("side", "")


def confirmed(request: HttpRequest, *, with_factor: bool) -> None:
    """Remember that it was shown again who this is, perhaps by a second factor, under a new session id."""
    request.session[PROVEN] = now().timestamp()
    if with_factor:
        request.session[FACTOR] = True
    request.session.cycle_key()
    _forget_actor(request)


def passed_factor(request: HttpRequest) -> None:
    """Remember that the second factor was passed in this session, under a new session id."""
    confirmed(request, with_factor=True)


def go_on(request: HttpRequest, *, epoch: int) -> None:
    """Go on in this session after every one of the user's was ended: under the new epoch and a new id.

    Only the act that ended them knows this epoch, so nobody else's session comes back by it. Under the epoch
    it has already nothing was ended, and nothing is changed.
    """
    kept = dict(request.session.items())
    if kept[EPOCH] == epoch:
        return
    request.session.flush()
    request.session.update({**kept, EPOCH: epoch})
    rotate_token(request)
    _forget_actor(request)


def end(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()
    _forget_actor(request)


def _forget_actor(request: HttpRequest) -> None:
    setattr(request, _ATTRIBUTE, None)


def _actor(request: HttpRequest) -> Actor:
    at = now()
    visitor = actors.visitor(asked_at=at, today=today(at))
    user_id = request.session.get(USER)
    if user_id is None:
        return visitor
    session = access_actors.Session(
        user_id=user_id,
        persona_id=request.session.get(PERSONA),
        second_factor=bool(request.session.get(FACTOR)),
        epoch=request.session.get(EPOCH, 0),
        proven_at=_instant(request.session.get(PROVEN)),
        side=request.session.get(SIDE) or None,
    )
    return access_actors.for_session(session, asked_at=at, today=today(at)) or visitor


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
