"""What a browser is known as: a signed cookie, set once a second factor was passed.

It is one for all of the portal, for each part of the plan has a sign-in at an address of its own. It holds a
user's number and a random id for each of the last few people who signed in here, as at a shared front desk;
no name. What such an id is worth is kept with the user (accounts.known_devices).
"""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portico.domains.accounts.signing_in.known_devices import KEPT_FOR, Browser, Device
from portico.edges.web import browsers, parts

MOST_PEOPLE: Final = 8
_SALT: Final = "portico.known-device"


def of(request: HttpRequest) -> Browser:
    """The browser: as whose devices it is known, and its kind. A stranger where the cookie is no good."""
    return Browser(_held(request), browsers.name_of(request))


def stranger(request: HttpRequest) -> Browser:
    """The browser by its kind alone, where it is not asked as whose devices it is known."""
    return Browser(name=browsers.name_of(request))


def remember(request: HttpRequest, response: HttpResponse, device: Device) -> None:
    """Let the browser keep what it is known as, beside what it is for others who sign in here."""
    others = [each for each in _held(request) if each.user_id != device.user_id]
    people = [device, *others[: MOST_PEOPLE - 1]]
    response.set_cookie(
        _name(),
        signing.dumps([(each.user_id, each.id) for each in people], salt=_SALT),
        max_age=KEPT_FOR,
        path=f"{parts.folder(request)}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _held(request: HttpRequest) -> tuple[Device, ...]:
    try:
        told = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return ()
    return tuple(Device(user_id, device_id) for user_id, device_id in told)


def _name() -> str:
    return "__Secure-device" if settings.SESSION_COOKIE_SECURE else "portico_device"
