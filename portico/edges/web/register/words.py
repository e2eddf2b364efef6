"""What stands in the catalogue's codes, in words: account types, needs, and what business days read like."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from portico.domains.registration.catalogue_rows import AccountType, Need, Offer, Path
from portico.domains.registration.turnaround import Turnaround

ACCOUNT_TYPES: Final[Mapping[AccountType, tuple[str, str]]] = {
    AccountType.PHYSICIAN: ("Physician", "A practice of one physician or of a few, each with a licence."),
    AccountType.MEDICAL_GROUP: ("Medical group", "Several physicians who bill together, or an IPA."),
    AccountType.HOSPITAL: ("Hospital", "A hospital, or a health system with several."),
    AccountType.ANCILLARY: (
        "Ancillary facility or provider",
        "A laboratory, imaging, therapy, equipment, home health, pharmacy and the like.",
    ),
    AccountType.BILLING_COMPANY: (
        "Billing company",
        "A company that bills for offices which let it, and treats nobody itself.",
    ),
}
"""The name of each account type, and what it is."""

NEEDS: Final[Mapping[Need, tuple[str, str]]] = {
    Need.LICENCE: ("Your licence", "Its number and the state that gave it, as they stand on the licence."),
    Need.NPI: ("Your NPI", "The ten digits of the National Provider Identifier you bill with."),
    Need.TAX_ID: (
        "Your tax ID",
        "The nine digits you bill under; all of them, if there are several. They stand on your claims.",
    ),
    Need.ADDRESS: ("The address", "Where the organization is, as the plan has it in your contract."),
}
"""What an applicant needs at hand, and where to find it."""
OF_A_COMPANY: Final[Mapping[Need, tuple[str, str]]] = {
    Need.TAX_ID: (
        "The company's tax ID",
        "The nine digits of your own company, not those of the offices you bill for.",
    ),
    Need.ADDRESS: ("The address", "Where the company is, as it stands on its W-9."),
}
"""The same of a billing company, where it is otherwise."""
WITH_A_COMPANY: Final = (
    "The company's W-9",
    "You can hand it in once this is sent. The plan lets no billing company in before it has seen a proof.",
)

ALSO_AT_HAND: Final = (
    ("A mail address of your own", "We write there. Nobody else should read it: a link comes to it."),
    ("About ten minutes", "You may stop at any step; what you filled in is kept for a week in this browser."),
)
PATHS: Final[Mapping[Path, str]] = {
    Path.INSTANT: "If these agree with what the plan has on file, you choose username and password at once.",
    Path.QUEUE: "The plan looks at every request of this kind. Its goal is two business days.",
}
FURTHER_LABELS: Final[Mapping[str, str]] = {"regions": "Regions", "terms": "Terms of use"}


def at_hand(offer: Offer) -> list[tuple[str, str]]:
    """What somebody needs at hand to register so."""
    if offer.account_type is not AccountType.BILLING_COMPANY:
        return [NEEDS[each] for each in offer.needs]
    return [*(OF_A_COMPANY.get(each, NEEDS[each]) for each in offer.needs), WITH_A_COMPANY]


def account_type(code: str) -> str:
    """The name of an account type."""
    return ACCOUNT_TYPES[AccountType(code)][0]


def business_days(length: Decimal) -> str:
    """A length of business time: `1 business day`, `1.5 business days`; words for less than a tenth."""
    tenths = length.quantize(Decimal("0.1"))
    if tenths <= 0:
        return "less than a tenth of a business day"
    plain = format(tenths.normalize(), "f")
    return f"{plain} business day{'' if plain == '1' else 's'}"


def turnaround(lately: Turnaround) -> str:
    """How long the plan really took in the last 90 days, in a sentence or two."""
    if lately.median is None or lately.slowest_tenth is None:
        return "The plan's goal is two business days. Nothing had to be decided in the last 90 days."
    if lately.count == 1:
        return (
            f"The one registration that was decided in the last 90 days took {business_days(lately.median)}."
        )
    return (
        f"{lately.count:,} registrations were decided in the last 90 days: half of them within "
        f"{business_days(lately.median)}, nine in ten within {business_days(lately.slowest_tenth)}, and "
        f"{lately.within_goal}% within the goal of two business days."
    )
