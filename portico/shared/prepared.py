"""Queries that every request asks in the same shape: their SQL is made once, then run with other values.

Django writes the SQL of a queryset anew each time, which takes several times what the database needs to
answer. A prepared query is an ordinary queryset in which `Given` stands for what changes between runs:

    _OF_MEMBER = prepared.Query(lambda: models.Coverage.objects.filter(member=prepared.Given("member")))
    rows = _OF_MEMBER.rows(member=4711)

Nothing but the SQL is kept: every run reads the database. The shape must not depend on a value: None, or a
list of any length, makes other SQL and has no place here.

Work that asks the same of many people one after the other reads what is the same for all of them once, within
`remembering()`: the rows of queries made with `may_be_remembered`, which nobody changes.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, QuerySet

Row = TypeVar("Row")
Made = TypeVar("Made")


_REMEMBERED: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block, a query that may be remembered reads the database once for the same values.

    Inside another such block, what that one remembers holds.
    """
    outer = _REMEMBERED.get()
    token = _REMEMBERED.set({} if outer is None else outer)
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def once(key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` answers; within `remembering()`, what it answered the first time for this key."""
    remembered = _REMEMBERED.get()
    if remembered is None:
        return make()
    if key not in remembered:
        remembered[key] = make()
    made: Made = remembered[key]
    return made


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

    def __init__(self, build: "Callable[[], QuerySet[Any, Row]]", *, may_be_remembered: bool = False) -> None:
        self._build = build
        self._may_be_remembered = may_be_remembered
        self._here = threading.local()

    def rows(self, **given: Any) -> list[Row]:
        """What the queryset answers for these values, read now. One query; KeyError where one is missing."""
        if not self._may_be_remembered:
            return self._made().run(given)
        return list(once((self, *sorted(given.items())), lambda: self._made().run(given)))

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
        converters = self._compiler.get_converters([selected for selected, *_ in self._compiler.select])
        self._compiler.get_converters = lambda _: converters
        queryset.query.get_compiler = lambda *_, **__: self._compiler

    def run(self, given: Mapping[str, Any]) -> list[Row]:
        values = [
            place.value(given, self.connection) if isinstance(place, Given) else place
            for place in self._places
        ]
        self._compiler.as_sql = lambda *_, **__: (self._sql, values)
        return list(self._queryset._iterable_class(self._queryset))
