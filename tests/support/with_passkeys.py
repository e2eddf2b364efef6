"""People with passkeys: a soft one set up for a user through the use cases."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from portico.domains.accounts.second_factors import own_passkeys
from portico.domains.accounts.second_factors.own_factors import Change
from portico.domains.accounts.second_factors.passkeys import Asked
from portico.domains.permits.actors import Actor
from tests.support import soft_passkey
from tests.support.actors import NOW
from tests.support.soft_passkey import SoftPasskey

NAME = "Desk telephone"


def asked_for_new(actor: Actor) -> Asked:
    """What the actor's browser is asked for a new passkey."""
    asked = own_passkeys.propose(actor=actor)
    assert isinstance(asked, Asked)
    return asked


def options_of(asked: Asked) -> Mapping[str, Any]:
    """The options of a question as they arrive in a browser."""
    found: Mapping[str, Any] = soft_passkey.as_browser(asked.options)
    return found


def add(actor: Actor, key: SoftPasskey | None = None, *, name: str = NAME) -> SoftPasskey:
    """A passkey of the actor's, set up."""
    made, asked = key or SoftPasskey(), asked_for_new(actor)
    reply = made.create(options_of(asked))
    ended = own_passkeys.add(actor=actor, challenge=asked.challenge, reply=reply, name=name)
    assert ended is Change.DONE
    return made


def lying_there(user_id: int) -> int:
    """The number of a passkey of the user's that signs nobody in; made when first asked for."""
    kept = {"credential_id": f"a passkey of {user_id}".encode(), "name": NAME, "created_at": NOW}
    row, _ = apps.get_model("accounts", "Passkey").objects.get_or_create(user_id=user_id, defaults=kept)
    return int(row.pk)
