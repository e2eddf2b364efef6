"""What a resource is to this edge: how it is searched and read, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portico.domains.permits.actors import Actor
from portico.edges.fhir.outcomes import Issue
from portico.edges.fhir.parameters import Parameter

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """One resource, when it last changed, and the reference of the audit row."""

    body: Body
    changed_at: datetime
    reference: str


@dataclass(frozen=True, slots=True)
class Matches:
    """A page of what a search found, how many there are in all, and what is to be said where none are."""

    bodies: tuple[Body, ...]
    total: int
    reference: str
    issue: Issue | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource this edge serves.

    `read` answers the one of an id, `find` those that the values of parameters mean, the part of them that is
    asked for; both raise Problem and NotPermitted. `most` is the longest page.
    """

    type: str
    says: str
    parameters: tuple[Parameter, ...]
    read: Callable[[Actor, str], Match]
    find: Callable[[Actor, Mapping[str, str], slice], Matches]
    most: int


def told(**elements: Any) -> Body:
    """The elements that say something: FHIR knows no empty ones."""
    return {name: value for name, value in elements.items() if value not in (None, "", [], {})}
