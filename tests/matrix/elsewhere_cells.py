"""The cells of signing in elsewhere: the ways there and back for everybody, the desk's providers."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_ALLOWED,
    NOT_FOUND,
    PAGE,
    Outcome,
    Outcomes,
    by_desk,
    everybody,
    goes,
    signed_in,
)
from tests.matrix.places import Arguments, Call
from tests.support import trusting
from tests.support.world import World

NOBODYS, SAML, OPENID = "nobody's", "a SAML provider", "an OpenID provider"
_NO_SLUG = places.fixed(trusting.NO_SLUG)
_UNKNOWN = signed_in(NOT_FOUND)


def _saml(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (trusting.saml_of(world),)


def _openid(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (trusting.openid_of(world),)


def _waiting(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (trusting.saml_of(world), trusting.waiting_of(world))


def _told(world: World, actor: str) -> Mapping[str, Any]:
    """Whom it is to be, with the reference that person was told."""
    del actor
    username = world["member_services"].person.username
    return {"username": username, "reference": trusting.reference_of(world)}


def _linked(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (trusting.saml_of(world), trusting.linked_of(world))


def _no_identity(world: World, actor: str) -> tuple[Any, ...]:
    """A number as long as those there are: a page's address may not tell more than its words."""
    del actor
    return (trusting.saml_of(world), int("9" * len(str(trusting.waiting_of(world)))))


def _desk(outcome: Outcome) -> Outcomes:
    return by_desk(Function.SIGN_IN_RULES, outcome)


def _form(shown: Arguments, none: Arguments, done: Outcome, form: places.Form) -> tuple[Call, ...]:
    """A page with a form: shown, sent, and both for what there is not."""
    return (
        Call("one there is", _desk(PAGE), "GET", shown),
        Call("one there is", _desk(done), "POST", shown, form),
        Call(NOBODYS, _desk(NOT_FOUND), "GET", none),
        Call(NOBODYS, _desk(NOT_FOUND), "POST", none, form),
    )


CELLS: Mapping[str, tuple[Call, ...]] = {
    "sign_in_with": (
        Call(SAML, everybody(PAGE), "POST", _saml),
        Call("one that cannot be reached", everybody(INVALID), "POST", _openid),
        Call(NOBODYS, _UNKNOWN, "POST", _NO_SLUG),
    ),
    "sign_in_back": (
        Call(SAML, everybody(PAGE), "POST", _saml, places.sends(SAMLResponse="x", RelayState="y")),
        Call(SAML, everybody(NOT_ALLOWED), "GET", _saml),
        Call(OPENID, everybody(PAGE), "GET", _openid),
        Call(OPENID, everybody(NOT_ALLOWED), "POST", _openid),
        Call(NOBODYS, _UNKNOWN, "GET", _NO_SLUG),
        Call(NOBODYS, _UNKNOWN, "POST", _NO_SLUG),
    ),
    "sign_in_finish": (
        Call(SAML, everybody(INVALID), "POST", _saml, places.sends(SAMLResponse="x", RelayState="y")),
        Call(OPENID, everybody(INVALID), "POST", _openid, places.sends(code="x", state="y")),
        Call(NOBODYS, _UNKNOWN, "POST", _NO_SLUG),
    ),
    "sign_in_metadata": (
        Call(SAML, everybody(PAGE), arguments=_saml),
        Call(OPENID, _UNKNOWN, arguments=_openid),
        Call(NOBODYS, _UNKNOWN, arguments=_NO_SLUG),
    ),
    "identity_providers": (Call("anywhere", _desk(PAGE)),),
    "openid_provider_new": (
        Call("anywhere", _desk(PAGE)),
        Call("nothing typed", _desk(INVALID), "POST", form=places.sends(name="")),
    ),
    "saml_provider_new": (
        Call("anywhere", _desk(PAGE)),
        Call("nothing typed", _desk(INVALID), "POST", form=places.sends(name="")),
    ),
    "identity_provider": (
        Call(SAML, _desk(PAGE), arguments=_saml),
        Call(OPENID, _desk(PAGE), arguments=_openid),
        Call(NOBODYS, _desk(NOT_FOUND), arguments=_NO_SLUG),
    ),
    "identity_provider_change": _form(_saml, _NO_SLUG, INVALID, places.sends(name="")),
    "identity_provider_close": _form(_saml, _NO_SLUG, goes("identity_provider"), places.sends()),
    "identity_provider_test": (
        Call(OPENID, _desk(goes("identity_provider")), "POST", _openid),
        Call(SAML, _desk(NOT_FOUND), "POST", _saml),
        Call(NOBODYS, _desk(NOT_FOUND), "POST", _NO_SLUG),
    ),
    "identity_link": _form(_waiting, _no_identity, goes("identity_provider"), _told),
    "identity_unlink": (
        Call("one who is linked", _desk(goes("identity_provider")), "POST", _linked),
        Call(NOBODYS, _desk(NOT_FOUND), "POST", _no_identity),
    ),
}
