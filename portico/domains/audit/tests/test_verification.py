"""Any single tampering is found, and nothing else is."""

import gc
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.audit import heads, keys, rows, rules, verification
from portico.domains.audit.models import Entry, Head, Link, Subject
from portico.domains.audit.tests import making
from portico.domains.audit.verification import What

pytestmark = pytest.mark.django_db


def sealed_twice_and_one_waiting() -> list[Entry]:
    entries = making.record(3)
    making.seal()
    entries += making.record(2)
    making.seal(making.AT + timedelta(minutes=5))
    return entries + making.record(1)


def test_an_empty_audit_is_intact() -> None:
    assert verification.verify() == verification.Finding(What.INTACT, "Every row is as it was recorded.", 0)


def test_what_nobody_touched_is_intact() -> None:
    sealed_twice_and_one_waiting()
    finding = verification.verify(exported_head=heads.export())
    assert (finding.what, finding.sealed, finding.waiting) == (What.INTACT, 5, 1)


def test_a_former_key_still_verifies(settings: Any) -> None:
    making.record(2)
    making.seal()
    settings.PORTICO_AUDIT_OLD_KEYS = (settings.PORTICO_AUDIT_KEY,)
    settings.PORTICO_AUDIT_KEY = b"\x02" * 32
    making.record(1)
    making.seal()
    assert verification.verify().is_intact
    settings.PORTICO_AUDIT_OLD_KEYS = ()
    assert verification.verify().what is What.INSERTED


def test_progress_is_told_chunk_by_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "CHUNK", 2)
    sealed_twice_and_one_waiting()
    told: list[int] = []
    assert verification.verify(progress=told.append).is_intact
    assert told == [2, 4, 5]


def peak_of_verifying() -> int:
    """The least of three readings: what else lay about to be collected is not the verification's."""
    return min(one_peak_of_verifying() for _ in range(3))


def one_peak_of_verifying() -> int:
    gc.collect()
    tracemalloc.start()
    try:
        assert verification.verify().is_intact
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_flat_however_long_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "CHUNK", 50)
    making.record(200)
    making.seal()
    verification.verify()
    short = peak_of_verifying()
    making.record(1_800)
    making.seal(making.AT + timedelta(minutes=1))
    assert peak_of_verifying() < 1.5 * short


def change(entries: list[Entry]) -> None:
    Entry.objects.filter(id=entries[1].id).update(outcome="denied")


def change_a_subject(entries: list[Entry]) -> None:
    Subject.objects.filter(entry=entries[1]).update(identifier="M99")


def remove(entries: list[Entry]) -> None:
    Subject.objects.filter(entry=entries[1]).delete()
    Entry.objects.filter(id=entries[1].id).delete()


def swap_two_links(entries: list[Entry]) -> None:
    first, second = Link.objects.get(position=1), Link.objects.get(position=2)
    Link.objects.filter(position=1).update(entry_id=-1)
    Link.objects.filter(position=2).update(entry_id=first.entry_id, hash=first.hash)
    Link.objects.filter(position=1).update(entry_id=second.entry_id, hash=second.hash)


def swap_two_rows(entries: list[Entry]) -> None:
    Subject.objects.filter(entry__in=entries[:2]).delete()
    first, second = entries[0].id, entries[1].id
    Entry.objects.filter(id=first).update(id=-1)
    Entry.objects.filter(id=second).update(id=first)
    Entry.objects.filter(id=-1).update(id=second)


def insert_a_waiting_row(entries: list[Entry]) -> None:
    values = {**vars(entries[0]), "id": entries[-1].id + 1, "reference": "FORGEDFORGED"}
    del values["_state"]
    Entry.objects.create(**values)


def insert_and_have_it_sealed(entries: list[Entry]) -> None:
    insert_a_waiting_row(entries)
    making.seal(making.AT + timedelta(minutes=6))


def insert_with_a_chain_made_anew(entries: list[Entry]) -> None:
    """Somebody without the key knows the arithmetic of the chain."""
    insert_a_waiting_row(entries)
    last = Link.objects.order_by("position").last()
    assert last is not None
    number = entries[-1].id + 1
    row = rows.stored([number])[number][1]
    place = last.position + 1
    hash_ = rules.link_hash(bytes(last.hash), position=place, entry_id=number, row=row)
    Link.objects.create(position=place, entry_id=number, hash=hash_)


def remove_a_link_in_the_middle(entries: list[Entry]) -> None:
    Link.objects.filter(position=2).delete()


def remove_the_last_link(entries: list[Entry]) -> None:
    Link.objects.filter(position=5).delete()


def remove_the_last_head(entries: list[Entry]) -> None:
    Head.objects.filter(position=5).delete()


def remove_the_first_head(entries: list[Entry]) -> None:
    Head.objects.filter(position=3).delete()


