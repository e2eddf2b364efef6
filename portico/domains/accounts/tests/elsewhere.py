"""Providers of identity for tests, and what they say."""

from datetime import timedelta
from typing import Any

from portico.domains.accounts.elsewhere import linking, outside, providers
from portico.domains.accounts.elsewhere.outside import Told
from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML, Details, NewProvider
from portico.domains.accounts.elsewhere.providers import Provider
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Actor
from tests.support import actors, saml_provider

HOST, ISSUER = "login.example.org", "https://login.example.org/plan"
OPENID = NewProvider(
    "plan-staff",
    "Staff account",
    OPENID_CONNECT,
    Details(ISSUER, client_id="portico"),
    secret="a secret of the provider",
)


def saml(**more: Any) -> NewProvider:
    """A provider of SAML to be added."""
    details = Details(
        "https://id.example.org/saml",
        sign_in_url=f"https://{HOST}/sso",
        certificates=(saml_provider.certificate(),),
    )
    return NewProvider("an-office", "Office account", SAML, details, **more)


def add(new: NewProvider = OPENID) -> Provider:
    """A provider that the plan trusts."""
    return providers.add(actor=actors.system(), new=new)


def link(identity_id: int, username: str = people.NAME) -> None:
    """The plan says that whoever waits is this user."""
    linking.link(
        actor=actors.system(),
        identity_id=identity_id,
        username=username,
        reference=outside.waiting_reference(identity_id),
        belongs=anybody,
        looks_after=everybody,
    )


def told(subject: str = "outside-1", word: str = "1", **more: Any) -> Told:
    """What a provider says of somebody; each `word` once."""
    return Told(subject, word, people.NOW + timedelta(minutes=5), **more)


def anybody(user_id: int, office_id: int | None) -> bool:
    """Everybody belongs everywhere."""
    del user_id, office_id
    return True


def everybody(actor: Actor, user_id: int) -> bool:
    """Whoever asks looks after everybody."""
    del actor, user_id
    return True


def none_of_them(actor: Actor, user_id: int) -> bool:
    """Whoever asks looks after nobody."""
    del actor, user_id
    return False


def nobody(user_id: int, office_id: int | None) -> bool:
    """Nobody belongs anywhere."""
    del user_id, office_id
    return False
