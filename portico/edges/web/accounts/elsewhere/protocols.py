"""Which protocol a provider speaks: two functions, to leave for it, and to believe what comes back."""

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Final, Protocol, cast

from django.conf import settings

from portico.domains.accounts.elsewhere.outside import Told
from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML
from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web import parts
from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.edges.web.accounts.elsewhere.pending import Pending

METHODS: Final = {OPENID_CONNECT: "GET", SAML: "POST"}
STATES: Final = {OPENID_CONNECT: "state", SAML: "RelayState"}
_MODULES: Final = {OPENID_CONNECT: "openid", SAML: "saml"}
_PACKAGE: Final = "portico.edges.web.accounts.elsewhere"


class Speaks(Protocol):
    """A protocol. `FIELDS`: what a browser brings back, and how long each may be."""

    FIELDS: Mapping[str, int]

    def leave(self, provider: Provider, pending: Pending, *, back: str, at: datetime) -> str:
        """Where the browser goes. Raises Failed."""
        ...

    def believe(
        self, provider: Provider, pending: Pending, brought: Mapping[str, str], *, back: str, at: datetime
    ) -> Told:
        """Who somebody is, by what was brought back. Raises Failed."""
        ...


def of(provider: Provider) -> Speaks:
    """What the provider speaks. Raises Failed where reading it is not installed here (any more)."""
    try:
        return cast(Speaks, import_module(f"{_PACKAGE}.{_MODULES[provider.kind]}"))
    except ImportError as error:
        raise Failed(Code.UNREACHABLE) from error


def back(provider: Provider) -> str:
    """The absolute address a provider sends people back to."""
    return settings.SITE.rstrip("/") + parts.outside("sign_in_back", provider.slug)


def entity_id(provider: Provider) -> str:
    """Who the portal is to a SAML provider: where its metadata stands."""
    return settings.SITE.rstrip("/") + parts.outside("sign_in_metadata", provider.slug)


def brought(speaks: Speaks, sent: Mapping[str, str]) -> dict[str, str]:
    """What was brought back, of what the protocol knows. Raises Failed for anything longer than it may be."""
    told = {name: sent.get(name, "") for name in speaks.FIELDS}
    if any(len(value) > speaks.FIELDS[name] for name, value in told.items()):
        raise Failed(Code.MALFORMED)
    return {name: value for name, value in told.items() if value}
