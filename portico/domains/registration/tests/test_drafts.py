"""What somebody has filled in: kept sealed by a mark, for a time, and not for others."""

from typing import Any

import pytest

from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import budgets, drafts, models
from portico.domains.registration.budgets import Budget
from portico.domains.registration.drafts import AlreadySubmitted, TooLong, TooManyDrafts
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import MARK, clock, last_use, visitor
from portico.shared.vault import CannotOpen

pytestmark = pytest.mark.django_db
VALUES: dict[str, object] = {"npi": "2000000008", "tax_ids": ["941234567"], "step": "facts"}


def keep(mark: str = MARK, *, address: str = "", days: float = 0, **values: object) -> None:
    drafts.keep(actor=visitor(days=days), mark=mark, values=values or VALUES, address=address)


def read(mark: str = MARK, **later: Any) -> object:
    return drafts.read(actor=visitor(**later), mark=mark)


def test_a_draft_is_found_again_by_its_mark_alone_and_kept_sealed() -> None:
    keep()
    assert last_use() == ("allowed", "draft_kept", {})
    assert read() == VALUES
    assert last_use()[1] == "draft_restored"
    assert read("another") == {}
    assert last_use()[1] == "no_draft"
    row = models.Draft.objects.get()
    assert b"2000000008" not in bytes(row.sealed)
    assert MARK.encode() not in bytes(row.mark_index)


def test_the_newest_counts_and_is_one_row() -> None:
    keep()
    keep(step="review")
    assert read() == {"step": "review"}
    assert models.Draft.objects.count() == 1


def test_without_a_mark_nothing_is_found_and_nothing_kept() -> None:
    assert read("") == {}
    with pytest.raises(ValueError, match="for a mark"):
        keep("")
    drafts.drop(actor=visitor(), mark="")
    assert models.Draft.objects.count() == 0


def test_what_is_sealed_for_one_row_opens_for_no_other() -> None:
    keep()
    keep("another")
    one, other = models.Draft.objects.order_by("pk")
    models.Draft.objects.filter(pk=other.pk).update(sealed=one.sealed)
    with pytest.raises(CannotOpen):
        read("another")


def test_more_than_a_draft_holds_is_not_taken() -> None:
    with pytest.raises(TooLong):
        keep(text="x" * drafts.MOST_BYTES)
    assert models.Draft.objects.count() == 0


def test_a_draft_is_thrown_away() -> None:
    keep()
    drafts.drop(actor=visitor(), mark=MARK)
    assert last_use()[1] == "draft_discarded"
    assert read() == {}
    drafts.drop(actor=visitor(), mark=MARK)
    assert last_use()[1] == "no_draft"


def test_a_network_begins_so_many_a_day_and_goes_on_with_those_it_has() -> None:
    limit = budgets.limit(Budget.DRAFT).most
    for number in range(limit):
        keep(f"mark {number}", address="203.0.113.9")
    with pytest.raises(TooManyDrafts) as refused:
        keep("one more", address="203.0.113.9")
    assert refused.value.until == visitor(days=1).asked_at
    assert last_use()[:2] == ("allowed", "draft_not_kept")
    keep("mark 0", address="203.0.113.9")
    keep("one more", address="203.0.113.10")
    keep("after a day", address="203.0.113.9", days=1)
    assert models.Draft.objects.count() == limit + 2


def test_once_submitted_nothing_typed_is_kept_and_no_other_takes_its_place_for_an_hour() -> None:
    registering.a_plan()
    keep()
    submitted = registering.submit()
    assert read() == {}
    with pytest.raises(AlreadySubmitted):
        keep()
    assert last_use()[1] == "draft_not_kept"
    drafts.drop(actor=visitor(), mark=MARK)
    assert registering.submit() == submitted
    keep(days=1 / 24)
    assert read(days=1 / 24) == VALUES


def test_what_is_kept_in_the_moment_of_submitting_takes_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    registering.a_plan()
    keep()
    submitted = registering.submit()
    monkeypatch.setattr(drafts, "_fault", lambda *_: None)  # it looked a moment too early
    with pytest.raises(AlreadySubmitted):
        keep(step="review")
    assert last_use()[1] == "draft_not_kept"
    assert registering.submit() == submitted


def test_drafts_are_forgotten_after_seven_days_and_transaction_ids_after_an_hour() -> None:
    registering.a_plan()
    registering.submit()
    keep("left half done")
    assert not drafts.is_due(now=clock(minutes=59).asked_at)
    assert drafts.forget(actor=clock(minutes=59)) == 0
    assert last_use()[:2] == ("allowed", "nothing_old")
    assert drafts.is_due(now=clock(minutes=60).asked_at)
    assert drafts.forget(actor=clock(minutes=60)) == 1
    assert last_use()[:2] == ("allowed", "forgotten")
    assert read("left half done", days=7) == VALUES
    assert read("left half done", days=7.1) == {}
    assert drafts.forget(actor=clock(days=7)) == 0
    assert drafts.forget(actor=clock(days=7.1)) == 1
    assert models.Draft.objects.count() == 0


def test_only_the_system_forgets() -> None:
    with pytest.raises(NotPermitted):
        drafts.forget(actor=visitor())
