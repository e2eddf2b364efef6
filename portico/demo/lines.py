"""The plan's eight lines of business, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Funding(StrEnum):
    """Who pays the premium; decides ages, families and cost sharing."""

    EMPLOYER = "employer"
    INDIVIDUAL = "individual"
    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    DUAL = "dual"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of business: its stable code, its name on screens, and its share of the members in percent."""

    code: str
    name: str
    funding: Funding
    share: int


LINES: tuple[Line, ...] = (
    Line("employer-hmo", "Employer HMO", Funding.EMPLOYER, 24),
    Line("employer-ppo", "Employer PPO", Funding.EMPLOYER, 17),
    Line("employer-epo", "Employer EPO", Funding.EMPLOYER, 7),
    Line("medicare-advantage", "Medicare Advantage", Funding.MEDICARE, 8),
    Line("medi-cal", "Medi-Cal", Funding.MEDICAID, 22),
    Line("cal-mediconnect", "Cal MediConnect", Funding.DUAL, 3),
    Line("individual-family", "Individual & Family", Funding.INDIVIDUAL, 13),
    Line("individual-medicare-advantage", "Individual Medicare Advantage", Funding.MEDICARE, 6),
)
BY_CODE = {line.code: line for line in LINES}
CODES = tuple(BY_CODE)
