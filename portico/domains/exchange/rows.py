"""Writes the rows of the log by plain statements: every message pays for them, five times through the ORM."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from portico.domains.exchange.entries import Entry, SetNote
from portico.domains.exchange.models import Exchange, ExchangedSet

ENTRY = tuple(name for name in Entry.__dataclass_fields__ if name != "sets")
OF_SET = tuple(SetNote.__dataclass_fields__)
_INSTANTS = ("received_at", "answered_at")
_MOST = 1000  # sets in one statement: SQLite takes 32,766 parameters


def insert(entry: Entry) -> int:
    """Writes the row of an exchange in the transaction that is open; answers its number."""
    values = {name: getattr(entry, name) for name in ENTRY} | {"our_interchange": ""}
    for name in _INSTANTS:
        values[name] = connection.ops.adapt_datetimefield_value(values[name])
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [_plain(values[name]) for name in _COLUMNS])
        number: int = cursor.fetchone()[0]
        return number


def complete(number: int, *, our_interchange: str, bytes_sent: int) -> None:
    """Says what was sent in answer."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETE, [our_interchange, bytes_sent, number])


def insert_sets(exchange: int, sets: Sequence[SetNote]) -> None:
    """Writes the sets of an exchange."""
    with connection.cursor() as cursor:
        for start in range(0, len(sets), _MOST):
            some = sets[start : start + _MOST]
            places = ", ".join([_SET_PLACES] * len(some))
            values = (
                value for each in some for value in (exchange, *(getattr(each, name) for name in OF_SET))
            )
            cursor.execute(_INSERT_SETS + places, list(values))


def _plain(value: Any) -> Any:
    """An enum as the text it stands for."""
    return str(value) if isinstance(value, str) else value


def _table(model: type[Model]) -> str:
    return model._meta.db_table


def _marks(count: int) -> str:
    return "(" + ", ".join(["%s"] * count) + ")"


_COLUMNS = (*ENTRY, "our_interchange")
_QUOTED = ", ".join(f'"{name}"' for name in _COLUMNS)
_INSERT = f"INSERT INTO {_table(Exchange)} ({_QUOTED}) VALUES {_marks(len(_COLUMNS))} RETURNING id"  # noqa: S608 - our own names
_COMPLETE = f"UPDATE {_table(Exchange)} SET our_interchange = %s, bytes_sent = %s WHERE id = %s"  # noqa: S608 - likewise
_SET_COLUMNS = ", ".join(f'"{name}"' for name in ("exchange_id", *OF_SET))
_INSERT_SETS = f"INSERT INTO {_table(ExchangedSet)} ({_SET_COLUMNS}) VALUES "  # noqa: S608 - likewise
_SET_PLACES = _marks(1 + len(OF_SET))
