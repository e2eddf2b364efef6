"""The headings services stand under in a Schedule of Benefits; our own words, by service type code."""

from collections.abc import Iterable, Mapping
from typing import Final

from portico.domains.members.answers import ServiceBenefit

OTHER: Final = "Other services"
AT_A_GLANCE: Final = (
    ("98", "Office visit"),
    ("A0", "Outpatient visit"),
    ("3", "Specialist"),
    ("UC", "Urgent care"),
    ("86", "Emergency"),
    ("5", "Laboratory"),
    ("4", "X-ray"),
    ("48", "Hospital stay"),
)
_HEADINGS: Final[Mapping[str, str]] = {
    "Office visits": "1 3 98 A0 A3 BY BZ 30 80 81 82 68 20 93",
    "Emergency and urgent care": "86 UC 52 51 59",
    "Hospital care": "47 48 49 50 99 2 7 8 13 53 6 78 69 65 76",
    "Diagnostic services": "4 5 73 62 66",
    "Rehabilitation and home care": "33 AD AE AF 42 45 AG BF BG BH A9 AC",
    "Mental health and substance use": "MH A4 A5 A6 A7 A8 AI AJ",
    "Medicine, equipment and supplies": "88 12 18 DM",
    "Dental, vision and hearing": "35 AL AM AO 23 71 40",
}
_OF: Final = {
    code: (position, name)
    for position, (name, codes) in enumerate(_HEADINGS.items())
    for code in codes.split()
}


def of(service_type: str) -> str:
    """The heading of a service type; `Other services` for one we do not know."""
    return _OF.get(service_type, (len(_HEADINGS), OTHER))[1]


def ordered(services: Iterable[ServiceBenefit]) -> list[tuple[str, ServiceBenefit]]:
    """The services with their headings, heading by heading, each in the order given."""
    ranked = sorted(services, key=lambda each: _OF.get(each.service_type, (len(_HEADINGS), OTHER))[0])
    return [(of(each.service_type), each) for each in ranked]
