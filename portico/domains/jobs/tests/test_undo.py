"""The way back: last in, first out; never over what a later job did; never under what others use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.test.utils import isolate_apps

from portico.domains.jobs import images, queue, undo
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.models import Before, Job, RowResult
from portico.domains.jobs.tests import making

pytestmark = pytest.mark.django_db


def row(held: Leased, message: str, **changed: Any) -> RowResult:
    """A row of some table that jobs load."""
    values = {"position": 1, "locator": "l", "outcome": "accepted", "message": message, **changed}
    return RowResult.objects.create(job_id=held.id, **values)


def messages() -> list[str]:
    return list(RowResult.objects.order_by("pk").values_list("message", flat=True))


def reverse(job: UUID, size: int = undo.CHUNK) -> int:
    """Reverses as a handler does; answers how many chunks it took."""
    chunks = 0
    while undo.reverse_chunk(job=job, now=making.START, size=size):
        chunks += 1
    return chunks


def insert(held: Leased, *texts: str) -> list[RowResult]:
    rows = [row(held, text) for text in texts]
    undo.note_insert(held, RowResult, [row.pk for row in rows])
    return rows


def update(held: Leased, target: RowResult, **values: Any) -> None:
    old = {name: getattr(target, name) for name in values}
    undo.note_update(held, RowResult, {target.pk: old})
    RowResult.objects.filter(pk=target.pk).update(**values)


def test_inserted_rows_vanish_and_the_rest_stays(clock: making.Clock) -> None:
    held = making.leased(clock)
    row(held, "not this job's")
    insert(held, "a", "b")
    assert reverse(held.public_id) == 1
    assert messages() == ["not this job's"]
    assert making.stored(held.public_id).reversed_at == making.START


def test_changed_columns_come_back_and_others_are_left_alone(clock: making.Clock) -> None:
    held = making.leased(clock)
    target = row(held, "old", raw_sealed=b"\x00\xff")
    update(held, target, message="new", raw_sealed=None)
    RowResult.objects.filter(pk=target.pk).update(reason="by_somebody_else")
    reverse(held.public_id)
    target.refresh_from_db()
    assert (target.message, bytes(target.raw_sealed or b"")) == ("old", b"\x00\xff")
    assert target.reason == "by_somebody_else"


def test_of_two_changes_to_one_row_the_first_image_wins(clock: making.Clock) -> None:
    held = making.leased(clock)
    target = row(held, "one")
    update(held, target, message="two")
    target.refresh_from_db()
    update(held, target, message="three", reason="r")
    assert reverse(held.public_id) == 1
    assert messages() == ["one"]
    assert RowResult.objects.get().reason == ""


def test_deleted_rows_come_back_under_their_keys(clock: making.Clock) -> None:
    held = making.leased(clock)
    target = row(held, "gone", raw_sealed=b"raw")
    undo.note_delete(held, [target])
    RowResult.objects.all().delete()
    reverse(held.public_id)
    back = RowResult.objects.get()
    assert (back.pk, back.message, bytes(back.raw_sealed or b"")) == (target.pk, "gone", b"raw")


def test_a_row_inserted_changed_and_deleted_by_one_job_leaves_nothing(clock: making.Clock) -> None:
    held = making.leased(clock)
    (target,) = insert(held, "a")
    update(held, target, message="b")
    target.refresh_from_db()
    undo.note_delete(held, [target])
    target.delete()
    assert reverse(held.public_id, size=1) == 3
    assert messages() == []


def test_a_long_job_is_reversed_in_chunks_and_an_interruption_goes_on(clock: making.Clock) -> None:
    held = making.leased(clock)
    insert(held, *"abcdefg")
    assert undo.reverse_chunk(job=held.public_id, now=making.START, size=3) == 3
    assert messages() == list("abcd")
    assert reverse(held.public_id, size=3) == 2
    assert messages() == []


def test_a_row_a_later_job_touched_is_refused_and_the_job_is_named(clock: making.Clock) -> None:
    first = making.leased(clock)
    (target, _) = insert(first, "a", "b")
    queue.finish(first)
    second = making.leased(clock)
    update(second, target, message="changed")
    touch = undo.Touch("jobs.rowresult", str(target.pk), second.public_id, making.KIND)
    assert undo.touched_later(first.public_id) == touch
    with pytest.raises(undo.TouchedLater) as refusal:
        reverse(first.public_id)
    assert refusal.value.touch == touch
    assert messages() == ["changed", "b"]


def test_once_the_later_job_is_reversed_the_earlier_one_can_be(clock: making.Clock) -> None:
    first = making.leased(clock)
    (target,) = insert(first, "a")
    queue.finish(first)
    second = making.leased(clock)
    update(second, target, message="changed")
    reverse(second.public_id)
    assert undo.touched_later(first.public_id) is None
    reverse(first.public_id)
    assert messages() == []


def test_a_row_that_others_use_is_not_pulled_away_from_under_them(clock: making.Clock) -> None:
    held = making.leased(clock)
    other = Job.objects.get(public_id=making.enqueue())
    undo.note_insert(held, Job, [other.pk])
    row(held, "uses it", settled_by=other)
    with pytest.raises(undo.StillReferenced) as refusal:
        reverse(held.public_id)
    assert (refusal.value.model, refusal.value.by) == ("jobs.job", "jobs.rowresult")


def test_children_inserted_by_the_same_job_go_first(clock: making.Clock) -> None:
    held = making.leased(clock)
    parent = Job.objects.get(public_id=making.enqueue())
    undo.note_insert(held, Job, [parent.pk])
    child = row(held, "child", settled_by=parent)
    undo.note_insert(held, RowResult, [child.pk])
    reverse(held.public_id)
    assert not Job.objects.filter(pk=parent.pk).exists()
    assert messages() == []


def test_the_images_of_old_jobs_are_forgotten(clock: making.Clock) -> None:
    old = making.leased(clock)
    insert(old, "a")
    queue.finish(old)
    clock.move(days=91)
    new = making.leased(clock)
    insert(new, "b")
    queue.finish(new)
    assert undo.forget(finished_before=clock.at - timedelta(days=90)) == 1
    assert [before.job_id for before in Before.objects.all()] == [new.id]


@isolate_apps("portico.domains.jobs")
def test_an_image_gives_back_every_type_of_column() -> None:
    class Sample(models.Model):
        born_on = models.DateField(null=True)
        amount = models.DecimalField(max_digits=9, decimal_places=2)
        at = models.DateTimeField()
        flag = models.BooleanField()
        raw = models.BinaryField()
        facts = models.JSONField()
        number = models.UUIDField()

        class Meta:
            app_label = "jobs"

    values = {
        "born_on": date(1980, 2, 29),
        "amount": Decimal("12.30"),
        "at": making.START,
        "flag": False,
        "raw": b"\x00\xfe",
        "facts": {"a": [1, None]},
        "number": UUID(int=7),
    }
    image = images.of_values(Sample, values)
    assert all(isinstance(kept, str | dict) for kept in image.values())
    back = images.to_values(Sample, image)
    assert {**back, "raw": bytes(back["raw"])} == values
    assert images.to_values(Sample, images.of_values(Sample, {"born_on": None})) == {"born_on": None}
