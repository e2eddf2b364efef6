"""The plan's published figures on authorizations, year by year, computed from the ledger of requests.

Anybody may know them: they name nobody, and those of few requests are withheld (metric_rules). They are
counted anew at most every ten minutes, and say as of when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Max, Min

from portico.domains.authorizations import metric_rules, models, requirement_books
from portico.domains.authorizations.metric_rules import Course, Figures, Told
from portico.domains.authorizations.requirement_rules import Answer
from portico.domains.plan import catalogue, days

REMEMBERED_SECONDS: Final = 600
_KINDS: Final = ("received", "levelled", "extended", "resumed", "decided")
_FIELDS: Final = (
    "authorization_id",
    "authorization__line",
    "kind",
    "at",
    "code",
    "basis",
    "details",
    "due_at",
)
_NEEDED: Final = frozenset({Answer.REQUIRED, Answer.AFTER_LIMIT})
_CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """What needs an authorization: codes from … to … of a system, in a line or in every one ("")."""

    system: str
    first_code: str
    last_code: str
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """All that needs one, by the list that counted on the last day of the year so far."""

    version: str = ""
    held: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A year's figures; both ends count, and `is_over` says that nothing is added any more.

    `years` are those with figures, the latest first; `names` those of the lines. `figures` have each level's
    of all lines (line "") before those of single ones.
    """

    year: int
    years: tuple[int, ...]
    first: date
    last: date
    is_over: bool
    as_of: datetime
    figures: tuple[Figures, ...]
    names: Mapping[str, str]
    items: Items = Items()

    @property
    def is_nothing(self) -> bool:
        """Was nothing decided in the year?"""
        return not any(each.decided or each.is_withheld for each in self.figures)


def published(*, now: datetime, year: int | None = None) -> Published | None:
    """The figures of a year; without one, of the last year that is over and has some, else of this one.

    None for a year without figures, but for the present one. Remembered for ten minutes.
    """
    key = f"authorizations.metrics.{'last' if year is None else year}.{days.of(now).isoformat()}"
    known: Published | None = cache.get(key)
    if known is None:
        known = of(now=now, year=year)
        cache.set(key, known, REMEMBERED_SECONDS)
    return known


def of(*, now: datetime, year: int | None = None) -> Published | None:
    """The same, counted now."""
    today, known = days.of(now), _years()
    years = tuple(sorted({*known, today.year}, reverse=True))
    if year is None:
        year = next((each for each in sorted(known, reverse=True) if each < today.year), today.year)
    if year not in years:
        return None
    names = catalogue.line_names()
    first, last = date(year, 1, 1), date(year, 12, 31)
    counted = metric_rules.of_year(_courses(year), days.begins(first), days.begins(date(year + 1, 1, 1)))
    said = sorted({each.course.line for each in counted} - set(names))
    return Published(
        year=year,
        years=years,
        first=first,
        last=last,
        is_over=last < today,
        as_of=now,
        figures=metric_rules.published(counted, (*names, *said)),
        names=names,
        items=_items(min(last, today)),
    )


def _courses(year: int) -> Iterator[Course]:
    """The courses of the requests of which something was decided in the year. One query, read in chunks."""
    bounds = {"at__gte": days.begins(date(year, 1, 1)), "at__lt": days.begins(date(year + 1, 1, 1))}
    decided = models.Event.objects.filter(kind=models.Event.Kind.DECIDED, **bounds).order_by()
    events = models.Event.objects.filter(
        kind__in=_KINDS, authorization__in=decided.values("authorization_id")
    ).order_by("authorization_id", "sequence")
    rows = events.values_list(*_FIELDS).iterator(_CHUNK)
    for _, told in groupby(rows, key=lambda row: row[0]):
        made = _course(list(told))
        if made is not None:
            yield made


def _course(held: list[Any]) -> Course | None:
    events = [Told(kind, at, code, basis, details, due) for _, _, kind, at, code, basis, details, due in held]
    return metric_rules.course(held[0][1], events)


def _items(on: date) -> Items:
    heading = requirement_books.in_force(on)
    if heading is None:
        return Items()
    held = [
        Item(rule.system, rule.first_code, rule.last_code, rule.line, rule.text)
        for rule in requirement_books.book(heading).rules
        if rule.answer in _NEEDED and rule.first_on <= on and (rule.last_on is None or on <= rule.last_on)
    ]
    return Items(heading.version, tuple(held))


def _years() -> frozenset[int]:
    """The years from the first decision to the last. Without one, none."""
    found = models.Event.objects.filter(kind=models.Event.Kind.DECIDED).aggregate(
        first=Min("at"), last=Max("at")
    )
    if found["first"] is None:
        return frozenset()
    return frozenset(range(days.of(found["first"]).year, days.of(found["last"]).year + 1))
