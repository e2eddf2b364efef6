"""Talks between peers, for tests: times a reviewer offers, and talks booked into them."""

from datetime import datetime, timedelta
from uuid import uuid4

from portico.domains.authorizations.models import Authorization, Conversation, Slot
from tests.support.actors import NOW

REVIEWER = "Rae Viewer"


def slot(hours: float = 24, *, persona_id: int = 22, reviewer: str = REVIEWER) -> Slot:
    """A free time so many hours from now, half an hour long."""
    starts_at: datetime = NOW + timedelta(hours=hours)
    made: Slot = Slot.objects.create(
        persona_id=persona_id,
        reviewer=reviewer,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
    )
    return made


def booked(
    row: Authorization, *, into: Slot | None = None, clinician: str = "Dr. Amina Tran"
) -> Conversation:
    """A talk about the request, booked into a time."""
    made: Conversation = Conversation.objects.create(
        public_id=uuid4(),
        authorization=row,
        slot=into or slot(),
        clinician=clinician,
        telephone="5305550193",
        zone="America/Los_Angeles",
        booked_at=NOW,
    )
    return made
