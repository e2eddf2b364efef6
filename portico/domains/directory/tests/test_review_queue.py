"""The desk's lists: what waits, what was published and how fast, what nobody confirmed; the export."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.directory import exporting, models, publishing, review_queue, reviewing
from portico.domains.directory.review_queue import Which
from portico.domains.directory.tests import keeping
from portico.domains.directory.tests.keeping import (
    NEW_NUMBER,
    OTHER_NUMBER,
    accepted,
    clock,
    desk,
    entry,
    feed,
    keeper,
    last_use,
    send,
)
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people
from tests.support import directory as building
from tests.support.actors import TODAY

pytestmark = pytest.mark.django_db


def shown(which: Which = Which.WAITING, **how: Any) -> list[str]:
    return [row.reference for row in review_queue.queue(actor=desk(), which=which, **how).page.rows]


def test_what_is_due_first_stands_first_and_what_is_past_due_is_late() -> None:
    mine = entry()
    later = send(mine, actor=keeper(days=1))
    first = send(mine, "telehealth", True)
    found = review_queue.queue(actor=desk(days=4.5))
    assert [row.reference for row in found.page.rows] == [first, later]
    assert [row.is_late for row in found.page.rows] == [True, False]
    assert (found.waiting, found.late, found.contradicted) == (2, 1, 0)
    assert last_use() == ("allowed", "directory_queue_shown")


@pytest.mark.parametrize("which", [Which.WAITING, Which.DECIDED])
def test_a_long_list_comes_in_pages_that_miss_none_and_repeat_none(which: Which) -> None:
    mine = entry()
    fields = {"telehealth": True, "telephone": OTHER_NUMBER, "fax": OTHER_NUMBER}
    references = [send(mine, field, after) for field, after in fields.items()]
    if which is Which.DECIDED:
        for reference in references:
            reviewing.refuse(actor=desk(), reference=reference, why="No.")
    found: list[str] = []
    key = ""
    for _ in references:
        page = review_queue.queue(actor=desk(), which=which, after=key, size=1).page
        found, key = [*found, *(row.reference for row in page.rows)], page.next_key or ""
    assert sorted(found) == sorted(references)
    assert key == ""


def test_what_the_file_contradicts_has_a_list_of_its_own() -> None:
    mine = entry()
    row, other = accepted(mine), accepted(mine, "telehealth", True)
    feed(telephone=NEW_NUMBER)
    publishing.keep(actor=clock())
    assert shown(Which.CONTRADICTED) == [row.reference]
    assert set(shown(Which.DECIDED)) == {row.reference, other.reference}
    assert review_queue.queue(actor=desk()).contradicted == 1


def test_the_log_proves_for_each_change_how_long_it_took() -> None:
    mine = entry()
    slow = accepted(mine, days=5)
    quick = accepted(mine, "telehealth", True, days=0)
    ahead = accepted(mine, "fax", OTHER_NUMBER, on=TODAY + timedelta(days=12))
    publishing.keep(actor=clock(days=12))
    found = review_queue.log(actor=desk(days=12))
    took = {each.row.reference: (each.took, each.in_time) for each in found.page.rows}
    # Thursday 10 in the morning to Tuesday 10; on its own day, Tuesday 24, from 8 to 10 of nine hours.
    assert took == {
        slow.reference: (Decimal("3.0000"), False),
        quick.reference: (Decimal("0.0000"), True),
        ahead.reference: (Decimal("0.2222"), True),
    }
    (month,) = found.months
    assert (month.begins_on, month.count, month.in_time) == (date(2026, 3, 1), 3, 2)
    assert (month.median, month.longest) == (Decimal("0.2222"), Decimal("3.0000"))
    assert found.late == 0
    assert last_use() == ("allowed", "directory_log_shown")


def test_what_waits_past_its_time_shows_in_the_report_too() -> None:
    mine = entry()
    send(mine)
    ahead = accepted(mine, "fax", OTHER_NUMBER, on=TODAY + timedelta(days=1))
    assert review_queue.log(actor=desk(days=4)).late == 0
    assert review_queue.log(actor=desk(days=6)).late == 2
    assert keeping.change(ahead.reference).published_at is None


def test_the_log_comes_in_pages() -> None:
    mine = entry()
    rows = [accepted(mine), accepted(mine, "telehealth", True)]
    first = review_queue.log(actor=desk(), size=1).page
    second = review_queue.log(actor=desk(), size=1, after=first.next_key or "").page
    found = [each.row.reference for each in (*first.rows, *second.rows)]
    assert found == [row.reference for row in rows[::-1]]
    assert second.next_key is None


def test_entries_nobody_confirmed_are_listed_by_tax_id() -> None:
    building.affiliated(building.NADIA, building.OTHER)
    entry()
    models.Listing.objects.update(attest_by=TODAY - timedelta(days=2), unverified_since=TODAY)
    found = review_queue.unconfirmed(actor=desk(), size=1)
    assert (found.count, found.offices) == (2, 2)
    rest = review_queue.unconfirmed(actor=desk(), size=1, after=found.page.next_key or "")
    assert [row.tax_id for row in (*found.page.rows, *rest.page.rows)] == [building.TAX_ID, building.OTHER]
    assert last_use() == ("allowed", "directory_unconfirmed_shown")


def test_accepted_changes_are_handed_out_once_and_again_on_demand() -> None:
    mine = entry()
    row = accepted(mine)
    reviewing.refuse(actor=desk(), reference=send(mine, "telehealth", True), why="No.")
    assert exporting.waiting(actor=desk()) == 1
    (line,) = exporting.export(actor=desk(days=1))
    assert (line.reference, line.field, line.before, line.after) == (
        row.reference,
        "telephone",
        "5305550110",
        OTHER_NUMBER,
    )
    assert last_use() == ("allowed", "directory_changes_exported")
    assert exporting.export(actor=desk(days=2)) == ()
    assert last_use() == ("allowed", "nothing_to_export")
    assert exporting.export(actor=desk(days=2), since=TODAY) == (line,)
    assert exporting.export(actor=desk(days=2), since=TODAY + timedelta(days=1)) == ()
    assert keeping.change(row.reference).exported_at == datetime(2026, 3, 13, 17, tzinfo=UTC)


def test_other_desks_see_none_of_it() -> None:
    support = people.plan_staff(Desk.SUPPORT)
    for ask in (
        lambda: review_queue.queue(actor=support),
        lambda: review_queue.log(actor=support),
        lambda: review_queue.unconfirmed(actor=support),
        lambda: exporting.export(actor=support),
        lambda: exporting.waiting(actor=support),
    ):
        with pytest.raises(NotPermitted):
            ask()
        assert last_use() == ("denied", "")
