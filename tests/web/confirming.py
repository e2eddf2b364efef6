"""Showing again that it is you, as a browser does it in tests: led there, confirming, and what waited."""

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from portico.domains.accounts.second_factors import factors
from portico.edges.web import asking
from tests.support import cast

CONFIRM: Final = "/account/confirm/"
LATER: Final = 11 * 60
"""Seconds after a sign-in when it has to be shown again."""


def led_to(answer: Any) -> str:
    """The page an answer leads back to by way of the confirmation."""
    address = urlsplit(answer.headers["Location"])
    assert (answer.status_code, address.path) == (302, CONFIRM)
    (led,) = parse_qs(address.query)["next"]
    return str(led)


def confirm(browser: Client, address: str = CONFIRM, *, code: str | None = None) -> Any:
    """The answer to an authenticator's code; the right one unless another is given."""
    shown = factors.code_at(cast.TOTP_SECRET, asking.now()) if code is None else code
    return browser.post(address, {"means": "code", "code": shown})


def sent_from(browser: Client, came_from: str, address: str, form: dict[str, Any]) -> Any:
    """The answer to a form sent from a page of this site."""
    return browser.post(address, form, headers={"referer": f"http://testserver{came_from}"})


def hidden(answer: Any) -> dict[str, str]:
    """The fields that wait on the page that confirmed."""
    return dict(answer.context["fields"])
