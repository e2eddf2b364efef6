"""On the way to a sensitive act: what asked for a confirmation, what was sent meanwhile, where it goes on.

A page that was asked for opens once it is confirmed. A form that was sent waits, sealed, in the session of
its sender: nothing was done with it, and it is sent on from the page that confirms.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in.confirmation import State
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from portico.edges.web import asking, typed
from portico.shared.vault import CannotOpen

KEPT_FOR: Final = timedelta(minutes=30)
MOST_BYTES: Final = 65_536
_ASKED: Final = "confirmation_asked"
_SENT: Final = "confirmation_sent"


class Stage(StrEnum):
    """Where showing that it is you stands."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage; since when it was asked and for what, or until when it is confirmed or blocked."""

    stage: Stage
    at: datetime | None = None
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that waits: where it goes, what was typed, and the page it was sent from.

    Not `is_whole` where it held what is not kept: then it has to be filled in again.
    """

    to: str
    back: str
    fields: Mapping[str, list[str]]
    is_whole: bool


def can_mend(request: HttpRequest, decision: Decision) -> bool:
    """Does a confirmation take away all that stands in the way?"""
    reasons = set(decision.reasons)
    if Reason.CONFIRMATION_REQUIRED not in reasons:
        return False
    if reasons == {Reason.CONFIRMATION_REQUIRED}:
        return True
    user_id = asking.actor_of(request).user_id
    is_mended = reasons == {Reason.CONFIRMATION_REQUIRED, Reason.STEP_UP_REQUIRED}
    return is_mended and user_id is not None and bool(factors.ways(user_id))


def ask(request: HttpRequest, decision: Decision) -> HttpResponse:
    """To the page that confirms, and from there on; what was sent is kept on the way."""
    request.session[_ASKED] = {"at": asking.now().timestamp(), "function": decision.question.function.value}
    request.session.pop(_SENT, None)
    page = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        page = path(_came_from(request)) or reverse("home")
        _keep(request, page)
    return redirect(f"{reverse('confirm')}?{urlencode({'next': page})}")


def target(request: HttpRequest) -> str:
    """Where it goes on: an address of ours, the home page where none is named."""
    return path(request.GET.get("next", "")) or reverse("home")


def sent_from(request: HttpRequest, page: str) -> Sent | None:
    """The form of that page that waits; None where none does, or it has waited too long."""
    kept = request.session.get(_SENT)
    if not kept or kept["back"] != page or asking.now().timestamp() - kept["at"] > KEPT_FOR.total_seconds():
        return None
    try:
        place = _place(request, kept["to"])
        text = settings.PORTICO_VAULT.open(base64.b64decode(kept["sealed"]), place=place)
    except CannotOpen:
        return None
    return Sent(kept["to"], page, json.loads(text), kept["is_whole"])


def finish(request: HttpRequest) -> None:
    """Forget what asked, and the form that waited."""
    request.session.pop(_ASKED, None)
    request.session.pop(_SENT, None)


def standing(request: HttpRequest, state: State) -> Standing:
    """How it stands for this session: whoever has just signed in is confirmed, though tries were blocked."""
    if is_done(request):
        until = _instant(request.session[asking.PROVEN]) + timedelta(minutes=settings.CONFIRMATION_MINUTES)
        return Standing(Stage.CONFIRMED, until)
    if state.is_blocked:
        return Standing(Stage.BLOCKED, state.blocked_until)
    asked: Any = request.session.get(_ASKED)
    if asked:
        return Standing(Stage.ASKED, _instant(asked["at"]), Function(asked["function"]))
    return Standing(Stage.NOT_ASKED)


def is_done(request: HttpRequest) -> bool:
    """Has the session shown lately that it is its owner's, by all it was asked for?"""
    account = asking.actor_of(request).account
    return account.proven_lately and (account.second_factor or not _is_asked_for_factor(request))


def path(address: str) -> str:
    """The address, where it is a path on this site; empty otherwise."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    return address if is_path and len(address) <= 1_000 else ""


def _is_asked_for_factor(request: HttpRequest) -> bool:
    user_id = asking.actor_of(request).user_id
    return _ASKED in request.session and user_id is not None and bool(factors.ways(user_id))


def _keep(request: HttpRequest, page: str) -> None:
    sent, to = typed.of(request), request.get_full_path()
    text = json.dumps(sent.fields)
    fits = len(text.encode()) <= MOST_BYTES
    sealed = settings.PORTICO_VAULT.seal(text if fits else "{}", place=_place(request, to))
    request.session[_SENT] = {
        "at": asking.now().timestamp(),
        "to": to,
        "back": page,
        "sealed": base64.b64encode(sealed).decode(),
        "is_whole": sent.is_whole and fits,
    }


def _came_from(request: HttpRequest) -> str:
    """The page that was left, as the browser says it: its path and query; never the one that confirms."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or page.path == reverse("confirm"):
        return ""
    return page._replace(scheme="", netloc="", fragment="").geturl()


def _place(request: HttpRequest, to: str) -> str:
    actor = asking.actor_of(request)
    return f"web.confirming:{actor.user_id}:{actor.persona_id}:{to}"


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
