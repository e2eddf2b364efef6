"""What housekeeping drops, and what it keeps."""

from datetime import timedelta

import pytest

from portico.domains.members import housekeeping, models
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db


def _leave(days: int) -> None:
    at = people.NOW - timedelta(days=days)
    models.Lookup.objects.create(persona_id=21, tax_id=people.OWN_TAX_ID, as_of=people.TODAY, created_at=at)
    models.Miss.objects.create(user_id=11, by="member_id", at=at)


def test_searches_of_more_than_two_days_ago_are_dropped() -> None:
    _leave(3)
    _leave(1)
    assert housekeeping.forget(actor=people.system()) == 2
    assert models.Lookup.objects.count() == 1
    assert models.Miss.objects.count() == 1


def test_only_the_system_keeps_house() -> None:
    with pytest.raises(NotPermitted):
        housekeeping.forget(actor=people.plan_staff())
