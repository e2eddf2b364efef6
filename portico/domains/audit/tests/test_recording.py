"""What is written of one use, at what price, and that it stays."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model, QuerySet
from pytest_django import DjangoAssertNumQueries

from portico.domains.audit import keys, recording, rows, rules, sealing
from portico.domains.audit.models import Entry, Head, Link, Subject
from portico.domains.audit.tests import making

pytestmark = pytest.mark.django_db


def test_a_use_is_written_as_it_was_told() -> None:
    reference = recording.record(making.USE)
    entry = Entry.objects.get(reference=reference)
    assert (entry.at, entry.door, entry.actor_kind, entry.office_id) == (making.AT, "web", "persona", 13)
    assert (entry.function, entry.outcome, entry.conclusion) == ("eligibility", "allowed", "found")
    assert rows.subjects_of([entry.id]) == {entry.id: [("member", "M1"), ("member", "M2")]}


def test_a_refusal_keeps_its_reasons() -> None:
    denied = replace(making.USE, outcome=recording.Outcome.DENIED, reasons=("line_not_granted",), subjects=())
    entry = Entry.objects.get(reference=recording.record(denied))
    assert (entry.outcome, entry.reasons) == ("denied", ["line_not_granted"])


def test_a_use_without_subjects_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        recording.record(replace(making.USE, subjects=()))


def test_a_family_of_subjects_costs_one_query_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    family = tuple(("member", f"M{i}") for i in range(50))
    with django_assert_num_queries(2):
        recording.record(replace(making.USE, subjects=family))


def test_references_are_unguessable_and_a_given_one_is_kept() -> None:
    first, second = recording.record(making.USE), recording.record(making.USE)
    assert first != second
    assert len(first) == 12
    assert recording.record(replace(making.USE, reference="ABCDEFGHJKMN")) == "ABCDEFGHJKMN"


def test_the_stored_row_bears_a_right_mark() -> None:
    entry = Entry.objects.get(reference=recording.record(making.USE))
    exact = rows.stored([entry.id])[entry.id][1]
    assert entry.mark == rules.mark(keys.current().secret, exact)


def change(rows: QuerySet[Model]) -> None:
    column = rows.model._meta.concrete_fields[-1].attname
    rows.update(**{column: F(column)})


def delete(rows: QuerySet[Model]) -> None:
    rows._raw_delete(connection.alias)


@pytest.mark.parametrize("model", [Entry, Subject, Link, Head])
@pytest.mark.parametrize("act", [change, delete])
def test_the_database_refuses_to_change_or_delete_audit_rows(
    model: type[Model], act: Callable[[QuerySet[Model]], None]
) -> None:
    making.record(1)
    sealing.seal(sealed_at=making.AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(model._default_manager.all())


@pytest.mark.sqlite
@pytest.mark.parametrize("model", [Entry, Subject, Link, Head])
def test_a_row_cannot_be_replaced_by_writing_it_again(model: type[Model]) -> None:
    making.record(1)
    sealing.seal(sealed_at=making.AT)
    table = model._meta.db_table
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own name


def test_a_refused_key_is_named_at_the_start(settings: object) -> None:
    assert keys.check(None) == []
    settings.PORTICO_AUDIT_KEY = b"short"  # type: ignore[attr-defined]
    assert [message.id for message in keys.check(None)] == ["audit.E001"]


@pytest.mark.django_db(transaction=True)
def test_a_use_is_not_recorded_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of what it records"):
        recording.record(making.USE)
    assert not Entry.objects.exists()
