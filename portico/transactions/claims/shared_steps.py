"""What segments add that stand in several loops of an 837: parties, places, adjustments."""

from collections.abc import Callable

from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.shared.x12.delimiters import Delimiters
from portico.transactions.claims import values
from portico.transactions.claims.drafts import Draft, Levels, Person

Segment = list[str]
OfLevels = Callable[[Levels, Segment], None]
OfClaim = Callable[[Draft, Segment, Delimiters, int], None]

_GROUPS = frozenset(Group)


def names(person: Person, segment: Segment) -> None:
    """NM1 of a party."""
    found = person.values
    found["name"], found["first_name"] = values.text(segment, 3), values.text(segment, 4)
    found["is_person"] = values.text(segment, 2) == "1"
    kind, number = values.text(segment, 8), values.text(segment, 9)
    if number:
        found["npi" if kind == "XX" else "payer_number"] = number


def street(person: Person, segment: Segment) -> None:
    """N3."""
    person.address["street"], person.address["more"] = values.text(segment, 1), values.text(segment, 2)


def town(person: Person, segment: Segment) -> None:
    """N4."""
    found = person.address
    found["city"], found["state"] = values.text(segment, 1), values.text(segment, 2)
    found["postal_code"] = values.text(segment, 3)


def taxonomy(person: Person, segment: Segment) -> None:
    """PRV."""
    person.values["taxonomy"] = values.text(segment, 3)


def of_latest(add: Callable[[Person, Segment], None]) -> OfClaim:
    """Answers what adds a segment to the party named last."""

    def step(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
        del delimiters, at
        if draft.latest is not None:
            add(draft.latest, segment)

    return step


def adjustments(into: list[Adjusted], segment: Segment) -> None:
    """CAS."""
    group = values.text(segment, 1)
    for element in range(2, len(segment), 3):
        reason, sum_ = values.text(segment, element), values.amount(values.text(segment, element + 1))
        if reason and sum_ is not None and group in _GROUPS:
            quantity = values.number(values.text(segment, element + 2))
            into.append(Adjusted(Group(group), reason, sum_, quantity))
