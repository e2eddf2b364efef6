"""Connected systems as the plan's desk types and reads them: its forms, and what their answers show."""

import json
import re
from typing import Any

from django.urls import reverse

from portico.domains.access import machine_sign_in, machines
from portico.domains.permits import actors
from tests.support import cast, systems, visiting
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY

LIST, NEW = "/staff/machines/", "/staff/machines/new/"
SECRET = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}\b")
ASKED: dict[str, Any] = {
    "name": "Practice software",
    "contact_email": "it@lakeside.example.org",
    "tax_id": cast.OWN,
    "functions": ["eligibility", "benefits"],
    "tax_ids": [cast.OWN],
    "lines": [cast.HMO],
    "first_on": "01/01/2026",
    "last_on": "",
}
PARTNER = ASKED | {"sender_id": systems.SENDER}
CLIENT = ASKED | {"scopes": list(systems.SCOPES), "key_set": json.dumps(systems.KEY_SET), "key_set_url": ""}
PARTNER_NEW, CLIENT_NEW = f"{NEW}trading-partner/lakeside/", f"{NEW}fhir-client/lakeside/"


def signed_in(machine: Any, secret: str) -> bool:
    """May the partner sign in with that password now?"""
    visitor = actors.visitor(asked_at=NOW, today=TODAY, door=actors.Door.X12)
    try:
        machine_sign_in.by_password(visitor=visitor, username=machine.row.sign_in_name, secret=secret)
    except machine_sign_in.NotSignedIn:
        return False
    return True


def only() -> Any:
    """The one machine there is, as the desk sees it."""
    [row] = machines.page(actor=worlds.system()).rows
    return machines.one(actor=worlds.system(), public_id=row.public_id)


def secret_in(answer: Any) -> str:
    """The one password an answer shows."""
    [found] = SECRET.findall(visiting.seen(answer))
    return str(found)


def page(made: machines.Created, *more: str) -> str:
    """The address of the machine's page, or of one below it."""
    return "/".join((reverse("machine", args=[systems.public_id(made)]).rstrip("/"), *more)) + "/"
