"""Which members and spans of coverage a permit shows: those of its lines, and people without any coverage.

A member who is covered only in lines that are not granted is not seen at all (DESIGN.md, section 3, Scope).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from portico.domains.members import lookups, models, rules
from portico.domains.members.answers import Verdict
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import prepared
from portico.shared.periods import Period
from portico.shared.prepared import Given

_OF_ONE = prepared.Query(
    lambda: models.Coverage.objects.filter(member=Given("member")).order_by("-first_on", "pk")
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A member and the spans the permit shows, newest first; `deciding` is the one that gives the verdict."""

    member: models.Member
    as_of: date
    spans: tuple[models.Coverage, ...]
    deciding: models.Coverage | None
    verdict: Verdict

    @property
    def plan_code(self) -> str:
        """The plan code of the deciding span; empty when there is none."""
        return self.deciding.plan_code if self.deciding else ""

    @property
    def line(self) -> str:
        """The line of the deciding span; empty when there is none."""
        return self.deciding.line_id if self.deciding else ""


@dataclass(frozen=True, slots=True)
class Look:
    """A chosen member looked at through an open permit."""

    given: Permit
    asked: lookups.Asked
    seen: Seen


def q(given: Permit) -> Q:
    """The members `given` shows, as a filter."""
    lines = given.scope.lines()
    if lines is None:
        return Q()
    return covered(Q(line__in=sorted(lines)))


def covered(in_lines: Q) -> Q:
    """The members with coverage that passes a filter, and those without any coverage."""
    spans = models.Coverage.objects.filter(member=OuterRef("pk"))
    return Q(Exists(spans.filter(in_lines))) | ~Q(Exists(spans))


def seen(given: Permit, members: Sequence[models.Member], *, on: date) -> list[Seen]:
    """Those of `members` that `given` shows, in the same order. One query."""
    lines = given.scope.lines()
    spans: dict[int, list[models.Coverage]] = {member.pk: [] for member in members}
    for row in _coverage(members):
        spans[row.member_id].append(row)
    shown = []
    for member in members:
        visible = [row for row in spans[member.pk] if lines is None or row.line_id in lines]
        if visible or not spans[member.pk]:
            shown.append(_seen(member, visible, on))
    return shown


@contextmanager
def look(*, actor: Actor, lookup: UUID, function: Function) -> Iterator[Look]:
    """The chosen member of a lookup, through a permit for its tax ID and line; notes the member as shown.

    What needs benefits is asked in the line that decided, so that a refusal names that line. Three queries
    before the block (lookup with member, coverage) and in the permit. Raises lookups.LookupNotFound,
    NotPermitted.
    """
    asked = lookups.asked(actor, lookup)
    line = asked.line if function is Function.ELIGIBILITY else asked.decided_line or asked.line
    with permit(actor, function, tax_id=asked.tax_id, line=line or None) as given:
        shown = seen(given, [asked.member], on=asked.as_of)
        if shown:
            given.note_subject("member", asked.member.member_id)
            yield Look(given, asked, shown[0])
            return
        given.conclude("not_found")
    raise lookups.LookupNotFound


def spans_of(rows: Iterable[models.Coverage]) -> list[rules.Span]:
    """Rows of coverage as the rules read them, in the same order."""
    return [rules.Span(row.product, Period(row.first_on, row.last_on), row.premium_paid_to) for row in rows]


def _coverage(members: Sequence[models.Member]) -> Iterable[models.Coverage]:
    """Every span of coverage of the members, newest first; most often one member is asked about."""
    if len(members) == 1:
        return _OF_ONE.rows(member=members[0].pk)
    return models.Coverage.objects.filter(member__in=members).order_by("-first_on", "pk")


def _seen(member: models.Member, visible: list[models.Coverage], on: date) -> Seen:
    spans = spans_of(visible)
    place = rules.deciding(spans, on)
    deciding = None if place is None else visible[place]
    return Seen(member, on, tuple(visible), deciding, rules.verdict(spans, on))
