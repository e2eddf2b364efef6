"""Links to the pages of a search: what was asked, sealed, for the same application and a quarter of an hour.

No link holds what identifies a person. A link somebody altered, one of another application, and one too old
are answered alike (decision 0017).
"""

import base64
import binascii
import json
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.conf import settings

from portico.domains.permits.actors import Actor
from portico.edges.fhir.outcomes import Issue, Problem
from portico.edges.fhir.parameters import Asked
from portico.shared.vault import CannotOpen, Vault

LIFE: Final = timedelta(minutes=15)


def seal(actor: Actor, resource: str, asked: Asked, start: int) -> str:
    """A token for the page of this search that begins at `start`."""
    until = int((actor.asked_at + LIFE).timestamp())
    told = json.dumps([dict(asked.values), asked.count, start, until], separators=(",", ":"))
    return base64.urlsafe_b64encode(_vault().seal(told, place=_place(actor, resource))).decode().rstrip("=")


def opened(actor: Actor, resource: str, asked: Asked) -> tuple[Asked, int]:
    """The search that `asked` is a page of, and where the page begins. Raises Problem (410)."""
    try:
        padded = asked.page + "=" * (-len(asked.page) % 4)
        sealed = base64.b64decode(padded, altchars=b"-_", validate=True)
        values, count, start, until = json.loads(_vault().open(sealed, place=_place(actor, resource)))
    except (CannotOpen, binascii.Error, ValueError) as error:
        raise _gone() from error
    if until <= actor.asked_at.timestamp():
        raise _gone()
    return replace(asked, values=values, count=count), start


def _place(actor: Actor, resource: str) -> str:
    return f"fhir.page:{actor.machine_id}:{resource}"


def _gone() -> Problem:
    text = "This link has run out, or is not this application's: search again."
    return Problem(410, Issue("not-found", text))


def _vault() -> Vault:
    vault: Vault = settings.PORTICO_VAULT
    return vault