@pytest.mark.parametrize(
    ("tamper", "what", "position", "entry"),
    [
        (change, What.CHANGED, 2, 1),
        (change_a_subject, What.CHANGED, 2, 1),
        (remove, What.REMOVED, 2, 1),
        (swap_two_links, What.REORDERED, 1, 1),
        (swap_two_rows, What.CHANGED, 1, 0),
        (insert_a_waiting_row, What.INSERTED, None, 6),
        (insert_and_have_it_sealed, What.INSERTED, 7, 6),
        (insert_with_a_chain_made_anew, What.INSERTED, 6, 6),
        (remove_a_link_in_the_middle, What.REORDERED, 2, None),
        (remove_the_last_link, What.REMOVED, 5, None),
        (remove_the_last_head, What.UNSIGNED, 5, None),
        (remove_the_first_head, What.UNSIGNED, 5, 4),
    ],
)
def test_the_first_row_that_is_wrong_is_named(
    tamper: Callable[[list[Entry]], None], what: What, position: int | None, entry: int | None
) -> None:
    entries = sealed_twice_and_one_waiting()
    forged = entries[-1].id + 1
    with making.unguarded():
        tamper(entries)
        finding = verification.verify()
    assert (finding.what, finding.position) == (what, position)
    assert finding.entry_id == (None if entry is None else [*(e.id for e in entries), forged][entry])
    assert finding.words


def cut_the_tail() -> None:
    Link.objects.filter(position__gt=3).delete()
    Head.objects.filter(position__gt=3).delete()


def test_a_cut_tail_is_found_by_an_exported_head_and_only_by_it() -> None:
    sealed_twice_and_one_waiting()
    exported = heads.export()
    with making.unguarded():
        cut_the_tail()
        assert verification.verify().is_intact
        finding = verification.verify(exported_head=exported)
    assert (finding.what, finding.position) == (What.CUT, 4)


def test_a_tail_cut_and_grown_anew_is_found_by_an_exported_head() -> None:
    sealed_twice_and_one_waiting()
    exported = heads.export()
    with making.unguarded():
        cut_the_tail()
        Subject.objects.filter(entry_id__in=Entry.objects.order_by("-id")[:1]).delete()
        Subject.objects.all().delete()
        Entry.objects.filter(id=Entry.objects.order_by("-id")[2].id).delete()
    making.record(3)
    making.seal(making.AT + timedelta(minutes=9))
    assert verification.verify(exported_head=exported).what is not What.INTACT


def test_a_forged_exported_head_is_refused() -> None:
    sealed_twice_and_one_waiting()
    forged = (heads.export() or "").replace('"position": 5', '"position": 4')
    assert verification.verify(exported_head=forged).what is What.UNSIGNED


def test_a_head_signed_with_another_key_is_no_signature(settings: Any) -> None:
    sealed_twice_and_one_waiting()
    other = keys.from_secret(b"\x03" * 32)
    head = Head.objects.get(position=5)
    facts = rules.HeadFacts(5, 3, bytes(head.hash), head.top_entry, head.sealed_at)
    with making.unguarded():
        forged = rules.signature(other.secret, facts)
        Head.objects.filter(position=5).update(key_id=other.id, signature=forged)
        assert verification.verify().what is What.UNSIGNED


def _other(field: "models.Field[Any, Any]", old: Any) -> Any:
    """A value that is not `old`, of the column's type."""
    if isinstance(field, models.DateTimeField):
        return old + timedelta(microseconds=1)
    if isinstance(field, models.BinaryField):
        return bytes(b ^ 1 for b in bytes(old))
    if isinstance(field, models.JSONField):
        return [*old, "x"]
    if isinstance(field, models.IntegerField):
        return (old or 0) + 1000
    return "x" if old != "x" else "y"


COLUMNS = [
    (model, field)
    for model in (Entry, Subject, Link, Head)
    for field in model._meta.concrete_fields
    if field.attname != "id" and not isinstance(field, models.ForeignKey)
]


@given(st.sampled_from(COLUMNS), st.integers(min_value=0))
def test_any_changed_value_in_any_column_is_found(
    column: tuple[type[models.Model], "models.Field[Any, Any]"], which: int
) -> None:
    model, field = column
    with making.thrown_away():
        sealed_twice_and_one_waiting()
        everything = list(model._default_manager.order_by("pk"))
        row = everything[which % len(everything)]
        value = _other(field, getattr(row, field.attname))
        model._default_manager.filter(pk=row.pk).update(**{field.attname: value})
        assert not verification.verify().is_intact


@given(st.sampled_from([Subject, Link, Head]), st.integers(min_value=0))
def test_any_removed_row_is_found(model: type[models.Model], which: int) -> None:
    with making.thrown_away():
        sealed_twice_and_one_waiting()
        everything = list(model._default_manager.order_by("pk"))
        everything[which % len(everything)].delete()
        assert not verification.verify().is_intact


@given(st.integers(min_value=0, max_value=4))
def test_any_removed_entry_is_found_once_sealed(which: int) -> None:
    with making.thrown_away():
        entry = sealed_twice_and_one_waiting()[which]
        Subject.objects.filter(entry=entry).delete()
        entry.delete()
        assert not verification.verify().is_intact
