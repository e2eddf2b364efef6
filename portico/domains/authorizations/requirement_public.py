"""The list as everybody reads it: its versions, its rules by code, whole for programs.

Rules about an office or a provider by name are told to that office alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from portico.domains.authorizations import models, requirement_books, requirement_plain, requirement_rules
from portico.domains.authorizations.requirement_books import Heading
from portico.domains.authorizations.requirement_rules import Rule
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

MOST: Final = 200
_ONE_DAY: Final = timedelta(days=1)


class UnknownVersion(LookupError):
    """No list of this version is published, or none at all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A published version: the days of service it counts for (`until` None: no end is known)."""

    version: str
    effective_on: date
    until: date | None
    published_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for in a version: its rules by code, and how many there are if not all are told."""

    versions: tuple[Listed, ...]
    version: Listed
    rules: tuple[Rule, ...]
    count: int
    is_current: bool


def found(*, actor: Actor, version: str = "", code: str = "", line: str = "") -> Found:
    """The rules of a version that speak of a code, or of what begins with it; "" is every one.

    Without a version, that of today, or the first to come. `line` leaves out the rules of other lines. Raises
    UnknownVersion, NotPermitted.
    """
    with permit(actor, Function.PUBLIC_PAGES) as given:
        listed = _listed()
        wanted = _wanted(listed, version, actor.today)
        given.conclude("list" if wanted else "not_found")
        if wanted is not None:
            rules = [rule for rule in _public(wanted) if _is_asked(rule, code.upper(), line)]
            is_current = wanted == _today(listed, actor.today)
            is_current = wanted == _today(listed, actor.today)
            return Found(listed, wanted, tuple(rules[:MOST]), len(rules), is_current)
    raise UnknownVersion(version)


def whole(*, actor: Actor, version: str) -> tuple[Listed, list[dict[str, Any]]]:
    """A version with all its public rules as plain values. Raises UnknownVersion, NotPermitted."""
    with permit(actor, Function.PUBLIC_PAGES) as given:
        wanted = next((each for each in _listed() if each.version == version), None)
        given.conclude("whole_list" if wanted else "not_found")
        if wanted is not None:
            plain = [requirement_plain.plain(rule) for rule in _public(wanted)]
            return wanted, [{name: told[name] for name in requirement_plain.PUBLIC} for told in plain]
    raise UnknownVersion(version)


def _listed() -> tuple[Listed, ...]:
    """Every published version, the latest first."""
    rows = models.RequirementList.objects.filter(state=models.RequirementList.State.PUBLISHED)
    told, until = [], None
    for row in rows.order_by("-effective_on"):
        published_at = row.published_at or row.loaded_at
        told.append(Listed(row.version, row.effective_on, until, published_at, row.digest))
        until = row.effective_on - _ONE_DAY
    return tuple(told)


def _wanted(listed: tuple[Listed, ...], version: str, today: date) -> Listed | None:
    if version:
        return next((each for each in listed if each.version == version), None)
    return _today(listed, today) or (listed[-1] if listed else None)


def _today(listed: tuple[Listed, ...], today: date) -> Listed | None:
    return next((each for each in listed if each.effective_on <= today), None)


def _public(wanted: Listed) -> list[Rule]:
    row = models.RequirementList.objects.get(version=wanted.version)
    heading = Heading(row.pk, row.version, row.effective_on, row.digest)
    return [rule for rule in requirement_books.book(heading).rules if not rule.tax_id and not rule.npi]


def _is_asked(rule: Rule, code: str, line: str) -> bool:
    if line and rule.line not in ("", line):
        return False
    return (
        not code
        or rule.first_code.startswith(code)
        or code == rule.service_type
        or requirement_rules.in_range(code, rule.first_code, rule.last_code)
    )
