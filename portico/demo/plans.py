"""The benefit plans on sale: a three-character code each, a product, and the prices a member meets.

Amounts are whole dollars of the current year; `prices_in` gives those of the year before and after.
"""

from dataclasses import dataclass, replace
from functools import cache

YEARS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a member pays in one network: plan-wide amounts for one person, copays, coinsurance in percent.

    Family amounts are twice the individual ones. `deductible_first` puts the deductible before visits and
    drugs too, as savings-account plans do.
    """

    deductible: int
    oop_max: int
    coinsurance: int
    primary: int = 0
    specialist: int = 0
    laboratory: int = 0
    imaging: int = 0
    urgent: int = 0
    emergency: int = 0
    pharmacy: int = 0
    deductible_first: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A benefit plan; `outside` is None where care outside the network is for emergencies only."""

    code: str
    line: str
    name: str
    product: str
    inside: Prices
    outside: Prices | None = None
    therapy_visits: int = 30
    therapy_needs_authorization_after: bool = False

    @property
    def insurance_line(self) -> str:
        """The 834's HD03: the product without what only its name adds."""
        return self.product.split()[0]

    @property
    def has_pcp(self) -> bool:
        """Does every member of this plan have a PCP?"""
        return self.insurance_line in ("HMO", "POS")


@cache
def prices_in(prices: Prices, year: int) -> Prices:
    """The prices `year` years from now: specialists and the yearly maximum rise, the rest stays."""
    if not prices.oop_max:
        return prices
    rise = replace(prices, oop_max=prices.oop_max + 250 * year)
    return replace(rise, specialist=prices.specialist + 5 * year) if prices.specialist else rise


def _copays(deductible: int, oop_max: int, coinsurance: int, copays: str) -> Prices:
    """The copays are those from `primary` to `pharmacy`, in the order of the fields."""
    primary, specialist, laboratory, imaging, urgent, emergency, pharmacy = map(int, copays.split())
    return Prices(
        deductible,
        oop_max,
        coinsurance,
        primary,
        specialist,
        laboratory,
        imaging,
        urgent,
        emergency,
        pharmacy,
    )


def _hmo(code: str, line: str, name: str, prices: Prices, product: str = "HMO", visits: int = 12) -> Plan:
    return Plan(code, line, name, product, prices, None, visits, therapy_needs_authorization_after=True)


def _ppo(code: str, line: str, name: str, inside: Prices, product: str = "PPO", outside: int = 40) -> Plan:
    abroad = Prices(inside.deductible * 2, inside.oop_max * 2, outside)
    return Plan(code, line, name, product, inside, abroad)


def _epo(code: str, line: str, name: str, inside: Prices) -> Plan:
    return Plan(code, line, name, "EPO", inside)


_FREE = Prices(0, 0, 0)
_SAVER = Prices(3500, 7000, 20, deductible_first=True)
_MINIMUM = Prices(8900, 9200, 0, deductible_first=True)
_EMPLOYER_HMO, _EMPLOYER_PPO, _EMPLOYER_EPO = "employer-hmo", "employer-ppo", "employer-epo"
_GROUP_MA, _MEDI_CAL, _DUAL = "medicare-advantage", "medi-cal", "cal-mediconnect"
_FAMILY, _OWN_MA = "individual-family", "individual-medicare-advantage"

