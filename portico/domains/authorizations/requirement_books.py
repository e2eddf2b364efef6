"""The plan's lists as they are read: which counts on a day, and its rules.

A list that was published never changes. Its rules are kept by their digest, so that a question costs the look
at which list counts, and nothing else.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.db.models import DateField, QuerySet

from portico.domains.authorizations import models
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_rules import Answer, DecidedBy, Question, Rule
from portico.shared import prepared
from portico.shared.prepared import Given

COLUMNS: Final = tuple(Rule.__dataclass_fields__)
REMEMBERED_SECONDS: Final = 5
_MOST_BOOKS: Final = 6
_HEADINGS: Final = "authorizations.lists"
_OF_HEADING: Final = ("pk", "version", "effective_on", "digest")


@dataclass(frozen=True, slots=True)
class Heading:
    """A list: its row, version, first day, and the digest of its rules."""

    number: int
    version: str
    effective_on: date
    digest: str


class Book:
    """The rules of a list, found by code; `flags` is what they were found to say of service types."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.flags: dict[Question, str] = {}
        self._single: dict[tuple[System, str], list[Rule]] = {}
        self._ranges: dict[tuple[System, int], list[Rule]] = {}
        for rule in self.rules:
            if rule.last_code:
                self._ranges.setdefault((rule.system, len(rule.first_code)), []).append(rule)
            else:
                self._single.setdefault((rule.system, rule.first_code), []).append(rule)

    def about(self, question: Question) -> list[Rule]:
        """The rules that may speak of a question: of its code or of its service type."""
        found = [*self._of(question.system, question.code)]
        if question.service_type and question.system is not System.SERVICE_TYPE:
            found += self._of(System.SERVICE_TYPE, question.service_type)
        return found

    def _of(self, system: System, code: str) -> list[Rule]:
        return [*self._single.get((system, code), ()), *self._ranges.get((system, len(code)), ())]


_BOOKS: "OrderedDict[str, Book]" = OrderedDict()
_LOCK = Lock()


def in_force(on: date) -> Heading | None:
    """The list that counts on a day; None before the first. One query."""
    row = _IN_FORCE.first(on=on)
    return None if row is None else Heading(*row)


def remembered(on: date) -> Heading | None:
    """The list that counts on a day, for what is only shown: remembered by a process for five seconds."""
    held: tuple[Heading, ...] | None = cache.get(_HEADINGS)
    if held is None:
        rows = models.RequirementList.objects.filter(state=models.RequirementList.State.PUBLISHED)
        columns = rows.order_by("-effective_on", "-pk").values_list(*_OF_HEADING)
        held = tuple(Heading(*row) for row in columns)
        cache.set(_HEADINGS, held, REMEMBERED_SECONDS)
    return next((heading for heading in held if heading.effective_on <= on), None)


def forget() -> None:
    """Forget which lists there are, now and when the open transaction has ended."""
    cache.delete(_HEADINGS)
    transaction.on_commit(lambda: cache.delete(_HEADINGS))


def put_down() -> None:
    """Keep no rules any more: the next question reads them again."""
    with _LOCK:
        _BOOKS.clear()


def book(heading: Heading) -> Book:
    """The rules of a published list. One query the first time."""
    with _LOCK:
        held = _BOOKS.get(heading.digest)
    if held is None:
        held = Book(rules_of(heading.number))
        with _LOCK:
            _BOOKS[heading.digest] = held
            while len(_BOOKS) > _MOST_BOOKS:
                _BOOKS.popitem(last=False)
    return held


def rules_of(number: int) -> list[Rule]:
    """The rules of any list, a draft too, by code and key. One query."""
    rows = models.Requirement.objects.filter(list=number).order_by("system", "first_code", "key")
    return [rule_of(row) for row in rows.values(*COLUMNS)]


def rule_of(row: Mapping[str, Any]) -> Rule:
    """The rule that a row's columns are."""
    return Rule(
        **{
            **row,
            "system": System(row["system"]),
            "answer": Answer(row["answer"]),
            "decided_by": DecidedBy(row["decided_by"]),
            "places": tuple(row["places"]),
        }
    )


def _published() -> "QuerySet[models.RequirementList, Any]":
    rows = models.RequirementList.objects.filter(
        state=models.RequirementList.State.PUBLISHED, effective_on__lte=Given("on", DateField())
    )
    return rows.order_by("-effective_on", "-pk").values_list(*_OF_HEADING)[:1]


_IN_FORCE = prepared.Query(_published, may_be_remembered=True)
