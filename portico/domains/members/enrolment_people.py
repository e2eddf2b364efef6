"""The people a chunk of an enrolment feed is about: read in a few queries, changed in memory, in the
feed's order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q

from portico.domains.members import identity_rules, models
from portico.domains.members.coverage_rules import Span
from portico.domains.members.enrolment_facts import SentMember
from portico.domains.members.identity_rules import Identity
from portico.domains.members.pcp_rules import Assignment

COLUMNS = [name.attname for name in models.Member._meta.concrete_fields if not name.primary_key]
_SPAN = ("id", "line_id", "plan_code", "product", "level", "first_on", "last_on", "premium_paid_to")
_PCP = ("id", "npi", "tax_id", "name", "first_on", "last_on")
_OTHER = ("id", "order", "payer_name", "policy_number", "first_on", "last_on")

OtherKey = tuple[str, str]


@dataclass(slots=True)
class Person:
    """A member as held and as he shall be; `id` None until he is stored.

    `before` holds only what was stored.
    """

    row: dict[str, Any]
    id: int | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    pcps: tuple[Assignment, ...] = ()
    others: dict[OtherKey, dict[str, Any]] = field(default_factory=dict)
    spans_before: tuple[Span, ...] = ()
    pcps_before: tuple[Assignment, ...] = ()
    others_before: Mapping[OtherKey, dict[str, Any]] = field(default_factory=dict)

    @property
    def identity(self) -> Identity:
        """What tells this person from others."""
        row = self.row
        return Identity(
            own_id=row["member_id"],
            is_self=row["relationship"] == "18",
            last_key=row["last_key"],
            first_key=row["first_key"],
            middle=row["middle_name"].upper(),
            birth_date=row["birth_date"],
            ssn=row["ssn_index"],
        )


class People:
    """Everybody known under the numbers of one chunk."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.all: list[Person] = []
        self.by_id: dict[str, Person] = {}
        self._by_policy: defaultdict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        """One more person, found from now on."""
        self.all.append(person)
        self.by_id[person.row["member_id"]] = person
        self._by_policy[person.row["subscriber_number"]].append(person)

    def move(self, person: Person, subscriber_number: str) -> None:
        """Put a person on this policy, if he is on another."""
        if person.row["subscriber_number"] == subscriber_number:
            return
        self._by_policy[person.row["subscriber_number"]].remove(person)
        self._by_policy[subscriber_number].append(person)

    def of_policy(self, subscriber_number: str) -> Sequence[Person]:
        """Everybody on a policy."""
        return self._by_policy[subscriber_number]


def known_to(members: Sequence[SentMember]) -> People:
    """Everybody held on the policies of `members` or under an ID one of them has or may be given: four
    queries.
    """
    numbers = {sent.subscriber_number for sent in members}
    ids = {sent.own_id for sent in members if sent.own_id} | _ids_to_come(members)
    rows = models.Member.objects.filter(Q(subscriber_number__in=numbers) | Q(member_id__in=ids))
    people = {row["id"]: _person(row) for row in rows.values("id", *COLUMNS)}
    for model, columns, keep in (
        (models.Coverage, _SPAN, _keep_span),
        (models.PcpAssignment, _PCP, _keep_pcp),
        (models.OtherCoverage, _OTHER, _keep_other),
    ):
        for values in model.objects.filter(member_id__in=people).order_by("id").values("member_id", *columns):
            keep(people[values.pop("member_id")], values)
    return People(people.values())


def ssn_index(ssn: str) -> bytes | None:
    """The blind index an SSN is found by; None where there is no SSN."""
    return settings.PORTICO_VAULT.index(ssn, purpose="ssn") if ssn else None


def _ids_to_come(members: Sequence[SentMember]) -> set[str]:
    """The IDs that people without one of their own may be given: looked up, for a stranger may have them
    already.
    """
    nameless: defaultdict[str, int] = defaultdict(int)
    for sent in members:
        if not sent.own_id:
            nameless[sent.subscriber_number] += 1
    found: set[str] = set()
    for number, count in nameless.items():
        candidates = identity_rules.ids_to_try(number, is_self=True, taken=())
        found.update(candidate for _, candidate in zip(range(count + 8), candidates, strict=False))
    return found


def _person(row: dict[str, Any]) -> Person:
    member = row.pop("id")
    for name in ("ssn_sealed", "ssn_index"):
        row[name] = None if row[name] is None else bytes(row[name])
    return Person(row=row, id=member, before=dict(row))


def _keep_span(person: Person, values: dict[str, Any]) -> None:
    person.spans = person.spans_before = (*person.spans, Span(line=values.pop("line_id"), **values))


def _keep_pcp(person: Person, values: dict[str, Any]) -> None:
    person.pcps = person.pcps_before = (*person.pcps, Assignment(**values))


def _keep_other(person: Person, values: dict[str, Any]) -> None:
    key = (values["order"], values["payer_name"])
    person.others[key] = values
    person.others_before = {**person.others_before, key: dict(values)}
