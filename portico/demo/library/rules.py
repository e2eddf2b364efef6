"""How the plan works in each line of business, as its manual says it, and whom to call."""

from dataclasses import dataclass
from typing import Final

from portico.demo import lines

EMPLOYER: Final = ("employer-hmo", "employer-ppo", "employer-epo")
_FIVE_DAYS, _SEVEN_DAYS, _THREE_DAYS = "5 business days", "7 calendar days", "72 hours"
_THIRTY, _FORTY_FIVE = "30 calendar days", "45 calendar days"


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs from line to line; days count as the manual says. `tags`: what texts mark lines by.

    `others`: the products without a PCP of a line whose plans mostly have one.
    """

    tags: frozenset[str]
    filing_days: int
    dispute_days: int
    appeal_days: int
    pay_days: str
    routine: str
    others: str = ""
    urgent: str = _THREE_DAYS


def _rules(
    tags: str, filing: int, dispute: int, appeal: int, pay: str, routine: str, others: str = ""
) -> Rules:
    return Rules(frozenset(tags.split()), filing, dispute, appeal, pay, routine, others)


OF: Final[dict[str, Rules]] = {
    "employer-hmo": _rules("hmo employer", 180, 365, 180, _THIRTY, _FIVE_DAYS),
    "employer-ppo": _rules("ppo employer", 180, 365, 180, _THIRTY, _FIVE_DAYS),
    "employer-epo": _rules("epo employer", 180, 365, 180, _THIRTY, _FIVE_DAYS),
    "medicare-advantage": _rules("hmo mixed medicare", 365, 120, 65, _THIRTY, _SEVEN_DAYS, "PPO"),
    "medi-cal": _rules("hmo free", 180, 365, 60, _FORTY_FIVE, _FIVE_DAYS),
    "cal-mediconnect": _rules("hmo dual free", 365, 180, 65, _THIRTY, _SEVEN_DAYS),
    "individual-family": _rules("hmo mixed", 180, 365, 180, _THIRTY, _FIVE_DAYS, "PPO and EPO"),
    "individual-medicare-advantage": _rules("hmo mixed medicare", 365, 120, 65, _THIRTY, _SEVEN_DAYS, "PPO"),
}

PHONES: Final = {
    "phone": "1-800-555-0142",
    "member_phone": "1-800-555-0143",
    "behavioral_phone": "1-800-555-0144",
    "interpreter_phone": "1-800-555-0145",
    "pharmacy_phone": "1-800-555-0146",
    "pharmacy_fax": "1-800-555-0147",
    "claims_fax": "1-800-555-0148",
    "dispute_fax": "1-800-555-0149",
    "appeal_fax": "1-800-555-0158",
    "case_fax": "1-800-555-0159",
    "member_fax": "1-800-555-0160",
    "ride_phone": "1-800-555-0161",
    "ride_fax": "1-800-555-0162",
    "privacy_phone": "1-800-555-0163",
    "fraud_phone": "1-800-555-0164",
}
OTHERS: Final = {
    "payer_id": "99999",
    "support_email": "provider.services@example.org",
    "dispute_box": "9029",
}
REGION_NEWS: Final = {
    "north-lakes": "New here: a therapy practice in Pinefall, two family nurse practitioners at "
    "Osprey Point, and evening appointments for children in Tarn Harbor.",
    "gold-valley": "New here: an imaging center in Delta Fork with MRI on Saturdays, and a "
    "dialysis center in Sluice.",
    "harbor-coast": "New here: a clinic for women's health in Kelp Landing, and skin consultations by "
    "video from Marlow Bay.",
    "inland-basin": "New here: a laboratory in Salt Flat, and a heart specialist who comes to "
    "Date City each second Tuesday.",
    "mission-plain": "New here: three Spanish-speaking therapists in Santa Orla, and an urgent "
    "care center in Vinedale that is open until ten.",
    "cedar-highlands": "New here: a mobile mammography van for Snowline and Ursa, and physical "
    "therapy in High Meadow.",
}


def tags(line: str) -> frozenset[str]:
    """What a line is marked by: its code, and what it has in common with others."""
    return OF[line].tags | {line}


def auth_fax(line: str) -> str:
    """Where authorizations of a line are faxed to."""
    return f"1-800-555-{150 + lines.CODES.index(line):04d}"


def claims_box(line: str) -> str:
    """The post box of a line for paper claims."""
    return str(9011 + lines.CODES.index(line))
