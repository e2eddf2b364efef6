"""Who asks about claims in tests, and what."""

from datetime import date
from typing import Any

from portico.domains.claims.asked import Asked
from portico.domains.claims.models import DeadlineRule
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from tests.support import actors, patients
from tests.support.cast import OWN

SUBSCRIBER = f"S{patients.ZEPHYRINE}"
BOTH = (Function.CLAIMS_INQUIRY, Function.REMITTANCE)


def biller(*functions: Function, **limits: Any) -> Actor:
    """Somebody of our office with claims and remittances in every line, unless said otherwise."""
    told = {"lines": None, **limits}
    held = [actors.grant(each, number=place, **told) for place, each in enumerate(functions or BOTH, 1)]
    return actors.front_desk(*held)


def asked(**facts: Any) -> Asked:
    """Zephyrine's claims under our tax ID."""
    return Asked(**{"tax_id": OWN, "subscriber_id": SUBSCRIBER, **facts})


def a_deadline(kind: str, days: int, **facts: Any) -> DeadlineRule:
    """A rule of the plan for everybody, from 2020 on."""
    told = {
        "unit": "calendar",
        "citation": "Provider manual, chapter 9",
        "first_on": date(2020, 1, 1),
        **facts,
    }
    return DeadlineRule.objects.create(kind=kind, days=days, **told)
