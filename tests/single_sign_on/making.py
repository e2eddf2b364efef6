"""A browser on its way elsewhere and back, and the providers the plan trusts."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.test import Client

from portico.domains.access import looking_after, personas
from portico.domains.accounts.elsewhere import linking, outside, providers
from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML, Details, NewProvider
from portico.domains.accounts.elsewhere.providers import Provider
from tests.support import openid_provider, saml_provider
from tests.support import world as worlds
from tests.support.world import Signer

Visit = Callable[..., Any]
STAFF, OFFICE, OFFICE_SAML = "northlake-staff", "lakeside-account", "lakeside-saml"
_LEADS_TO = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def openid(issuer: str, slug: str = STAFF, *, office_id: int | None = None, **more: Any) -> Provider:
    """A provider of OpenID Connect that the plan trusts."""
    details = Details(issuer, openid_provider.CLIENT_ID, for_sign_in=more.pop("for_sign_in", True))
    new = NewProvider(
        slug,
        f"Account of {slug}",
        OPENID_CONNECT,
        details,
        office_id,
        secret=more.pop("secret", openid_provider.SECRET),
        **more,
    )
    return providers.add(actor=worlds.system(), new=new)


def saml(sign_in_url: str, slug: str = OFFICE_SAML, *, office_id: int | None = None, **more: Any) -> Provider:
    """A SAML provider that the plan trusts."""
    details = Details(
        saml_provider.ENTITY, sign_in_url=sign_in_url, certificates=(saml_provider.certificate(),)
    )
    new = NewProvider(slug, f"Account of {slug}", SAML, details, office_id, **more)
    return providers.add(actor=worlds.system(), new=new)


def link(slug: str, signer: Signer) -> None:
    """The plan says that whoever waits is this user."""
    [waiting] = linking.waiting(actor=worlds.system(), slug=slug).rows
    linking.link(
        actor=worlds.system(),
        identity_id=waiting.id,
        username=signer.person.username,
        reference=outside.waiting_reference(waiting.id),
        belongs=personas.belongs,
        looks_after=looking_after.may,
    )


@dataclass(slots=True)
class Way:
    """A browser that left for a provider: where it was led, and what the address says."""

    browser: Client
    slug: str
    leads_to: str

    @property
    def asked(self) -> dict[str, str]:
        """The query of that address."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.leads_to).query).items()}

    def back(self, **brought: str) -> dict[str, str]:
        """What the page at the way back carries on, of what the provider sent the browser with."""
        address = f"/sign-in/with/{self.slug}/back/"
        # A form of the provider's own page comes without our cookies.
        answer = (
            Client().post(address, brought)
            if "SAMLResponse" in brought
            else self.browser.get(address, brought)
        )
        assert answer.status_code == 200, answer.content.decode()
        fields = {name: html.unescape(value) for name, value in _HIDDEN.findall(answer.content.decode())}
        fields.pop("csrfmiddlewaretoken")
        return fields

    def finish(self, **brought: str) -> Any:
        """The answer to what was brought back, as the page sends it on."""
        return self.browser.post(f"/sign-in/with/{self.slug}/finish/", self.back(**brought))


def leave(slug: str = STAFF, browser: Client | None = None, *, to: str = "") -> Way:
    """A browser that pressed the button of that provider."""
    browser = browser or Client()
    return on_its_way(browser.post(f"/sign-in/with/{slug}/", {"next": to} if to else {}), browser, slug)


def on_its_way(answer: Any, browser: Client, slug: str) -> Way:
    """The browser that was answered the page which leads on."""
    assert answer.status_code == 200, answer.content.decode()
    [found] = _LEADS_TO.findall(answer.content.decode())
    return Way(browser, slug, html.unescape(found))


def last_conclusion() -> str:
    """How the last use of anything ended."""
    return str(apps.get_model("audit", "Entry").objects.order_by("-pk")[0].conclusion)


def is_in(browser: Client) -> bool:
    """Is somebody signed in there?"""
    return b"Sign out" in browser.get("/").content
