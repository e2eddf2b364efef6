"""Every way in which a stranger names somebody, or shows a link or a code, at a page that asks no sign-in.

Those of registering an office are in `applicants` and `followers`.
"""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.test import Client, override_settings
from django.urls import reverse

from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back.coming_back_rules import WRONG_FROM_A_NETWORK
from portico.domains.accounts.second_factors import recovery_codes
from tests.security import alike
from tests.security.alike import Side
from tests.security.ways import Sides, Way, sends, side
from tests.support import cast, inviting, mailing, trusting, visiting, with_passkeys
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.soft_passkey import SoftPasskey
from tests.support.world import World

WRONG = "not the pass phrase at all"
NOBODY, KNOWN, DISABLED, SUSPENDED, LOCKED = (
    *("nobody.here", "front.desk", "disabled", "suspended", "outsider"),
)
NAMES = (
    NOBODY,
    KNOWN,
    DISABLED,
    SUSPENDED,
    "colleague",
    "no.factor",
    "pending",
    "broker",
    "operations",
    inviting.USERNAME,
)
NO_NAMES = ("no username at all", "x" * 254, "a@example.org")


def _people(world: World) -> None:
    """Those of the names who are made when first asked for."""
    inviting.invite()
    for key in ("no_factor", "pending", "broker", "operations"):
        world[key]


def _passwords(world: World) -> Sides:
    _people(world)
    return {name: sends("sign_in", name, username=name, password=WRONG) for name in NAMES}


def _locked(world: World) -> Sides:
    """Locked by five wrong passwords; of two of them the password is right now."""
    _people(world)
    sides = {}
    for name in (NOBODY, KNOWN, DISABLED, SUSPENDED, inviting.USERNAME):
        for _ in range(5):
            sends("sign_in", username=name, password=WRONG).ask()
        sides[name] = sends("sign_in", name, username=name, password=WRONG)
    right = {
        f"{name}, the password": sends("sign_in", name, username=name, password=cast.PASSWORD)
        for name in (NOBODY, KNOWN, DISABLED)
    }
    return sides | right


def _closed_network(world: World) -> Sides:
    """From a network that too many wrong passwords came from; of one the password is right."""
    _people(world)
    address = "203.0.113.9"
    for _ in range(WRONG_FROM_A_NETWORK.most):
        allowances.count_wrong(address, at=NOW)
    there = Client(REMOTE_ADDR=address)
    names = (NOBODY, KNOWN, DISABLED, SUSPENDED, inviting.USERNAME)
    sides = {name: sends("sign_in", name, browser=there, username=name, password=WRONG) for name in names}
    right = sends("sign_in", KNOWN, browser=there, username=KNOWN, password=cast.PASSWORD)
    return sides | {f"{KNOWN}, the password": right}


def _passkeys(world: World) -> Sides:
    """Passkeys that sign nobody in: nobody's, somebody's that is forged, one of who may not come in."""
    made = {key: with_passkeys.add(worlds.actor(world[key])) for key in ("front_desk", "administrator")}
    users = apps.get_model("accounts", "User").objects
    users.filter(pk=world["administrator"].user_id).update(activated_at=None)
    forged = SoftPasskey(id=made["front_desk"].id, handle=made["front_desk"].handle)
    return {
        "nobody's": Side(lambda: _by_passkey(SoftPasskey(handle=b"x" * 32))),
        "somebody's, forged": Side(lambda: _by_passkey(forged)),
        "of somebody still invited": Side(lambda: _by_passkey(made["administrator"])),
    }


def _by_passkey(key: SoftPasskey) -> Any:
    browser = alike.stranger()
    asked = browser.post(reverse("sign_in_passkey_question"))
    return browser.post(reverse("sign_in_passkey"), {"reply": key.get(json.loads(asked.content))})


def _half_way(world: World, key: str) -> Client:
    browser = alike.stranger()
    assert visiting.give_password(browser, world[key]).status_code == 302
    return browser


