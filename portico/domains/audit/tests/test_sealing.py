"""Sealing: order, late rows, one sealer at a time, and an idle portal that stays quiet."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.audit import heads, sealing, verification
from portico.domains.audit.models import Entry, Head, Link
from portico.domains.audit.tests import making

pytestmark = pytest.mark.django_db


def chain() -> list[tuple[int, int]]:
    return list(Link.objects.order_by("position").values_list("position", "entry_id"))


def test_every_row_gets_the_next_place() -> None:
    entries = making.record(3)
    assert making.seal() == 3
    assert chain() == [(i, entry.id) for i, entry in enumerate(entries, start=1)]
    assert heads.export() is not None


def test_a_second_sealing_goes_on_where_the_first_ended() -> None:
    making.record(2)
    making.seal()
    making.record(2)
    assert making.seal(making.AT + timedelta(minutes=1)) == 2
    assert [position for position, _ in chain()] == [1, 2, 3, 4]
    assert list(Head.objects.order_by("position").values_list("position", "previous")) == [(2, 0), (4, 2)]


def test_nothing_new_writes_nothing() -> None:
    making.record(1)
    making.seal()
    assert making.seal(making.AT + timedelta(hours=3)) == 0
    assert Head.objects.count() == 1


def test_many_rows_are_sealed_in_batches() -> None:
    making.record(7)
    assert making.seal(size=3) == 7
    assert Head.objects.count() == 3
    assert verification.verify().is_intact


def late_row() -> int:
    """A row that commits under a lower id after its successors were sealed; answers its id."""
    first = making.record(2, subjects=())[0]
    making.seal()
    late = making.record(1, subjects=())[0]
    with making.unguarded():
        Entry.objects.filter(id=late.id).update(id=first.id - 1)
    return first.id - 1


def test_a_row_that_commits_late_under_a_lower_id_is_sealed_by_the_next_batch() -> None:
    late = late_row()
    assert making.seal(making.AT + timedelta(minutes=5)) == 1
    assert chain()[-1] == (3, late)
    assert verification.verify().is_intact


def test_a_row_later_than_the_settling_hour_waits_for_a_sweep() -> None:
    late = late_row()
    next_day = making.AT + timedelta(days=1)
    assert making.seal(next_day) == 0
    assert verification.verify().waiting == 1
    assert sealing.seal(sealed_at=next_day, after=sealing.BEFORE_ALL).rows == 1
    assert chain()[-1] == (3, late)
    assert verification.verify().waiting == 0


def test_of_two_sealers_one_writes_and_the_other_says_so() -> None:
    making.record(2)
    making.seal()
    making.record(1)
    stale = Head.objects.order_by("position").last()
    making.seal()
    making.record(1)
    with patch.object(Head.objects, "order_by") as order_by:
        order_by.return_value.last.return_value = stale
        with patch.object(sealing, "_settled", return_value=0):
            assert sealing.seal(sealed_at=making.AT) == sealing.Sealed(0, None, contended=True)
    assert verification.verify().is_intact


def test_an_idle_portal_needs_no_sealing() -> None:
    assert not sealing.is_due()
    making.record(1)
    assert sealing.is_due()
    making.seal()
    making.record(1, actor_kind="system", actor_name=sealing.SEALER)
    assert not sealing.is_due()


def test_a_batch_costs_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    making.record(40)
    with django_assert_max_num_queries(9):
        sealing.seal(sealed_at=making.AT)


def test_an_exported_head_reads_back_as_signed() -> None:
    making.record(2)
    making.seal()
    facts, key_id, signature = heads.read(heads.export() or "")
    assert (facts.position, facts.previous, facts.sealed_at) == (2, 0, making.AT)
    assert heads.is_signed(facts, key_id=key_id, signature=signature)
    assert not heads.is_signed(facts, key_id="00000000", signature=signature)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"position": "x"}', "no head"])
def test_anything_else_is_no_head(text: str) -> None:
    with pytest.raises(heads.UnreadableHead):
        heads.read(text)


def test_there_is_no_head_before_the_first_sealing() -> None:
    assert heads.export() is None
