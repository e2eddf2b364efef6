"""The clock of access requests: a reminder, the next in line, the plan, and the end."""

from datetime import timedelta
from typing import Any

import pytest

from portico.domains.access import models
from portico.domains.access.asking import clock, requests
from portico.domains.access.asking.rules import Wish
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db
# Thursday 10:00 in the plan's zone, open 8 to 5: half of eight hours at 14:00, all of it on Friday at 9:00.
HALF, STEP = timedelta(hours=4), timedelta(hours=23)
WEEKEND = timedelta(days=3)


@pytest.fixture
def house() -> Lakeside:
    made = houses.lakeside()
    making.participates(making.affiliated(making.NPI, making.OWN))
    requests.make(actor=made.as_("fay"), wish=Wish((Function.BENEFITS,)))
    return made


def only() -> Any:
    """The one request there is."""
    return models.AccessRequest.objects.get()


def turn(after: timedelta) -> int:
    """One turn of the clock, so long after it was asked."""
    return clock.turn(actor=houses.system(after=after))


def test_nothing_happens_before_half_of_the_time_is_over(house: Lakeside) -> None:
    early = HALF - timedelta(seconds=1)
    assert not clock.is_due(now=people.NOW + early)
    assert turn(early) == 0
    assert looking.last_use()[:3] == ("housekeeping", "allowed", "nothing_due")
    assert only().reminded_at is None


def test_whoever_has_it_is_reminded_once(house: Lakeside) -> None:
    assert clock.is_due(now=people.NOW + HALF)
    assert (turn(HALF), turn(HALF)) == (1, 0)
    assert looking.mails("access_request") == [
        ("ann.admin@example.org", "asked"),
        ("ann.admin@example.org", "reminded"),
    ]
    assert only().reminded_at == people.NOW + HALF


def test_the_turn_leaves_its_row(house: Lakeside) -> None:
    turn(HALF)
    assert looking.last_use() == (
        *("housekeeping", "allowed", "access_requests_moved"),
        [("request", str(only().public_id))],
    )


def test_where_the_first_has_gone_the_others_are_reminded(house: Lakeside) -> None:
    houses.suspend(house, "ann")
    turn(HALF)
    assert looking.mails("access_request")[-1] == ("bea.admin@example.org", "reminded")


def test_what_the_first_did_not_answer_goes_to_the_second_administrator(house: Lakeside) -> None:
    assert turn(STEP) == 1
    assert (only().step, only().reminded_at) == ("all", None)
    assert only().due_at > people.NOW + STEP
    assert looking.mails("access_request")[-1] == ("bea.admin@example.org", "asked")
    assert houses.notices("access_request") == [(None, house.ann), (None, house.bea)]


def test_with_all_of_them_all_are_reminded(house: Lakeside) -> None:
    turn(STEP)
    turn(STEP + HALF)
    assert sorted(looking.mails("access_request")[-2:]) == [
        ("ann.admin@example.org", "reminded"),
        ("bea.admin@example.org", "reminded"),
    ]


def test_what_nobody_of_the_office_answered_goes_to_the_plan_and_stays_there(house: Lakeside) -> None:
    turn(STEP)
    assert turn(WEEKEND + timedelta(days=2)) == 1
    assert only().step == "plan"
    assert turn(WEEKEND + timedelta(days=9)) == 0
    assert (only().step, only().state) == ("plan", "open")


def test_a_sole_administrators_silence_goes_to_the_plan_at_once(house: Lakeside) -> None:
    houses.suspend(house, "bea")
    turn(STEP)
    assert only().step == "plan"


def test_the_requester_is_never_told_of_their_own_request(house: Lakeside) -> None:
    models.AccessRequest.objects.all().delete()
    requests.make(actor=house.as_("bea"), wish=Wish((Function.PAYMENT_ENROLMENT,)))
    turn(HALF)
    turn(STEP)
    told = {address for address, _ in looking.mails("access_request")}
    assert told == {"ann.admin@example.org"}
    assert only().step == "plan"


def test_in_the_end_it_expires_and_the_requester_is_told(house: Lakeside) -> None:
    last = only().expires_at - people.NOW
    turn(last - timedelta(seconds=1))
    assert only().state == "open"
    assert turn(last) == 1
    assert (only().state, only().decided_at, only().decided_by) == ("expired", only().expires_at, None)
    assert houses.notices("access_request_answered") == [(None, house.fay)]
    assert turn(last) == 0


def test_what_was_decided_is_left_alone(house: Lakeside) -> None:
    requests.withdraw(actor=house.as_("fay"), public_id=only().public_id)
    assert not clock.is_due(now=people.NOW + timedelta(days=60))
    assert turn(timedelta(days=60)) == 0


def test_only_the_house_turns_the_clock(house: Lakeside) -> None:
    with pytest.raises(NotPermitted):
        clock.turn(actor=house.as_("sue"))
