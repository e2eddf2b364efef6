"""Members by the numbers a claim names them by, with what covers them: for whoever judges claims."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portico.domains.members import models
from portico.domains.permits.permit import Permit
from portico.shared.periods import Period


@dataclass(frozen=True, slots=True)
class Covered:
    """A member; names as they are compared (shared.names), `spans` the lines that cover it from … to …"""

    member_id: str
    subscriber_number: str
    last_key: str
    first_key: str
    birth_date: date | None
    spans: tuple[tuple[str, Period], ...] = ()


def by_number(given: Permit, numbers: Collection[str]) -> Mapping[str, tuple[Covered, ...]]:
    """Who goes by each of these numbers, as member ID or as subscriber's; a number of nobody is absent.

    Numbers are compact (identifiers.compact_member_id). Two queries. Who sees what of it is the caller's to
    decide, by line.
    """
    del given
    if not numbers:
        return {}
    wanted = Q(member_id__in=numbers) | Q(subscriber_number__in=numbers)
    rows = list(models.Member.objects.filter(wanted).order_by("member_id"))
    spans: dict[int, list[tuple[str, Period]]] = {}
    for each in models.Coverage.objects.filter(member__in=[row.pk for row in rows]):
        spans.setdefault(each.member_id, []).append((each.line_id, Period(each.first_on, each.last_on)))
    found: dict[str, list[Covered]] = {}
    for row in rows:
        person = _covered(row, tuple(spans.get(row.pk, ())))
        for number in {row.member_id, row.subscriber_number} & set(numbers):
            found.setdefault(number, []).append(person)
    return {number: tuple(people) for number, people in found.items()}


def _covered(row: models.Member, spans: tuple[tuple[str, Period], ...]) -> Covered:
    return Covered(
        member_id=row.member_id,
        subscriber_number=row.subscriber_number,
        last_key=row.last_key,
        first_key=row.first_key,
        birth_date=row.birth_date,
        spans=spans,
    )
