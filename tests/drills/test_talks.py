"""Many offices that want the same time of a reviewer: one of them has it, and the others are told so."""

from dataclasses import replace

import pytest

from portico.domains.authorizations import talks
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.talks import CannotTalk
from portico.domains.authorizations.models import Conversation
from tests.support import authorizations, racing
from tests.support import talks as booking
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
MANY = 6


def test_a_time_that_many_want_is_booked_once() -> None:
    world = worlds.build()
    actor = replace(worlds.actor(world["front_desk"]), asked_at=NOW, today=TODAY)
    slot = booking.slot().public_id
    rows = [authorizations.denied() for _ in range(MANY)]

    def book(row: object) -> str:
        told = {"slot": slot, "clinician": "Dr. Amina Tran", "telephone": "5305550193", "zone": "UTC"}
        wanted = row.public_id  # type: ignore[attr-defined]
        try:
            talks.book(actor=actor, authorization=wanted, of=Kind.AUTHORIZATION, **told)  # type: ignore[arg-type]
        except CannotTalk as error:
            return error.refusal
        return "booked"

    answers = racing.together([lambda row=row: book(row) for row in rows])  # type: ignore[misc]
    assert sorted(answers) == ["booked", *["slot_gone"] * (MANY - 1)]
    assert Conversation.objects.count() == 1
