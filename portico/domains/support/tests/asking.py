"""Enquiries as tests make them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.apps import apps

from portico.domains.permits.actors import Actor
from portico.domains.support import enquiries
from portico.domains.support.enquiries import Asked, Received
from portico.domains.support.rules import BestTime, Kind, Topic
from tests.support import actors

NETWORK = "203.0.113.7"
CALL = Asked(
    Kind.CALL_BACK,
    Topic.REGISTRATION,
    name="Robin Tester",
    office_name="Lakeside Clinic",
    telephone="5305550193",
    best_time=BestTime.MORNING,
    text="Which licence do we give?",
)
QUESTION = Asked(Kind.QUESTION, Topic.OTHER, name="Sam Tester", email="sam@example.org", text="Who are you?")


def ask(
    asked: Asked = CALL, *, address: str = NETWORK, later: timedelta = timedelta(), key: str = ""
) -> Received:
    """A visitor asks, so much later than `actors.NOW`."""
    return enquiries.ask(actor=moved(actors.visitor(), later), asked=asked, address=address, key=key)


def moved(actor: Actor, by: timedelta) -> Actor:
    """The same actor asking so much later."""
    at = actor.asked_at + by
    return replace(actor, asked_at=at, today=at.date())


def last_use() -> Any:
    """The audit row written last."""
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def subjects() -> set[tuple[str, str]]:
    """The subjects of the audit row written last."""
    rows = apps.get_model("audit", "Subject").objects.filter(entry=last_use())
    return set(rows.values_list("kind", "identifier"))


def mails() -> list[tuple[str, str, dict[str, Any]]]:
    """Every mail there is: to whom, which one, and what it says."""
    rows = apps.get_model("notifications", "Message").objects.order_by("pk")
    return list(rows.values_list("to", "template", "context"))
