"""Turns households into the member loops of an 834 (005010X220A1): segments as lists, ID first.

    2000  INS REF*0F REF*1L REF*23 DTP*336 DTP*356 DTP*357      one for each person
      2100A  NM1*IL PER N3 N4 DMG
      2300  HD DTP*348 DTP*349 DTP*343 REF*17                   one for each span of coverage
        2310  LX NM1*P3 PLA                                     the PCP, and since when if later
        2320  COB DTP*344, 2330 NM1*IN                          other coverage, in the first span

A full file tells how things are (maintenance type 030); a change file says what to do: 021 add, 024 end,
001 change.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from portico.demo import identifiers
from portico.demo.households import SUBSCRIBER, Coverage, Household, OtherCoverage, Person
from portico.demo.lines import BY_CODE as LINES
from portico.demo.lines import Funding
from portico.demo.regions import STATE
from portico.demo.roster import Pcp

Segment = list[str]


class Maintenance(StrEnum):
    """What a member loop asks for (INS03 and HD01)."""

    CHANGE = "001"
    ADD = "021"
    END = "024"
    AUDIT = "030"


_REASONS = {Maintenance.AUDIT: "XN", Maintenance.ADD: "02", Maintenance.END: "14", Maintenance.CHANGE: "25"}
_MEDICARE = frozenset({Funding.MEDICARE, Funding.DUAL})


def loops(household: Household, maintenance: Maintenance = Maintenance.AUDIT) -> Iterator[list[Segment]]:
    """The member loop of each person of the household, in the order of the suffixes."""
    for person in household.people:
        yield loop(household, person, maintenance)


def loop(household: Household, person: Person, maintenance: Maintenance = Maintenance.AUDIT) -> list[Segment]:
    """One person's member loop."""
    segments = [
        _ins(household, person, maintenance),
        *_references(household, person),
        *_dates(household, person),
    ]
    segments += _name_and_home(household, person)
    for place, coverage in enumerate(person.coverages):
        segments += _coverage(coverage, maintenance)
        if not place:
            for other in person.others:
                segments += _other(other)
    return segments


def _ins(household: Household, person: Person, maintenance: Maintenance) -> Segment:
    subscribes = person.relationship == SUBSCRIBER
    medicare = "C" if LINES[person.coverages[0].plan.line].funding in _MEDICARE else ""
    employed = "FT" if subscribes and household.hired_on else ""
    who = ["INS", "Y" if subscribes else "N", person.relationship, maintenance, _REASONS[maintenance], "A"]
    segment = [*who, medicare, "", employed]
    return [*segment, *[""] * 8, str(person.twin)] if person.twin else segment


def _references(household: Household, person: Person) -> list[Segment]:
    own = identifiers.member_id(household.subscriber_id, person.suffix)
    return [
        ["REF", "0F", household.subscriber_id],
        ["REF", "1L", household.group_number],
        ["REF", "23", own],
    ]


def _dates(household: Household, person: Person) -> list[Segment]:
    dates = [("356", person.coverages[0].begins_on)]
    if household.hired_on and person.relationship == SUBSCRIBER:
        dates.insert(0, ("336", household.hired_on))
    ends = [coverage.ends_on for coverage in person.coverages]
    if None not in ends:
        dates.append(("357", max(day for day in ends if day)))
    return [_dtp(qualifier, day) for qualifier, day in dates]


def _name_and_home(household: Household, person: Person) -> list[Segment]:
    name, home = person.name, household.home
    nm1 = ["NM1", "IL", "1", name.last, name.first, name.middle, "", name.suffix]
    return [
        [*nm1, "34", person.ssn] if person.ssn else nm1,
        ["PER", "IP", "", "HP", home.telephone],
        ["N3", home.street],
        ["N4", home.town.name, STATE, home.town.postal_code, "", "CY", home.region.code],
        ["DMG", "D8", f"{person.birth_date:%Y%m%d}", person.sex],
    ]


def _coverage(coverage: Coverage, maintenance: Maintenance) -> list[Segment]:
    plan = coverage.plan
    segments = [
        ["HD", maintenance, "", plan.insurance_line, plan.code, coverage.level],
        _dtp("348", coverage.begins_on),
    ]
    if coverage.ends_on:
        segments.append(_dtp("349", coverage.ends_on))
    if coverage.premium_paid_to:
        segments.append(_dtp("343", coverage.premium_paid_to))
    if coverage.pcp:
        segments += _pcp(coverage.pcp, coverage.pcp_since)
    return segments


def _pcp(pcp: Pcp, since: date | None) -> list[Segment]:
    segments = [
        ["REF", "17", pcp.tax_id],
        ["LX", "1"],
        ["NM1", "P3", "1", pcp.last_name, pcp.first_name, "", "", "", "XX", pcp.npi, "25"],
    ]
    if since:
        segments.append(["PLA", "2", "1P", f"{since:%Y%m%d}", "", "AI"])
    return segments


def _other(other: OtherCoverage) -> list[Segment]:
    return [
        ["COB", other.order, other.policy, "1"],
        _dtp("344", other.begins_on),
        ["NM1", "IN", "2", other.payer],
    ]


def _dtp(qualifier: str, day: date) -> Segment:
    return ["DTP", qualifier, "D8", f"{day:%Y%m%d}"]
