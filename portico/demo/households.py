"""The shape of the members: households on one policy, their people, what covers them, what they used."""

from datetime import date
from typing import NamedTuple

from portico.demo.names import Name
from portico.demo.plans import Plan
from portico.demo.regions import Region, Town
from portico.demo.roster import Pcp

SUBSCRIBER, SPOUSE, CHILD = "18", "01", "19"


class Home(NamedTuple):
    """Where a household lives."""

    street: str
    town: Town
    region: Region
    telephone: str


class Coverage(NamedTuple):
    """A span in one plan; `level` says who of the household it covers (834 HD05).

    The PCP is the member's from the first day on, or since `pcp_since`.
    """

    plan: Plan
    level: str
    begins_on: date
    ends_on: date | None = None
    pcp: Pcp | None = None
    premium_paid_to: date | None = None
    pcp_since: date | None = None


class OtherCoverage(NamedTuple):
    """Another payer's coverage; `order` is that payer's turn: P first, S second, T third."""

    order: str
    payer: str
    policy: str
    begins_on: date


class Used(NamedTuple):
    """How much of a deductible, yearly maximum or limit is used up: cents, or a count of visits."""

    plan: Plan
    year: int
    kind: str
    scope: str
    network: str
    service_type: str
    amount: int


class Person(NamedTuple):
    """A member; `twin` is 1, 2, … among those born together, else 0."""

    suffix: int
    relationship: str
    name: Name
    sex: str
    birth_date: date
    ssn: str | None
    coverages: tuple[Coverage, ...]
    others: tuple[OtherCoverage, ...] = ()
    used: tuple[Used, ...] = ()
    twin: int = 0


class Household(NamedTuple):
    """Everybody on one policy, the subscriber first."""

    subscriber_id: str
    group_number: str
    hired_on: date | None
    home: Home
    people: tuple[Person, ...]
