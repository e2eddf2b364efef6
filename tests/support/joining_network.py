"""Asking to join the network through the pages, and what is sent."""

import re
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.test import Client

from portico.domains.registration.tests import registering
from tests.support import cast, visiting

ASK, STATUS, WITHDRAW, DESK = (
    "/join-network/ask/",
    "/join-network/status/",
    "/join-network/withdraw/",
    "/staff/network/",
)
NUMBER = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]\b")
SENT: Mapping[str, Any] = {
    "kind": "medical_group",
    "office_name": "Riverbend Pediatrics",
    "npi": registering.UNKNOWN_NPI,
    "tax_id": "95-9999999",
    "specialty": "Pediatrics",
    "lines": [cast.HMO],
    "contact_name": "Noor Haddad",
    "telephone": "(530) 555-0168",
    "email": "noor@riverbend.example",
}


def requests() -> Any:
    """The wishes there are, the first first."""
    return apps.get_model("registration", "NetworkRequest").objects.order_by("pk")


def asked(browser: Client | None = None, **changes: Any) -> str:
    """Somebody asks; the tracking number as the page shows it."""
    answer = (browser or Client()).post(ASK, {**SENT, **changes})
    [number] = NUMBER.findall(visiting.seen(answer))
    return str(number)
