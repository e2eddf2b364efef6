"""How access is spoken of where it is handed out: roles, why a box is closed, why something was refused."""

from collections.abc import Iterable, Mapping
from typing import Final

from portico.domains.access.delegating import choices
from portico.domains.access.delegating.ceiling_rules import Beyond, Fault
from portico.domains.access.delegating.confirming_rules import Hindrance as Unconfirmed
from portico.domains.access.delegating.reaching import Hindrance
from portico.domains.permits.actors import PersonaKind
from portico.domains.plan import catalogue
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import identifiers

ROLES: Final[Mapping[str, str]] = {
    "front_desk": "Front desk",
    "biller": "Biller",
    "authorization_coordinator": "Authorization coordinator",
    "clinician": "Clinician",
    "read_only": "Read only",
}
KINDS: Final[Mapping[PersonaKind, str]] = {
    PersonaKind.END_USER: "end user",
    PersonaKind.ADMINISTRATOR: "administrator",
}
WHY: Final[Mapping[str, str]] = {
    Beyond.FUNCTION: "You may not hand this out: what you were given does not name it. Another administrator "
    "or the plan can.",
    Beyond.TAX_ID: "You administer the office, but not under this tax ID. Another administrator or the plan "
    "can.",
    Beyond.PROVIDER: "What you were given does not cover this provider.",
    Beyond.LINE: "What you were given does not cover this line of business.",
    Beyond.REGION: "What you were given does not cover this region.",
    Beyond.DAY: "What you were given ends before that day.",
    choices.ALWAYS_ON: "Always on: everything else begins with it.",
    choices.NO_PATIENTS: "An administrator sees no patient data. It takes an end-user persona.",
}
WHY_EVERY: Final[Mapping[str, str]] = {
    Beyond.FUNCTION: "You may hand out some functions only, so you can pass on no more than those.",
    Beyond.PROVIDER: "You were given some providers only, so you name those you pass on.",
    Beyond.LINE: "You were given some lines of business only, so you name those you pass on.",
    Beyond.REGION: "You were given some regions only, so you name those you pass on.",
    Beyond.TAX_ID: "You may hand out nothing here at this moment.",
}
BEYOND: Final[Mapping[Beyond, str]] = {
    Beyond.FUNCTION: "you may not hand it out",
    Beyond.TAX_ID: "not under {values}",
    Beyond.PROVIDER: "not for {values}",
    Beyond.LINE: "not in {values}",
    Beyond.REGION: "not in {values}",
    Beyond.DAY: "not for as long as that",
}
EVERY: Final[Mapping[Beyond, str]] = {
    Beyond.PROVIDER: "every provider, also those to come",
    Beyond.LINE: "every line of business, also those to come",
    Beyond.REGION: "every region, also those to come",
}
FIELDS: Final[Mapping[Beyond, str]] = {
    Beyond.FUNCTION: "functions",
    Beyond.TAX_ID: "tax_ids",
    Beyond.PROVIDER: "providers",
    Beyond.LINE: "lines",
    Beyond.REGION: "regions",
    Beyond.DAY: "last_on",
}
CANNOT_GIVE: Final[Mapping[str, tuple[str, str]]] = {
    "no_tax_id": ("tax_ids", "Choose at least one tax ID."),
    "no_provider": ("providers", "Add at least one provider, or choose every provider."),
    "no_line": ("lines", "Choose at least one line of business, or every line."),
    "no_region": ("regions", "Choose at least one region, or every region."),
    "no_hands_out": ("hands_out", "Choose what they may hand out, or everything."),
    "unknown_tax_id": ("tax_ids", "The office no longer bills under {values}. Take it out."),
    "unknown_provider": ("providers", "No longer under the chosen tax IDs: {values}. Remove them."),
    "unknown_line": ("lines", "The plan no longer has {values}. Take it out."),
    "unknown_region": ("regions", "The plan no longer serves {values}. Take it out."),
    "unknown_hands_out": ("hands_out", "An office cannot hand out {values}."),
    "ends_before_it_begins": ("last_on", "This day is over. Choose today or a later one, or leave it empty."),
    "not_for_this_persona": ("functions", "This persona cannot hold {values}."),
    "always_on": ("functions", "Eligibility stays as long as anything else does."),
}
FAULTS: Final[Mapping[str, Mapping[str, str]]] = {
    "first_name": {"missing": "Enter the first name.", "bad": "Enter the name in letters."},
    "last_name": {"missing": "Enter the last name.", "bad": "Enter the name in letters."},
    "email": {
        "missing": "Enter the mail address the invitation goes to.",
        "bad": "Enter a mail address such as name@example.org.",
    },
    "telephone": {"bad": "Enter digits, such as 530 555 0193."},
}
TOO_LONG: Final = "This is too long."
BAD_USERNAME: Final = "Use 2 to 60 letters, digits, dots, dashes and underscores."
USERNAME_TAKEN: Final = "Another person has this username. Choose another one, or leave it empty."
CHANGED_MEANWHILE: Final = (
    "Somebody else changed this access since you opened it. What you see is yours; open the page again to "
    "see theirs."
)
LAST_ADMINISTRATOR: Final = (
    "This is the last administrator of the office, and without one nobody could be helped. Make another one "
    "first; then you can do this."
)
BEYOND_YOURS: Final = (
    "It goes further than you may hand out yourself. Another administrator or the plan can do it."
)
HINDRANCES: Final[Mapping[Hindrance, str]] = {
    Hindrance.OWN_ACCOUNT: "This is what you hold yourself, and nobody gives oneself anything. Another "
    "administrator changes it, or the plan.",
    Hindrance.DESK_ABOVE: "This person works at a desk of the plan that may do more. Somebody of Operations "
    "changes it.",
    Hindrance.BEYOND_CEILING: "This administrator may hand out more than you. Another administrator changes "
    "it, or the plan.",
}
UNCONFIRMED: Final[Mapping[Unconfirmed, str]] = {
    Unconfirmed.OWN_ACCOUNT: "It is for yourself: somebody else confirms it.",
    Unconfirmed.DESK_ABOVE: "This person works at a desk of the plan that may do more.",
    Unconfirmed.PROPOSED_BY_YOU: "You proposed it: another administrator confirms it, or the plan.",
    Unconfirmed.PLAN_CONFIRMS: "The plan confirms what offices hand out.",
    Unconfirmed.BEYOND_CEILING: "It goes further than you may hand out yourself: somebody else confirms it.",
}
CHANGES: Final[Mapping[str, str]] = {
    "created": "User made",
    "persona_added": "Persona added",
    "changed": "Access changed",
    "granted": "Access added",
    "request_approved": "Access request approved",
    "ended": "Access ended",
    "suspended": "Suspended",
    "restored": "Restored",
    "confirmed": "Access confirmed",
    "declined": "Access declined",
    "promoted": "Made administrator in somebody's place",
    "reviewed": "Taken away in the access review",
    "removed": "Suspended in the access review",
    "left": "Left the office",
    "provider_left": "A provider left the tax IDs",
}


def why(code: str) -> str:
    """Why a box is closed; "" where it is not."""
    return WHY.get(code, "") if code else ""


def fault(found: Fault) -> str:
    """In what something goes beyond what one may hand out."""
    values = ", ".join(named(found.beyond, found.values)) or EVERY.get(found.beyond, "")
    return f"{FUNCTION_NAMES[found.function]}: {BEYOND[found.beyond].format(values=values)}"


def named(beyond: Beyond, values: Iterable[str]) -> list[str]:
    """Tax IDs as people write them, lines and regions by name, NPIs as they are."""
    choosable = catalogue.choices()
    names = {each.code: each.name for each in (*choosable.lines, *choosable.regions)}
    if beyond is Beyond.TAX_ID:
        return [identifiers.format_tax_id(each) for each in values]
    return [f"NPI {each}" if beyond is Beyond.PROVIDER else names.get(each, each) for each in values]


def person_fault(field: str, code: str) -> str:
    """What is wrong with a field that describes a person."""
    return TOO_LONG if code == "too_long" else FAULTS.get(field, {}).get(code, "Check this.")
