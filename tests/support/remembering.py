"""Rows that many tests begin with: made by the use cases once in a process, put back row by row after that.

They are put back only where that is the same as making them anew: in a database without a row, under the
settings that rows are made by. Anywhere else they are made.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model

from portico.shared import table_statistics

Made = TypeVar("Made")
MANY = 1_000
"""So many rows are a load, after which the database looks at its tables."""
# What a password, a sealed value or an invitation is made by.
_SETTINGS = ("PASSWORD_HASHERS", "PORTICO_VAULT", "PORTICO_AUDIT_KEY", "FIRST_SIGN_IN", "RECOVERY_QUESTION")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was made, the settings it was made by, and its rows, as objects and later as statements."""

    made: Any
    settings: tuple[object, ...]
    rows: list[tuple[type[Model], list[Model]]]
    statements: list[tuple[str, Any]] = field(default_factory=list)


_KEPT: dict[str, _Kept] = {}


def again(name: str, make: Callable[[], Made]) -> Made:
    """What `make` answers, with its rows in the database: made by it, or as they were when it made them."""
    if not _is_empty():
        return make()
    by = tuple(getattr(settings, each) for each in _SETTINGS)
    if name not in _KEPT:
        made = make()
        _KEPT[name] = _Kept(deepcopy(made), by, _rows())
        _look_at_tables(_KEPT[name])
        return made
    kept = _KEPT[name]
    if kept.settings != by:
        return make()
    _put_back(kept)
    _look_at_tables(kept)
    again_made: Made = deepcopy(kept.made)
    return again_made


def _models() -> list[type[Model]]:
    """Every table of the portal's own; Django's hold what its migrations wrote."""
    own = (config for config in apps.get_app_configs() if config.name.startswith("portico."))
    return [model for config in own for model in config.get_models(include_auto_created=True)]


def _is_empty() -> bool:
    tables = " UNION ALL ".join(
        f"SELECT 1 FROM {model._meta.db_table}"  # noqa: S608 - a name of our own
        for model in _models()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({tables})")
        return not cursor.fetchone()[0]


def _rows() -> list[tuple[type[Model], list[Model]]]:
    return [(model, rows) for model in _models() if (rows := list(model._base_manager.all()))]


def _look_at_tables(kept: _Kept) -> None:
    if sum(len(rows) for _, rows in kept.rows) > MANY:
        table_statistics.refresh()


def _put_back(kept: _Kept) -> None:
    cache.clear()
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, values in kept.statements:
            cursor.execute(sql, values)
        if not kept.statements:
            _put_objects_back(kept)


def _put_objects_back(kept: _Kept) -> None:
    """Through Django, which turns objects into statements; those are kept for the next time."""

    def keep(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            kept.statements.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        for model, rows in kept.rows:
            model._base_manager.bulk_create(rows)
