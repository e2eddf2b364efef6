"""What the households of the named cases are made of."""

from dataclasses import dataclass
from datetime import date

from portico.demo import identifiers, plans, practices, regions
from portico.demo.households import SUBSCRIBER, Coverage, Home, Household, Person, Used
from portico.demo.lines import BY_CODE as LINES
from portico.demo.lines import Funding
from portico.demo.names import Name
from portico.demo.practices import CEDAR_RIDGE, LAKESIDE, LAKESIDE_PEDIATRICS, pcp
from portico.demo.roster import Pcp

GRACE = pcp(practices.GRACE_LIN, LAKESIDE)
BIJAN = pcp(practices.BIJAN_FARAHANI, LAKESIDE)
PAUL = pcp(practices.PAUL_ORTIZ, LAKESIDE)
TEMPERANCE = pcp(practices.TEMPERANCE_OKORO, LAKESIDE_PEDIATRICS)
HELEN = pcp(practices.HELEN_PARK, CEDAR_RIDGE)
LUIS = pcp(practices.LUIS_ARANDA, CEDAR_RIDGE)
_TOWN, _REGION = regions.town("Northlake"), regions.region_of("Northlake")


@dataclass(frozen=True, slots=True)
class Story:
    """A named case: its household once all files are loaded, and the suffix of the person it is about.

    `in_full_file` is the household as the full file still shows it, where the change file altered it;
    `tomorrow` as the file kept for a walk-through will show it.
    """

    key: str
    household: Household
    says: str
    about: int = 1
    in_full_file: Household | None = None
    tomorrow: Household | None = None


def span(code: str, begins: date, pcp: Pcp | None, ends: date | None = None, level: str = "") -> Coverage:
    """A span of coverage; by itself, its level is that of somebody alone."""
    plan = plans.BY_CODE[code]
    by_employer = LINES[plan.line].funding in (Funding.EMPLOYER, Funding.INDIVIDUAL)
    return Coverage(plan, level or ("EMP" if by_employer else "IND"), begins, ends, pcp)


def who(
    last: str,
    first: str,
    sex: str,
    born: str,
    number: int,
    *coverages: Coverage,
    relationship: str = SUBSCRIBER,
    suffix: int = 1,
    twin: int = 0,
) -> Person:
    """A person with a plain name; the number and suffix make the SSN."""
    name, own_ssn = Name(last, first, "", ""), ssn(number, suffix)
    return Person(suffix, relationship, name, sex, date.fromisoformat(born), own_ssn, coverages, twin=twin)


def ssn(number: int, suffix: int) -> str:
    """The SSN of person `suffix` of household `number`."""
    return f"999{suffix + 10}{number:04d}"


def used(code: str, kind: str, amount: int, service_type: str = "") -> Used:
    """An individual, in-network amount of this year: cents, or a count."""
    return Used(plans.BY_CODE[code], 0, kind, "individual", "in", service_type, amount)


def spent(code: str, deductible: int, oop_max: int) -> tuple[Used, ...]:
    """Cents toward the deductible and toward the yearly maximum, in network, this year."""
    return used(code, "deductible", deductible), used(code, "oop_max", oop_max)


def alone(key: str, number: int, person: Person, says: str, group: int = 777) -> Story:
    """The story of somebody alone on the policy."""
    return Story(key, house(number, (person,), group), says)


def house(number: int, people: tuple[Person, ...], group: int = 777) -> Household:
    """Household NLH 8842 0nnn in Northlake; the first person's first plan names the group."""
    home = Home(f"{number} Heron Lane", _TOWN, _REGION, identifiers.telephone(_TOWN.area_code, number))
    plan = people[0].coverages[0].plan
    hired = date(2019, 1, 7) if LINES[plan.line].funding is Funding.EMPLOYER else None
    return Household(f"NLH88420{number:03d}", f"{plan.code}-{group:05d}", hired, home, people)
