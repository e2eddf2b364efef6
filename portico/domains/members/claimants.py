"""Who a claim is about, told by the number and the names on it; and under which line on its first day.

For what loads claims and reads encounters: many at once, in three queries. It opens no permit.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portico.domains.members import identity_rules, models
from portico.domains.members.identity_rules import Identity
from portico.domains.members.rules import NOT_MEDICAL
from portico.domains.permits.permit import Permit
from portico.shared import names
from portico.shared.periods import Period

_SELF = "18"


class NoClaimant(StrEnum):
    """Why it cannot be told who a claim is about; stable codes."""

    UNKNOWN_MEMBER = "unknown_member"
    SEVERAL_MEMBERS_MATCH = "several_members_match"
    NEVER_COVERED = "never_covered"


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a claim names it; `number` is a subscriber number or the person's own, in canonical form.

    `is_dependent` says that the claim names a patient beside the subscriber. `on` is its first day.
    """

    number: str
    last_name: str
    first_name: str
    birth_date: date | None
    is_dependent: bool
    on: date


@dataclass(frozen=True, slots=True)
class Claimant:
    """The member. `line` is that of the coverage on the day, or of the nearest where there was none on it."""

    member_id: str
    subscriber_number: str
    last_name: str
    first_name: str
    birth_date: date | None
    line: str
    is_covered: bool


def find(given: Permit, named: Sequence[Named]) -> list[Claimant | NoClaimant]:
    """Answers for each who it is, or why that cannot be told, in their order. Three queries."""
    del given
    numbers = {one.number for one in named}
    people = _people(numbers)
    spans = _spans(people)
    known = _Known(people)
    return [_claimant(one, known.who(one), spans) for one in named]


class _Known:
    """The people on the policies that were asked for, found by number."""

    def __init__(self, people: Iterable[models.Member]) -> None:
        self._by_id: dict[str, models.Member] = {}
        self._by_policy: defaultdict[str, list[models.Member]] = defaultdict(list)
        for person in people:
            self._by_id[person.member_id] = person
            self._by_policy[person.subscriber_number].append(person)

    def who(self, named: Named) -> models.Member | NoClaimant:
        """The one person that is meant."""
        own = self._by_id.get(named.number)
        if own is not None and not named.is_dependent and own.relationship != _SELF:
            return own
        policy = own.subscriber_number if own is not None else named.number
        held = self._by_policy.get(policy, [])
        if own is not None and not named.is_dependent and _is_called(own, named):
            return own
        found = [held[place] for place in identity_rules.best_match([*map(_identity, held)], _sent(named))]
        found = found or _alike(held, named)
        if not found and own is not None and not named.is_dependent:
            return own
        if not found:
            return NoClaimant.UNKNOWN_MEMBER
        return found[0] if len(found) == 1 else NoClaimant.SEVERAL_MEMBERS_MATCH


def _people(numbers: Collection[str]) -> list[models.Member]:
    """Everybody on the policies of these numbers, whichever number of a person was given."""
    policies = models.Member.objects.filter(member_id__in=numbers).values_list("subscriber_number", flat=True)
    return list(models.Member.objects.filter(subscriber_number__in={*policies, *numbers}))


def _spans(people: Collection[models.Member]) -> Mapping[int, list[models.Coverage]]:
    found: defaultdict[int, list[models.Coverage]] = defaultdict(list)
    rows = models.Coverage.objects.filter(member_id__in=[person.pk for person in people])
    for row in rows.order_by("-first_on", "id"):
        found[row.member_id].append(row)
    return found


def _claimant(
    named: Named, who: models.Member | NoClaimant, spans: Mapping[int, list[models.Coverage]]
) -> Claimant | NoClaimant:
    if isinstance(who, NoClaimant):
        return who
    held = spans.get(who.pk, [])
    medical = [span for span in held if span.product not in NOT_MEDICAL] or held
    if not medical:
        return NoClaimant.NEVER_COVERED
    nearest = min(medical, key=lambda span: _distance(span, named.on))
    return Claimant(
        member_id=who.member_id,
        subscriber_number=who.subscriber_number,
        last_name=who.last_name,
        first_name=who.first_name,
        birth_date=who.birth_date,
        line=nearest.line_id,
        is_covered=Period(nearest.first_on, nearest.last_on).holds(named.on),
    )


def _distance(span: models.Coverage, on: date) -> timedelta:
    """How far a day lies from a span; nothing where it lies in it."""
    if on < span.first_on:
        return span.first_on - on
    if span.last_on is not None and on > span.last_on:
        return on - span.last_on
    return timedelta(0)


def _identity(person: models.Member) -> Identity:
    return Identity(
        own_id=person.member_id,
        is_self=person.relationship == _SELF,
        last_key=person.last_key,
        first_key=person.first_key,
        birth_date=person.birth_date,
    )


def _sent(named: Named) -> Identity:
    return Identity(
        own_id="",
        is_self=not named.is_dependent,
        last_key=names.key(named.last_name),
        first_key=names.key(named.first_name),
        birth_date=named.birth_date,
    )


def _is_called(person: models.Member, named: Named) -> bool:
    """Whether the claim does not speak of somebody else: first name or birth date agrees, or is not sent."""
    first = names.key(named.first_name)
    if not first or first == person.first_key:
        return True
    return named.birth_date is not None and named.birth_date == person.birth_date


def _alike(held: Sequence[models.Member], named: Named) -> list[models.Member]:
    """Those of a policy with this birth date and first name, whatever their last name and relationship."""
    first = names.key(named.first_name)
    born = [person for person in held if person.birth_date and person.birth_date == named.birth_date]
    return [person for person in born if person.first_key == first] if first else born
