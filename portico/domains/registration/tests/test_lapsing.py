"""What nobody came back for lapses: after a day, after thirty days and one, and nothing before."""

from datetime import timedelta

import pytest

from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import lapsing, models
from portico.domains.registration.finishing_rules import CODE_LASTS
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import HOSPITAL, NOW, State, clock, visitor

pytestmark = pytest.mark.django_db


def lapse(after: timedelta) -> int:
    """The clock, some time after NOW."""
    return lapsing.lapse(actor=clock(after))


def test_a_match_lapses_after_a_day() -> None:
    row, _ = waiting.matched()
    assert lapse(timedelta(hours=24) - timedelta(seconds=1)) == 0
    assert waiting.last_use()[:2] == ("allowed", "nothing_old")
    assert lapse(timedelta(hours=24)) == 1
    assert waiting.last_use()[:2] == ("allowed", "registrations_lapsed")
    row.refresh_from_db()
    assert row.state == State.LAPSED
    assert waiting.events(row) == ["lapsed"]


def test_an_approval_lapses_once_the_last_link_it_could_get_is_over() -> None:
    row, _, _ = waiting.approved(**HOSPITAL)
    assert lapse(timedelta(days=31) - timedelta(seconds=1)) == 0
    assert lapse(timedelta(days=31)) == 1
    row.refresh_from_db()
    assert row.state == State.LAPSED


@pytest.mark.parametrize("state", ["submitted", "returned", "seconding", "denied", "recognised", "lapsed"])
def test_nothing_else_lapses(state: str) -> None:
    row, _, _ = waiting.approved(**HOSPITAL)
    is_open = state in ("submitted", "returned", "seconding")
    waiting.put(row, state=state, decided_at=None if is_open else NOW)
    assert lapse(timedelta(days=400)) == 0


def test_codes_that_are_over_are_forgotten() -> None:
    office = waiting.an_office()
    row, _ = waiting.matched()
    waiting.put(row, state="recognised", path="queue", matched_at=None)
    request = models.JoinRequest.objects.create(
        application=row, office_id=office.id, made_at=NOW, code_index=b"code", code_expires_at=NOW
    )
    lapse(-CODE_LASTS)
    request.refresh_from_db()
    assert request.code_index is not None
    lapse(timedelta())
    request.refresh_from_db()
    assert request.code_index is None


def test_the_clock_alone_lets_them_lapse() -> None:
    with pytest.raises(NotPermitted):
        lapsing.lapse(actor=visitor())
