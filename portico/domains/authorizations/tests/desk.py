"""What tests of the plan's desk share: who decides, verdicts ready to be sent, and what was left behind."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps

from portico.domains.authorizations import models
from portico.domains.authorizations.facts.decided import Outcome, ServiceVerdict, Verdict
from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.functions import Desk
from tests.support import actors

WHY = "The notes show that twelve visits were held last month, and the knee bends fully again."
CRITERIA = "Northlake therapy policy 12.3"
DENIED = {"reason_code": "not_medically_necessary", "reason_text": WHY, "criteria": CRITERIA}


def reviewer(**later: int) -> Actor:
    """A clinical reviewer: approves, asks for more, and never denies. `later`: hours or days after NOW."""
    return _staff(Desk.CLINICAL_REVIEW, persona_id=22, name="Rae Viewer", **later)


def director(**later: int) -> Actor:
    """A medical director: denies too."""
    return _staff(Desk.MEDICAL_DIRECTION, persona_id=23, name="Dr. Dee Rector", **later)


def clock(**later: int) -> Actor:
    """The system's own hand."""
    at = actors.NOW + timedelta(**later)
    return system_actor("tests", asked_at=at, today=at.date())


def approve(position: int, **changes: Any) -> ServiceVerdict:
    """That service, as it was asked for."""
    return ServiceVerdict(position, Outcome.APPROVED, **changes)


def part(position: int, quantity: int, **changes: Any) -> ServiceVerdict:
    """That service, so many units of it."""
    told = {"quantity": Decimal(quantity), **DENIED, "reason_code": "more_than_criteria_support", **changes}
    return ServiceVerdict(position, Outcome.PARTLY, **told)


def deny(position: int, **changes: Any) -> ServiceVerdict:
    """Nothing of that service."""
    return ServiceVerdict(position, Outcome.DENIED, **{**DENIED, **changes})


def verdict(row: models.Authorization, *services: ServiceVerdict) -> Verdict:
    """A decision on the request as it stands now."""
    row.refresh_from_db()
    return Verdict(row.public_id, row.version, services)


def events(row: models.Authorization) -> list[tuple[str, str, str, str]]:
    """The ledger: kind, side, basis, code."""
    return list(row.events.order_by("sequence").values_list("kind", "side", "basis", "code"))


def last_use() -> tuple[str, str, str]:
    """The audit row written last: function, outcome, conclusion."""
    entry: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    return entry.function, entry.outcome, entry.conclusion


def notices() -> list[tuple[int | None, str]]:
    """Which offices were told what."""
    rows = apps.get_model("notifications", "Notice").objects.order_by("pk")
    return list(rows.values_list("office_id", "kind"))


def _staff(desk: Desk, *, persona_id: int, name: str, **later: int) -> Actor:
    person = replace(actors.plan_staff(desk), persona_id=persona_id, name=name)
    return replace(person, asked_at=person.asked_at + timedelta(**later)) if later else person
