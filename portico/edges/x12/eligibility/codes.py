"""X12 codes for what domains call by name; facts of 005010X279A1 and CAQH CORE 154."""

from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings

from portico.domains.members.answers import Network, Verdict

GUIDE = "005010X279A1"
GENERIC = "30"
# Answered when the plan as a whole is asked about (CORE 154, 260).
GENERIC_TYPES = tuple("1 33 35 47 48 50 86 88 98 AL MH UC".split())

# EB01
ACTIVE, INACTIVE, NOT_COVERED, CONTACT = "1", "6", "I", "U"
COINSURANCE, COPAY, DEDUCTIBLE, OUT_OF_POCKET, LIMIT, PCP, OTHER_PAYER = "A", "B", "C", "G", "F", "L", "R"
STATUSES: Mapping[Verdict, str] = {
    Verdict.ACTIVE: ACTIVE,
    Verdict.ACTIVE_IN_GRACE: ACTIVE,
    Verdict.NOT_YET_ACTIVE: INACTIVE,
    Verdict.TERMINATED: INACTIVE,
    Verdict.NOT_COVERED: INACTIVE,
}
METERS: Mapping[str, str] = {"deductible": DEDUCTIBLE, "oop_max": OUT_OF_POCKET}

# EB02; a coverage may have a level that EB02 has no code for.
LEVELS = frozenset("CHD DEP ECH EMP ESP FAM IND SPC SPO".split())
INDIVIDUAL = "IND"
SCOPES: Mapping[str, str] = {"individual": INDIVIDUAL, "family": "FAM"}

# EB06 and HSD05
SERVICE_YEAR, CALENDAR_YEAR, REMAINING, LIFETIME, LIFETIME_REMAINING, ADMISSION = "22 23 29 32 33 36".split()
PERIODS: Mapping[str, str] = {"year": CALENDAR_YEAR, "lifetime": LIFETIME, "admission": ADMISSION}

# HSD01; dollars go into EB07.
UNITS: Mapping[str, str] = {"visits": "VS", "days": "DY", "items": "FL"}
DOLLARS = "dollars"

# EB11
AUTHORIZATIONS: Mapping[str, str] = {"yes": "Y", "no": "N", "after_limit": "U", "notify": "N"}

# EB12
NETWORKS: Mapping[Network, str] = {Network.IN: "Y", Network.OUT: "N"}

# What a coverage beside the medical one is for, by the 834's HD03.
SERVICE_TYPES_OF: Mapping[str, str] = {"DEN": "35", "VIS": "AL", "PDG": "88"}

# NM101 of another payer, by the 834's COB01.
PAYERS: Mapping[str, str] = {"P": "PRP", "S": "SEP", "T": "TTP", "U": "PR"}

# INS02 of a dependent
RELATIONSHIPS = frozenset("01 19 20 39 40 53".split())
OTHER_RELATIONSHIP = "G8"

_PRODUCTS: Mapping[str, str] = {"HMO": "HM", "PPO": "PR", "POS": "PS", "EPO": "EP"}
_HMO = "HM"


def insurance_type(product: str, line: str) -> str:
    """EB04; empty for a product without a code. An HMO of a public program has that program's code.

    Which lines are public programs is the plan's setting `X12_INSURANCE_TYPES`.
    """
    code = _PRODUCTS.get(product.split(" ")[0].upper(), "")
    types: Mapping[str, str] = settings.X12_INSURANCE_TYPES
    return types.get(line, code) if code == _HMO else code


def decimal(value: Decimal) -> str:
    """An amount as X12 writes numbers: no needless zeros, no zero alone before the point."""
    text = format(value.normalize(), "f")
    return text[1:] if text.startswith("0.") else text


def share(percent: Decimal) -> str:
    """A percentage as EB08 writes it: 20 % is .2."""
    return decimal(percent / 100)
