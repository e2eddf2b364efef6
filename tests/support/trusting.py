"""Providers of identity in the small world, and somebody each knows; nothing is asked of any of them."""

from typing import Any

from django.apps import apps
from django.test import override_settings

from portico.domains.accounts.elsewhere import outside, providers
from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML, Details, NewProvider
from tests.support import saml_provider
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

HOST = "login.example.org"
SAML_SLUG, OPENID_SLUG, NO_SLUG = "staff-saml", "staff-oidc", "staff-none"
_KEY = "providers of identity"


def saml_of(world: World) -> str:
    """The key of a SAML provider for the plan's staff."""
    _trust(world)
    return SAML_SLUG


def openid_of(world: World) -> str:
    """The key of an OpenID Connect provider for the plan's staff, at a host no operator lists any more."""
    _trust(world)
    return OPENID_SLUG


def waiting_of(world: World) -> int:
    """Somebody the SAML provider knows, who waits to be linked."""
    return identity(saml_of(world), "olive", None)


def linked_of(world: World) -> int:
    """Somebody it knows, who is linked to a member of the plan's staff."""
    return identity(saml_of(world), "otto", world["support"].user_id)


def reference_of(world: World) -> str:
    """What the one who waits was told."""
    return outside.waiting_reference(waiting_of(world))


def _trust(world: World) -> None:
    if _KEY in world.asked_for:
        return
    world.asked_for[_KEY] = True
    with override_settings(IDENTITY_HOSTS=[HOST]):
        _add(SAML_SLUG, SAML, sign_in_url=f"https://{HOST}/sso", certificates=(saml_provider.certificate(),))
        _add(OPENID_SLUG, OPENID_CONNECT, client_id="portico")


def _add(slug: str, kind: str, **more: Any) -> None:
    details = Details(f"https://{HOST}/{slug}", **more)
    new = NewProvider(slug, f"Staff account by {slug}", kind, details)
    providers.add(actor=worlds.system(), new=new)


def identity(slug: str, subject: str, user_id: int | None) -> int:
    """Somebody the provider knows by that name, linked to that user or waiting."""
    row, _ = apps.get_model("accounts", "OutsideIdentity").objects.get_or_create(
        provider=apps.get_model("accounts", "IdentityProvider").objects.get(slug=slug),
        subject=subject,
        defaults={
            "told": {"name": subject.capitalize(), "email": f"{subject}@elsewhere.example.org"},
            "user_id": user_id,
            "first_at": NOW,
            "last_at": NOW,
            "mapped_at": NOW if user_id else None,
        },
    )
    return int(row.pk)