PLANS: tuple[Plan, ...] = (
    _hmo("4HA", _EMPLOYER_HMO, "HMO Platinum 15", _copays(0, 2500, 0, "15 30 0 0 15 150 10")),
    _hmo("4HB", _EMPLOYER_HMO, "HMO Gold 25", _copays(0, 4500, 10, "25 45 15 30 25 250 15")),
    _hmo("4HC", _EMPLOYER_HMO, "HMO Silver 40", _copays(1000, 7000, 20, "40 65 25 50 40 350 20")),
    _hmo("4HV", _EMPLOYER_HMO, "HMO Value 55", _copays(2500, 8500, 30, "55 80 40 80 55 400 20")),
    _ppo("4PS", _EMPLOYER_HMO, "POS Choice 30", _copays(500, 5000, 20, "30 50 20 40 30 300 15"), "POS"),
    _ppo(
        "7QP", _EMPLOYER_PPO, "PPO Platinum 250", _copays(250, 3000, 10, "15 30 10 20 30 150 10"), outside=30
    ),
    _ppo("7QX", _EMPLOYER_PPO, "PPO Gold 1500", _copays(1500, 6500, 20, "25 50 20 50 60 300 10")),
    _ppo(
        "7QS", _EMPLOYER_PPO, "PPO Silver 2500", _copays(2500, 8500, 30, "45 75 35 70 60 400 20"), outside=50
    ),
    _ppo("7QH", _EMPLOYER_PPO, "PPO Saver 3500", _SAVER),
    _epo("5EG", _EMPLOYER_EPO, "EPO Gold 1000", _copays(1000, 6000, 20, "25 50 20 40 50 300 15")),
    _epo("5ES", _EMPLOYER_EPO, "EPO Silver 2000", _copays(2000, 8000, 30, "40 70 30 60 60 400 20")),
    _epo("5EB", _EMPLOYER_EPO, "EPO Bronze 5000", _copays(5000, 9000, 40, "60 95 40 95 75 500 25")),
    _hmo("M1A", _GROUP_MA, "Group Senior HMO", _copays(0, 3400, 0, "0 25 0 20 25 90 10"), visits=40),
    _hmo("M1B", _GROUP_MA, "Group Senior HMO Plus", _copays(0, 2000, 0, "0 10 0 0 10 75 5"), visits=40),
    _ppo("M1P", _GROUP_MA, "Group Senior PPO", _copays(200, 4500, 20, "10 35 10 30 40 100 10"), outside=30),
    _hmo("C0A", _MEDI_CAL, "Medi-Cal Adults", _FREE, visits=24),
    _hmo("C0C", _MEDI_CAL, "Medi-Cal Children", _FREE, visits=36),
    _hmo("C0S", _MEDI_CAL, "Medi-Cal Seniors and Disabilities", _FREE, visits=36),
    _hmo("D1A", _DUAL, "Dual Care", _FREE, "HMO SNP", visits=40),
    _hmo("D1B", _DUAL, "Dual Care Plus", _FREE, "HMO SNP", visits=40),
    _hmo("9FP", _FAMILY, "Family Platinum HMO", _copays(0, 4500, 10, "15 30 15 30 15 150 10")),
    _hmo("9FG", _FAMILY, "Family Gold HMO", _copays(0, 7800, 20, "35 65 40 75 35 330 15")),
    _hmo("9FS", _FAMILY, "Family Silver HMO", _copays(4000, 8700, 20, "45 85 50 95 45 400 18")),
    _epo("9FE", _FAMILY, "Family Silver EPO", _copays(4500, 8700, 30, "50 90 50 95 50 450 20")),
    _ppo(
        "9FB", _FAMILY, "Family Bronze PPO 6000", _copays(6000, 9000, 40, "60 95 40 95 60 500 20"), outside=50
    ),
    _epo("9FM", _FAMILY, "Family Minimum EPO", _MINIMUM),
    _hmo("S2A", _OWN_MA, "Senior Basic HMO", _copays(0, 5900, 0, "0 40 5 40 40 120 12"), visits=40),
    _hmo("S2B", _OWN_MA, "Senior Plus HMO", _copays(0, 3200, 0, "0 20 0 15 20 100 5"), visits=40),
    _ppo("S2P", _OWN_MA, "Senior Choice PPO", _copays(350, 6700, 20, "10 45 15 45 50 120 12")),
)
BY_CODE = {plan.code: plan for plan in PLANS}


@cache
def of_line(line: str) -> tuple[Plan, ...]:
    """The plans of a line of business."""
    return tuple(plan for plan in PLANS if plan.line == line)
