"""What may be registered: account types, the user types offered for each, and which way each goes. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class AccountType(StrEnum):
    """What kind of office registers; the value is that of offices.Office.kind."""

    PHYSICIAN = "physician"
    MEDICAL_GROUP = "medical_group"
    HOSPITAL = "hospital"
    ANCILLARY = "ancillary"
    BILLING_COMPANY = "billing_company"
    """It works for other offices: it has no NPI, stands in no roster, and never comes in at once."""


class Path(StrEnum):
    """Which way an application goes: at once where it matches the provider file, or to the plan's desk."""

    INSTANT = "instant"
    QUEUE = "queue"


class Holds(StrEnum):
    """What the person who registers will act as."""

    BOTH = "both"
    """Administrator and end user: two linked personas with an open switch."""
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"
    """Does not register at all: is told who invites them."""


class Need(StrEnum):
    """What an applicant of this type must have at hand."""

    LICENCE = "licence"
    NPI = "npi"
    TAX_ID = "tax_id"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: a user type offered for an account type.

    `code` is stable and small letters with underscores; `says` is the line beside the choice. `needs` are
    asked for and looked at. `four_eyes`: two people of the plan have to say yes.
    """

    account_type: AccountType
    code: str
    name: str
    says: str
    path: Path
    holds: Holds
    needs: tuple[Need, ...]
    four_eyes: bool = False


_PERSON: Final = (Need.LICENCE, Need.NPI, Need.TAX_ID)
_PLACE: Final = (Need.NPI, Need.TAX_ID, Need.ADDRESS)
_COMPANY: Final = (Need.TAX_ID, Need.ADDRESS)


def _administrator(account_type: AccountType, needs: tuple[Need, ...], says: str) -> Offer:
    return Offer(
        account_type,
        "delegated_administrator",
        "Delegated administrator",
        says,
        Path.QUEUE,
        Holds.ADMINISTRATOR,
        needs,
    )


DEFAULT: Final[tuple[Offer, ...]] = (
    Offer(
        AccountType.PHYSICIAN,
        "solo_practitioner",
        "Solo practitioner",
        "You hold the licence and run the practice. You can be in today.",
        Path.INSTANT,
        Holds.BOTH,
        _PERSON,
    ),
    _administrator(
        AccountType.PHYSICIAN, _PERSON, "You run the office for the physician. The plan looks at it first."
    ),
    *(
        _administrator(
            each, _PLACE, "You say who in your organization may do what. The plan looks at it first."
        )
        for each in (AccountType.MEDICAL_GROUP, AccountType.HOSPITAL, AccountType.ANCILLARY)
    ),
    _administrator(
        AccountType.BILLING_COMPANY,
        _COMPANY,
        "You say who in your company works for which office. The plan looks at it first.",
    ),
    *(
        Offer(
            each,
            "staff",
            "Front desk, billing or other staff",
            "You work for somebody who is registered, or will be.",
            Path.QUEUE,
            Holds.NOBODY,
            (),
        )
        for each in AccountType
    ),
)
"""What may be registered where the plan has written no catalogue."""
