"""Who asks through this door: the application of a bearer token, or a visitor; and the instant of asking."""

from datetime import UTC, date, datetime

from django.http import HttpRequest

from portico.domains.access import machine_sign_in, strangers
from portico.domains.members import inquiries
from portico.domains.members.asked import ByKey, Inquiry
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor, ActorKind, Door
from portico.domains.plan import days
from portico.edges.fhir.outcomes import Issue, Problem

READ, SEARCH = "r", "s"
WANTED = "_portico_fhir_scope"
_TOO_MANY = Issue("throttled", "Too many requests without a valid token are coming in. Ask again with one.")


def now() -> datetime:
    """The instant of asking, in UTC."""
    return datetime.now(UTC)


def visitor() -> Actor:
    """Whoever it is, asking now, before anything has said who."""
    at = now()
    return actors.visitor(asked_at=at, today=days.of(at), door=Door.FHIR)


def midnight(day: date) -> datetime:
    """The instant at which a day of the plan's begins, in UTC."""
    return days.begins(day).astimezone(UTC)


def token_of(request: HttpRequest) -> str:
    """The bearer token a request carries; empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def actor_of(request: HttpRequest, resource: str, letter: str) -> Actor:
    """The application that may now be asked to read or search (`letter`) a resource.

    Without a token that holds it is a visitor, and refused before the rest of the request is looked at,
    with an audit row: raises NotPermitted. Too many of them in a minute are told to wait: raises Problem.
    """
    setattr(request, WANTED, f"system/{resource}.{letter}")
    actor = _signed_in(visitor(), token_of(request), (resource, letter))
    if actor.kind is ActorKind.VISITOR:
        if not strangers.has_room(actor.door, actor.asked_at):
            raise Problem(429, _TOO_MANY, headers={"Retry-After": str(60 - actor.asked_at.second)})
        inquiries.ask(actor=actor, inquiry=Inquiry(tax_id="", as_of=actor.today, by=ByKey("")))
    return actor


def _signed_in(nobody: Actor, token: str, scope: tuple[str, str]) -> Actor:
    if not token:
        return nobody
    try:
        return machine_sign_in.by_token(visitor=nobody, token=token, scope=scope)
    except machine_sign_in.NotSignedIn:
        return nobody
