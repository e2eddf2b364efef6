"""Notices reach whom they are addressed to, and nobody else."""

import pytest
from django.db import IntegrityError, transaction

from portico.domains.notifications import notices
from portico.domains.notifications.models import Notice
from portico.domains.notifications.tests.making import NOW, person

pytestmark = pytest.mark.django_db


def tell(office_id: int = 13, kind: str = "receipt_changed") -> None:
    notices.tell_office(office_id=office_id, kind=kind, context={"receipt": "ABCDEFGHJKMN"}, now=NOW)


def test_an_office_reads_what_it_was_told_newest_first_in_pages() -> None:
    for kind in "abc":
        tell(kind=kind)
    tell(office_id=14)
    first = notices.for_office(given=person(), size=2)
    second = notices.for_office(given=person(), size=2, key=first.next_key or "")
    assert [notice.kind for notice in (*first.rows, *second.rows)] == ["c", "b", "a"]
    assert first.rows[0].context == {"receipt": "ABCDEFGHJKMN"}


def test_a_user_reads_what_was_for_him_alone() -> None:
    notices.tell_user(user_id=11, kind="sign_in_from_new_device", context={}, now=NOW)
    tell()
    assert [notice.kind for notice in notices.for_user(given=person()).rows] == ["sign_in_from_new_device"]
    assert notices.for_user(given=person(user_id=12)).rows == ()
    assert notices.count_unread(given=person()) == 2


def test_both_are_read_together_newest_first() -> None:
    tell(kind="a")
    notices.tell_user(user_id=11, kind="b", context={}, now=NOW)
    notices.tell_user(user_id=12, kind="another's", context={}, now=NOW)
    tell(office_id=14, kind="elsewhere")
    assert [notice.kind for notice in notices.of_both(given=person()).rows] == ["b", "a"]


@pytest.mark.parametrize("office_id", [14, None])
def test_another_office_and_nobody_at_all_read_nothing(office_id: int | None) -> None:
    tell()
    stranger = person(office_id=office_id, user_id=None)
    (notice,) = Notice.objects.all()
    assert notices.for_office(given=stranger).rows == ()
    assert notices.for_user(given=stranger).rows == ()
    assert notices.count_unread(given=stranger) == 0
    assert notices.mark_read(given=stranger, notices=[notice.pk]) == 0


def test_a_read_notice_says_by_whom_and_is_no_longer_unread() -> None:
    tell()
    (unread,) = notices.for_office(given=person(), unread_only=True).rows
    assert notices.mark_read(given=person(), notices=[unread.id]) == 1
    assert notices.mark_read(given=person(), notices=[unread.id]) == 0
    assert notices.for_office(given=person(), unread_only=True).rows == ()
    assert notices.for_office(given=person()).rows[0].read_at == NOW
    assert Notice.objects.get().read_by_user_id == 11


@pytest.mark.parametrize("addressees", [{}, {"office_id": 1, "user_id": 2}])
def test_the_database_wants_exactly_one_addressee(addressees: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(kind="k", created_at=NOW, **addressees)
