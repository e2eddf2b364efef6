"""The members of the small world, with values nobody writes by chance: they are looked for in what leaks.

Every search the pages offer has its case: one person by ID, by SSN and by name; a family on one policy;
somebody in a line of her own; somebody whose coverage ended, begins later, or never was; a plan without a
schedule.
"""

import re
from datetime import date

from portico.domains.members import models
from portico.domains.members.tests import factories
from portico.shared.periods import Period
from tests.support import requirements
from tests.support.cast import HMO, MEDI_CAL, OWN, PPO

ZEPHYRINE, SSN = "NLQX7731", "900456789"
SUBSCRIBER = "SFAMQX42"
CLEMENTINA, PERPETUA, ENDED, LATER, NEVER, UNSCHEDULED = (
    "NLQX8842",
    "NLQX9953",
    "NLQX1064",
    "NLQX2175",
    "NLQX3286",
    "NLQX4397",
)
NPI, NPI_ELSEWHERE = "2000000016", "2000000024"
HMO_CODE, PPO_CODE, MEDI_CAL_CODE, WITHOUT_SCHEDULE, UNKNOWN_CODE = "7QX", "4PX", "3MX", "9ZZ", "0ZZ"

CANARIES = (
    "Quillfeather",
    "Zephyrine",
    "Wintergreen",
    "Clementina",
    "Ottoline",
    "Barnabas",
    "NLQX",
    SUBSCRIBER,
    SSN,
    "900-45-6789",
    "6789",
    "05/06/1984",
    "1984-05-06",
    "11/23/1951",
    "1951-11-23",
    "77 Marigold",
    "555-0177",
)

# The short ones stand in random text by chance: in a longer word, a fraction of a second, a row's number.
_SHORT = {
    "6789": re.compile(r"(?<![A-Za-z0-9+/=.:])(?<!: )6789(?![\w-])"),
    "NLQX": re.compile(r"NLQX\d{2}", re.IGNORECASE),
}


def shown_in(text: str) -> list[str]:
    """The values of patients that stand in a text, whatever the case."""
    lower = text.lower()
    return [
        canary
        for canary in CANARIES
        if canary.lower() in lower and (canary not in _SHORT or _SHORT[canary].search(text))
    ]


def make() -> dict[str, models.Member]:
    """Make the plan's benefit plans and members; answers the members by member ID."""
    requirements.say("AE", "after_limit")
    factories.a_version(HMO_CODE, HMO, name="HMO Gold")
    factories.a_version(PPO_CODE, PPO, name="PPO Silver")
    factories.a_version(MEDI_CAL_CODE, MEDI_CAL, name="Medi-Cal Managed Care")
    made = [_zephyrine(), *_family(), *_singles()]
    return {member.member_id: member for member in made}


def _zephyrine() -> models.Member:
    member = factories.a_covered_member(
        ZEPHYRINE,
        HMO,
        last_name="Quillfeather",
        first_name="Zephyrine",
        birth_date=date(1984, 5, 6),
        ssn=SSN,
        sex="F",
        address="77 Marigold Street",
        city="Northlake",
        state="CA",
        postal_code="90001",
        telephone="555-0177",
        group_number="GRP-100",
    )
    factories.a_pcp(member, NPI, OWN)
    factories.used(member, "deductible", 250)
    return member


def _family() -> list[models.Member]:
    people = (
        (CLEMENTINA, "Clementina", "18", date(1951, 11, 23)),
        ("NLQX8843", "Barnabas", "01", date(1950, 2, 3)),
        ("NLQX8844", "Ottoline", "19", date(2014, 8, 9)),
    )
    family = [
        factories.a_member(
            member_id,
            last_name="Wintergreen",
            first_name=first_name,
            relationship=relationship,
            birth_date=birth_date,
            subscriber_number=SUBSCRIBER,
        )
        for member_id, first_name, relationship, birth_date in people
    ]
    for member in family:
        factories.a_coverage(member, PPO, plan_code=PPO_CODE, product="PPO", level="FAM")
    return family


def _singles() -> list[models.Member]:
    perpetua = factories.a_member(PERPETUA, last_name="Quillfeather", first_name="Perpetua")
    factories.a_coverage(perpetua, MEDI_CAL, plan_code=MEDI_CAL_CODE)
    ended = factories.a_member(ENDED, last_name="Quillfeather", first_name="Anselm")
    factories.a_coverage(ended, HMO, Period(date(2025, 1, 1), date(2026, 1, 31)))
    later = factories.a_member(LATER, last_name="Quillfeather", first_name="Ludmila")
    factories.a_coverage(later, HMO, Period(date(2026, 4, 1)))
    never = factories.a_member(NEVER, last_name="Quillfeather", first_name="Ignatius", birth_date=None)
    unscheduled = factories.a_member(UNSCHEDULED, last_name="Quillfeather", first_name="Rosamund")
    factories.a_coverage(unscheduled, PPO, plan_code=WITHOUT_SCHEDULE, product="PPO")
    return [perpetua, ended, later, never, unscheduled]
