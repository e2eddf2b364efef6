"""Requests sent, changed and given up at the same moment, on databases with more than one writer."""

from functools import partial

import pytest

from portico.domains.authorizations import changing, sending
from portico.domains.authorizations.changing import Changed, Changes, NotNow, Why
from portico.domains.authorizations.facts.requested import Kind, NotSent, Sent
from portico.domains.authorizations.facts.shown import State
from portico.domains.authorizations.models import Authorization
from tests.support import authorizations, requirements, world
from tests.support.authorizations import asked
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def test_the_same_number_of_the_offices_own_is_taken_once() -> None:
    made = world.build()
    requirements.say("97110", system="procedure")
    actor = world.actor(made["front_desk"])
    request = asked(partner_reference="BHT-7", sends_anyway=True)

    answers = together([partial(sending.send, actor=actor, request=request)] * AT_ONCE)

    sent = [answer for answer in answers if isinstance(answer, Sent)]
    assert len(sent) == AT_ONCE
    assert len({answer.number for answer in sent}) == Authorization.objects.count() == 1
    assert [answer.was_sent_before for answer in sent].count(False) == 1


def test_of_a_change_and_a_cancellation_one_is_too_late() -> None:
    made = world.build()
    requirements.say("97110", system="procedure")
    requirements.say("73721", system="procedure")
    actor, row = world.actor(made["front_desk"]), authorizations.in_review()

    def change() -> object:
        try:
            return changing.change(
                actor=actor,
                authorization=row.public_id,
                of=Kind.AUTHORIZATION,
                changes=Changes(place="22", sends_anyway=True),
                version=1,
            )
        except (Changed, NotNow) as error:
            return error

    def cancel() -> object:
        try:
            return changing.cancel(
                actor=actor,
                authorization=row.public_id,
                of=Kind.AUTHORIZATION,
                why=Why.OTHER,
                version=1,
            )
        except (Changed, NotNow) as error:
            return error

    answers = together([change, cancel])

    assert not any(isinstance(answer, NotSent) for answer in answers)
    assert sum(isinstance(answer, Changed) for answer in answers) == 1
    row.refresh_from_db()
    was_cancelled = State.CANCELLED in answers
    assert (row.state == "cancelled") is was_cancelled
    sequences = [event.sequence for event in row.events.order_by("sequence")]
    assert sequences == list(range(1, len(sequences) + 1))
