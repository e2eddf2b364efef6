"""What every load has in common: the fate of a row, and set-based writing that notes the way back.

Inserts are plain statements of many rows each: through the ORM they cost four times what the database takes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateField, DecimalField, Field, JSONField, Model, QuerySet, UUIDField

from portico.domains.jobs import undo
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.permit import Permit

MOST_PARAMETERS = 20_000  # SQLite takes 32,766 in one statement, PostgreSQL 65,535

Row = Mapping[str, Any]
Key = tuple[Any, ...]


class Fate(NamedTuple):
    """What became of the row at `place`; `at` is where in it the first reason stands, `about` names what
    it is about.
    """

    place: int
    outcome: RowOutcome
    reasons: tuple[str, ...] = ()
    at: int = 0
    about: str = ""


Settle = Callable[[Permit, Sequence[Fate]], None]


@dataclass(frozen=True, slots=True)
class Upserted:
    """The ids of the rows wanted, by key, and which of them are new or changed."""

    ids: Mapping[Key, int]
    touched: frozenset[Key]


def insert(leased: Leased, model: type[Model], rows: Sequence[Row]) -> list[int]:
    """Insert rows given as column name (`plan_id`, not `plan`) to value, all with the same columns; their
    new ids.
    """
    if not rows:
        return []
    names = list(rows[0])
    adapters = [_adapter(model, name) for name in names]
    values = [[adapt(row[name]) for adapt, name in zip(adapters, names, strict=True)] for row in rows]
    ids: list[int] = []
    size = MOST_PARAMETERS // len(names)
    for start in range(0, len(values), size):
        ids += _insert(model, names, values[start : start + size])
    undo.note_insert(leased, model, ids)
    return ids


def update(leased: Leased, model: type[Model], after: Mapping[int, Row], before: Mapping[int, Row]) -> None:
    """Give rows, by id, new values; `before` holds the old values of the same columns."""
    if not after:
        return
    undo.note_update(leased, model, before)
    by_columns: dict[tuple[str, ...], list[Model]] = {}
    for row, values in after.items():
        by_columns.setdefault(tuple(sorted(values)), []).append(model(pk=row, **values))
    for columns, instances in by_columns.items():
        model._base_manager.bulk_update(instances, list(columns), batch_size=200)


def delete(leased: Leased, model: type[Model], ids: Iterable[int]) -> None:
    """Delete rows that nothing else refers to."""
    gone = model._base_manager.filter(pk__in=list(ids))
    undo.note_delete(leased, list(gone))
    gone.delete()


def upsert(
    leased: Leased, *, held: "QuerySet[Any]", key: Sequence[str], wanted: Mapping[Key, Row]
) -> Upserted:
    """Insert what is not among `held`, update what differs, leave the rest alone.

    `wanted` maps the values of the `key` columns to those of the other columns, all rows with the same ones.
    """
    model = held.model
    columns = list(next(iter(wanted.values()), {}))
    ids: dict[Key, int] = {}
    after: dict[int, Row] = {}
    before: dict[int, Row] = {}
    changed: set[Key] = set()
    for row in held.values("pk", *key, *columns):
        identity = tuple(row[name] for name in key)
        if identity not in wanted:
            continue
        ids[identity] = row["pk"]
        new = {name: value for name, value in wanted[identity].items() if row[name] != value}
        if new:
            after[row["pk"]], before[row["pk"]] = new, {name: row[name] for name in new}
            changed.add(identity)
    update(leased, model, after, before)
    missing = [identity for identity in wanted if identity not in ids]
    rows = [{**dict(zip(key, identity, strict=True)), **wanted[identity]} for identity in missing]
    ids |= zip(missing, insert(leased, model, rows), strict=True)
    return Upserted(ids, frozenset(changed.union(missing)))


def _insert(model: type[Model], names: list[str], values: list[list[Any]]) -> list[int]:
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    quoted = ", ".join(connection.ops.quote_name(columns[name] or name) for name in names)
    places = ", ".join([f"({', '.join(['%s'] * len(names))})"] * len(values))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) VALUES {places} RETURNING id",  # noqa: S608 - our own names
            [value for row in values for value in row],
        )
        return [row[0] for row in cursor.fetchall()]


def _adapter(model: type[Model], name: str) -> Callable[[Any], Any]:
    field: Field[Any, Any] = next(f for f in model._meta.concrete_fields if f.attname == name)
    if isinstance(field, (JSONField, UUIDField)):
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, (DateField, DecimalField)):  # a DateTimeField is a DateField
        return cache(lambda value: field.get_db_prep_save(value, connection))
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
