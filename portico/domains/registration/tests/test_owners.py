"""Whose licence it is: one open owner each, and how it passes on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import models, owners
from portico.domains.registration.owners import Claimed
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import NOW, visitor

pytestmark = pytest.mark.django_db


def claim(user_id: int = 7, **claimed: Any) -> models.Application:
    """That user registers with the licence."""
    row, _ = waiting.matched(**claimed)
    office = waiting.an_office(f"1712345{user_id:02}", key=f"office-{user_id}")
    with permit(visitor(), Function.REGISTRATION) as given:
        owners.claim(given, row, office_id=office.id, user_id=user_id)
    return row


def test_a_licence_has_one_owner_in_its_state() -> None:
    claim()
    assert owners.is_claimed("CA", "A0042317")
    with pytest.raises(Claimed):
        claim(8)
    claim(9, licence_state="OR")
    assert owners.is_claimed("OR", "A0042317")
    assert not owners.is_claimed("WA", "A0042317")


def test_the_same_number_written_in_another_way_is_the_same_licence() -> None:
    claim(licence_number="a-0042317")
    with pytest.raises(Claimed):
        claim(8, licence_number="A 0042317")


def test_without_a_licence_nothing_is_owned() -> None:
    claim(**waiting.HOSPITAL)
    claim(8, **waiting.HOSPITAL)
    assert not models.LicenceOwner.objects.exists()
    assert not owners.is_claimed("", "")


def test_the_database_itself_keeps_one_open_owner() -> None:
    row = claim()
    [kept] = models.LicenceOwner.objects.all()
    again = models.LicenceOwner(
        state="CA", key="A0042317", application=row, office_id=kept.office_id, user_id=8, since=NOW
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    again.until = NOW + timedelta(days=1)
    again.save(force_insert=True)


def test_given_up_it_may_be_claimed_and_the_office_before_is_told() -> None:
    row = claim()
    [kept] = models.LicenceOwner.objects.all()
    with permit(visitor(), Function.REGISTRATION) as given:
        assert owners.give_up(given, row) == (kept.office_id,)
        assert owners.give_up(given, row) == ()
    assert not owners.is_claimed("CA", "A0042317")
    claim(8)
    assert list(models.LicenceOwner.objects.order_by("pk").values_list("user_id", "until")) == [
        (7, NOW),
        (8, None),
    ]


def test_who_owns_it_since_the_decision_gives_nothing_up() -> None:
    row = claim()
    models.LicenceOwner.objects.update(since=NOW + timedelta(seconds=1))
    with permit(visitor(), Function.REGISTRATION) as given:
        assert owners.give_up(given, row) == ()
    assert owners.claimed_since("CA", "A0042317") == NOW + timedelta(seconds=1)


def test_what_breaks_otherwise_is_no_claimed_licence() -> None:
    row, _ = waiting.matched()
    with pytest.raises(IntegrityError), permit(visitor(), Function.REGISTRATION) as given:
        owners.claim(given, row, office_id=999_999, user_id=None)  # type: ignore[arg-type]
