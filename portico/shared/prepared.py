"""Queries that every request asks in the same shape: their SQL is made once, then run with other values.

Django writes the SQL of a queryset anew each time, which takes several times what the database needs to
answer. A prepared query is an ordinary queryset in which `Given` stands for what changes between runs:

    _OF_MEMBER = prepared.Query(lambda: models.Coverage.objects.filter(member=prepared.Given("member")))
    rows = _OF_MEMBER.rows(member=4711)

Nothing but the SQL is kept: every run reads the database. The shape must not depend on a value: None, or a
list of any length, makes other SQL and has no place here.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, QuerySet

Row = TypeVar("Row")


class Given(Expression):
    """The place of a value that each run gives by this name; `field` says of which kind it is."""

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A place in the SQL, and itself among the parameters until a run gives the value."""
        del compiler, connection
        return "%s", (self,)

    def value(self, given: Mapping[str, Any], connection: Any) -> Any:
        """The value of this run as the database takes it. Raises KeyError where it is missing."""
        return self.output_field.get_db_prep_value(given[self.name], connection)


class Query(Generic[Row]):
    """A queryset whose SQL is made at the first run on a connection."""

    def __init__(self, build: "Callable[[], QuerySet[Any, Row]]") -> None:
        self._build = build
        self._here = threading.local()

    def rows(self, **given: Any) -> list[Row]:
        """What the queryset answers for these values, read now. One query; KeyError where one is missing."""
        return self._made().run(given)

    def first(self, **given: Any) -> Row | None:
        """The first of the rows; None without one."""
        return next(iter(self.rows(**given)), None)

    def _made(self) -> "_Made[Row]":
        """A connection belongs to one thread, and may be replaced."""
        connection, made = connections[DEFAULT_DB_ALIAS], getattr(self._here, "made", None)
        if made is None or made.connection is not connection:
            made = self._here.made = _Made(self._build(), connection)
        return made


class _Made(Generic[Row]):
    """A queryset, and the compiler that wrote its SQL and knows how to read what comes back."""

    def __init__(self, queryset: Any, connection: Any) -> None:
        self.connection = connection
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(connection=connection)
        self._sql, self._places = self._compiler.as_sql()
        queryset.query.get_compiler = lambda *_, **__: self._compiler

    def run(self, given: Mapping[str, Any]) -> list[Row]:
        values = [
            place.value(given, self.connection) if isinstance(place, Given) else place
            for place in self._places
        ]
        self._compiler.as_sql = lambda *_, **__: (self._sql, values)
        return list(self._queryset._iterable_class(self._queryset))
