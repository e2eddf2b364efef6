"""What is unusual about look-ups, and through which door they came, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.domains.access.mirror import Flag, Pattern, Unusual
from portico.domains.permits.actors import Door

DOORS: Final[Mapping[str, str]] = {
    Door.WEB: "These pages",
    Door.X12: "Practice software (X12)",
    Door.FHIR: "An application (FHIR)",
}
WHAT: Final[Mapping[Pattern, str]] = {
    Pattern.MANY: "{who} looked up {count:,} members, {beside}.",
    Pattern.AT_NIGHT: "{who} looked up {count} members between 10 PM and 5 AM, and none at night before.",
    Pattern.IN_A_ROW: "{who} looked up {count} members whose IDs lie at even steps.",
    Pattern.BY_SEVERAL: "{count} people looked up the member {member}.",
    Pattern.NOTHING_FOUND: "{count} searches of {who} found nobody within an hour.",
    Pattern.REFUSED: "{count} questions of {who} about patients were refused.",
}
ASK: Final[Mapping[Pattern, str]] = {
    Pattern.MANY: "A list that was worked through, or somebody who was away, is the usual reason.",
    Pattern.AT_NIGHT: "Ask whether they worked that night, or whether somebody else used their sign-in.",
    Pattern.IN_A_ROW: "Families have IDs in a row; a row this long may be numbers that were tried out.",
    Pattern.BY_SEVERAL: "Ask whether the member was treated that day, or makes people curious.",
    Pattern.NOTHING_FOUND: "Numbers typed from a bad copy look like this; so do numbers that are guessed.",
    Pattern.REFUSED: "Perhaps something is missing that their work needs; or they look beyond it.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A flag in words, and what its button asks for."""

    day: date
    what: str
    ask: str
    fields: Mapping[str, str]


def said(flag: Flag, unusual: Unusual, tax_id: str) -> Said:
    """One flag in words; its button asks for that day, and for that person or member."""
    who = unusual.names.get(flag.user_id or 0, "") or "Somebody"
    what = WHAT[flag.pattern].format(who=who, count=flag.count, member=flag.member, beside=_beside(flag))
    day = f"{flag.day:%m/%d/%Y}"
    fields = {
        "first": day,
        "last": day,
        "tax_id": tax_id,
        "user": str(flag.user_id or ""),
        "member": flag.member or "",
    }
    shown = {name: value for name, value in fields.items() if value}
    return Said(flag.day, what, ASK[flag.pattern], shown)


def _beside(flag: Flag) -> str:
    if not flag.usual:
        return "and was not seen in the four weeks before"
    return f"where {flag.usual} a day are usual"
