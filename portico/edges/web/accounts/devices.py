"""What a browser is known as: a signed cookie, set once the second factor was passed, sent to the sign-in.

It holds a user's number, its epoch and a random id for each of the last few people who signed in here, as at
a shared front desk; no name. It opens nothing (decision record 0008).
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portico.domains.accounts import devices
from portico.domains.accounts.devices import Device

KEPT_FOR: Final = timedelta(days=180)
MOST_PEOPLE: Final = 8
_SALT: Final = "portico.device"


def of(request: HttpRequest) -> tuple[Device, ...]:
    """What the browser is known as; nothing where the cookie is missing, altered or old."""
    try:
        told = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return ()
    return tuple(Device(*each) for each in told)


def remember(request: HttpRequest, response: HttpResponse, *, user_id: int, epoch: int) -> None:
    """Know this browser as the user's from now on, under the id it has for that user or a new one."""
    held = of(request)
    mine = next((each for each in held if (each.user_id, each.epoch) == (user_id, epoch)), None)
    others = [each for each in held if each.user_id != user_id][: MOST_PEOPLE - 1]
    people = [mine or devices.new(user_id=user_id, epoch=epoch), *others]
    response.set_cookie(
        _name(),
        signing.dumps([(each.user_id, each.epoch, each.id) for each in people], salt=_SALT),
        max_age=KEPT_FOR,
        path=reverse("sign_in"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _name() -> str:
    return "__Secure-device" if settings.SESSION_COOKIE_SECURE else "portico_device"