def _second(route: str, **form: str) -> Callable[[World], Sides]:
    """After the right password: of two people, of one who was disabled since, of one whose sessions ended."""

    def sides(world: World) -> Sides:
        keys = ("administrator", "front_desk", "operations", "support")
        for key in keys:
            recovery_codes.renew(actor=worlds.actor(world[key]))
        browsers = {key: _half_way(world, key) for key in keys}
        worlds.disable(world["operations"])
        apps.get_model("accounts", "User").objects.filter(pk=world["support"].user_id).update(session_epoch=9)
        return {key: side(route, form, browser=browser) for key, browser in browsers.items()}

    return sides


def _forgotten(route: str, field: str) -> Callable[[World], Sides]:
    def sides(world: World) -> Sides:
        _people(world)
        typed = {
            name: name if field == "username" else _address(name) for name in (*NAMES, LOCKED, *NO_NAMES)
        }
        return {name: side(route, {field: each}, (each,)) for name, each in typed.items()}

    return sides


def _address(name: str) -> str:
    return name if "@" in name else f"{name.replace(' ', '.')[:60]}@example.org"


def _reset_links(**form: str) -> Callable[[World], Sides]:
    """Links that lead nowhere: one that never was, used, replaced, late, and of somebody disabled since."""

    def sides(world: World) -> Sides:
        tokens = {"never": "A" * 43}
        keys = ("administrator", "front_desk", "operations", "support", "colleague")
        apps.get_model("accounts", "User").objects.update(activated_at=NOW)
        for key in keys[:4]:
            tokens[key] = _mailed_link(world[key].person.username)
        _mailed_link("support")
        links = apps.get_model("accounts", "ResetLink").objects
        links.filter(user=world["front_desk"].user_id).update(used_at=NOW)
        links.filter(user=world["operations"].user_id).update(expires_at=NOW - timedelta(minutes=1))
        worlds.disable(world["administrator"])
        return {key: side("reset", {"t": token, **form}, (token,)) for key, token in tokens.items()}

    return sides


def _mailed_link(username: str) -> str:
    mailing.deliver()
    sends("forgot_password", username=username).ask()
    [letter] = mailing.deliver()
    return mailing.link_in(letter).partition("?t=")[2]


def _invitations(world: World) -> dict[str, str]:
    """The tokens of activation links: never there, open, taken, ended, late."""
    del world
    invitations = apps.get_model("accounts", "Invitation").objects
    tokens = {"never": "A" * 43}
    with override_settings(FIRST_SIGN_IN="link"):
        for key in ("open", "taken", "ended", "late"):
            invited = inviting.invite(f"ida.{key}")
            tokens[key] = invited.token
            if key == "late":
                invitations.filter(user=invited.user_id).update(expires_at=NOW - timedelta(minutes=1))
            if key == "ended":
                invitations.filter(user=invited.user_id).update(ended_at=NOW, ending="replaced")
            if key == "taken":
                inviting.open_link(alike.stranger(), invited, username="ida.taken")
    return tokens


def _activation(world: World) -> Sides:
    """Each link with the name it was sent to, and with others'; the open one only with others'."""
    tokens, sides = _invitations(world), {}
    for key, token in tokens.items():
        names: Iterable[str] = (NOBODY, KNOWN, DISABLED, "ida.late")
        names = names if key == "open" else (*names, f"ida.{key}")
        for name in names:
            sides[f"{key} as {name}"] = sends("activate", token, name, t=token, username=name)
    return sides


def _disowned(world: World) -> Sides:
    """What is sent back: links that were never there, and those that are over."""
    tokens = _invitations(world)
    return {key: sends("activate", tokens[key], t=tokens[key], act="not_mine") for key in ("never", "ended")}


def _opened(route: str, tokens: Callable[[World], dict[str, str]]) -> Callable[[World], Sides]:
    """Links that are only opened, as programs that read mail do: of each kind, those that work among them."""

    def sides(world: World) -> Sides:
        return {
            key: Side(lambda token=token: alike.stranger().get(reverse(route), {"t": token}), (token,))  # type: ignore[misc]
            for key, token in tokens(world).items()
        }

    return sides


