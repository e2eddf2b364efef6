"""The shape of the provider file: practices, the people and places in them, and their affiliations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portico.demo.regions import Town
from portico.demo.specialties import PRIMARY_CARE, Specialty


class Group(NamedTuple):
    """A medical group through which tax IDs serve members."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A tax ID and where it works; `group` is None where it is contracted directly.

    Where nothing is on file to reach it by, `phone` is None and `email` empty.
    """

    tax_id: str
    name: str
    town: Town
    region: str
    street: str
    lines: tuple[str, ...]
    group: Group | None
    phone: int | None
    email: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Someone or somewhere with an NPI; an organisation has its name in `last_name` and no other names."""

    npi: str
    is_organization: bool
    last_name: str
    specialty: Specialty
    licence: str
    first_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    languages: tuple[str, ...] = ("en",)

    @property
    def is_primary_care(self) -> bool:
        """Can members have this provider as their PCP?"""
        return not self.is_organization and self.specialty in PRIMARY_CARE


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A provider bills under a practice's tax ID from … to …, and takes part in lines from … to …."""

    provider: Provider
    practice: Practice
    first_on: date
    last_on: date | None = None
    lines: tuple[str, ...] = ()
    participates_from: date | None = None
    participates_to: date | None = None
    accepts_new_patients: bool = True


class Pcp(NamedTuple):
    """A PCP as a member is assigned to one: a person, and the tax ID the care goes through."""

    npi: str
    last_name: str
    first_name: str
    tax_id: str


class PcpPool:
    """Who can be a PCP, by line and region; where a region has none, anyone of the line will do."""

    __slots__ = ("_by_line", "_by_place")

    def __init__(self, affiliations: Iterator[Affiliation], today: date) -> None:
        self._by_place: dict[tuple[str, str], list[Pcp]] = {}
        self._by_line: dict[str, list[Pcp]] = {}
        for affiliation in affiliations:
            if affiliation.provider.is_primary_care and _is_open(affiliation, today):
                self._add(affiliation)

    def of(self, line: str, region: str) -> list[Pcp]:
        """The PCPs of a line in a region; never empty while one practice takes part in the line."""
        return self._by_place.get((line, region)) or self._by_line[line]

    def _add(self, affiliation: Affiliation) -> None:
        who, where = affiliation.provider, affiliation.practice
        pcp = Pcp(who.npi, who.last_name, who.first_name, where.tax_id)
        for line in affiliation.lines:
            self._by_place.setdefault((line, where.region), []).append(pcp)
            self._by_line.setdefault(line, []).append(pcp)


def _is_open(affiliation: Affiliation, today: date) -> bool:
    in_force = affiliation.last_on is None and affiliation.participates_to is None
    return in_force and affiliation.first_on <= today and affiliation.accepts_new_patients
