"""Visitors with a browser of their own: Django's test client, signed in through the pages."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from django.urls import reverse

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import audiences
from portico.edges.web import asking
from tests.support import cast
from tests.support.actors import TODAY
from tests.support.world import Signer

CHANGING = (
    re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"'),
    re.compile(r"<code>[0-9A-HJKMNP-TV-Z]{12}</code>"),
    re.compile(r'name="next" value="[^"]*"'),
)


def sign_in(signer: Signer, client: Client | None = None, *, to: str = "") -> Client:
    """The person's browser, signed in with password and, where there is one, the authenticator's code.

    Whose account belongs to another audience signed in before it did: nobody does afterwards.
    """
    browser = client or Client()
    with _while_a_providers(signer):
        return _signed_in(browser, signer, to=to)


def _signed_in(browser: Client, signer: Signer, *, to: str) -> Client:
    answer = give_password(browser, signer, to=to)
    assert answer.status_code == 302, answer.content.decode()
    if signer.person.has_factor:
        answer = give_code(browser)
        assert answer.status_code == 302, answer.content.decode()
    return browser


@contextmanager
def _while_a_providers(signer: Signer) -> Iterator[None]:
    if signer.person.audience == audiences.OURS:
        yield
        return
    account = models.User.objects.filter(pk=signer.user_id)
    account.update(audience=audiences.OURS)
    yield
    account.update(audience=signer.person.audience)


def give_password(browser: Client, signer: Signer, *, password: str = cast.PASSWORD, to: str = "") -> Any:
    """The answer to the person's name and a password."""
    address = reverse("sign_in") + (f"?next={to}" if to else "")
    return browser.post(address, {"username": signer.person.username, "password": password})


def give_code(browser: Client, code: str | None = None, **more: str) -> Any:
    """The answer to a code, the right one unless another is given, and to what else the form holds."""
    shown = factors.code_at(cast.TOTP_SECRET, asking.now()) if code is None else code
    return browser.post(reverse("sign_in_code"), {"code": shown, **more})


def as_said(answer: Any) -> str:
    """The body of an answer without what changes with each request: tokens, references, the way back."""
    body: str = answer.content.decode()
    for changing in CHANGING:
        body = changing.sub("", body)
    return body


def seen(answer: Any) -> str:
    """What somebody reads on a page, in one line: no tags, no pictures, one blank between words."""
    text = re.sub(r"(?s)<(svg|script|style).*?</\1>|<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(text).split())


def search(browser: Client, by: str = "member_id", **asked: str) -> Any:
    """The answer to a search of Patient Info for the own tax ID, today."""
    form = {"as_of": f"{TODAY:%m/%d/%Y}", "tax_id": cast.OWN, **asked}
    return browser.post(f"{reverse('patient_search')}?by={by}", form)