def _address_tokens(world: World, which: int) -> dict[str, str]:
    """Tokens of changed addresses, of the mail to the new (0) or to the old mailbox (1)."""
    tokens = {"never": "A" * 43}
    changes = apps.get_model("accounts", "AddressChange").objects
    for key in ("front_desk", "administrator", "operations"):
        browser = visiting.sign_in(world[key], alike.stranger())
        mailing.deliver()
        browser.post(reverse("mail_address"), {"email": f"{key}@new.example.org"})
        letters = mailing.deliver()
        tokens[key] = mailing.link_in(letters[which]).partition("?t=")[2]
    changes.filter(user=world["operations"].user_id).update(expires_at=NOW - timedelta(days=9))
    return tokens


def _undone(world: World) -> Sides:
    """Links of the old mailbox that undo nothing any more, and one that never was."""
    tokens = _address_tokens(world, 1)
    sides = {key: sends("address_undo", token, t=token) for key, token in tokens.items()}
    for key in ("front_desk", "administrator"):
        sides[key].ask()
    return sides


def _to_confirm(world: World) -> dict[str, str]:
    return _address_tokens(world, 0)


def _to_undo(world: World) -> dict[str, str]:
    return _address_tokens(world, 1)


def _to_providers(world: World) -> Sides:
    """Providers that nobody signs in with: one that never was, and one the plan trusts no more."""
    slug = trusting.saml_of(world)
    apps.get_model("accounts", "IdentityProvider").objects.filter(slug=slug).update(closed_at=NOW)
    return {each: Side(_sent("sign_in_with", each)) for each in (trusting.NO_SLUG, slug)}


def _from_providers(route: str) -> Callable[[World], Sides]:
    """What nobody of a provider's began: whoever it may name, there and not."""

    def sides(world: World) -> Sides:
        slug = trusting.saml_of(world)
        trusting.linked_of(world)
        named = ("nobody", "otto", "olive", KNOWN)
        return {each: Side(_sent(route, slug, SAMLResponse=each, RelayState=each), (each,)) for each in named}

    return sides


def _sent(route: str, slug: str, **form: str) -> Callable[[], Any]:
    return lambda: alike.stranger().post(reverse(route, args=[slug]), form)


WAYS = {
    "a password": Way("sign_in", _passwords),
    "a locked name": Way("sign_in", _locked),
    "a closed network": Way("sign_in", _closed_network),
    "a passkey": Way("sign_in_passkey", _passkeys, is_costed=False),
    "a code": Way("sign_in_code", _second("sign_in_code", code="000000"), is_costed=False),
    "a recovery code": Way(
        "sign_in_recovery", _second("sign_in_recovery", code="0000-0000-0000"), is_costed=False
    ),
    "a second passkey": Way(
        "sign_in_second_passkey", _second("sign_in_second_passkey", reply="{}"), is_costed=False
    ),
    "a forgotten password": Way("forgot_password", _forgotten("forgot_password", "username")),
    "a forgotten username": Way("forgot_username", _forgotten("forgot_username", "email")),
    "a reset link": Way("reset", _reset_links(password="rain on the tin roof at night")),
    "the answer behind a reset link": Way("reset", _reset_links(answer="Sir Hopsalot")),
    "an activation link": Way("activate", _activation),
    "an activation link sent back": Way("activate", _disowned),
    "an activation link, opened": Way("activate", _opened("activate", _invitations)),
    "an undone address": Way("address_undo", _undone, is_costed=False),
    "an undone address, opened": Way("address_undo", _opened("address_undo", _to_undo)),
    "a confirmed address, opened": Way("address_confirm", _opened("address_confirm", _to_confirm)),
    "a provider": Way("sign_in_with", _to_providers),
    "the way back from a provider": Way("sign_in_back", _from_providers("sign_in_back")),
    "the end of a provider's way": Way("sign_in_finish", _from_providers("sign_in_finish")),
}
