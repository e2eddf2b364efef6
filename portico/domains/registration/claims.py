"""What an applicant says, and how it compares with what the plan has on file. Pure."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portico.domains.registration.catalogue_rows import AccountType


class Field(StrEnum):
    """What is compared."""

    LICENCE = "licence"
    NPI = "npi"
    TAX_ID = "tax_id"
    NAME = "name"
    PARTICIPATION = "participation"
    LICENCE_LIST = "licence_list"
    EXCLUSIONS = "exclusions"


class Finding(StrEnum):
    """What a comparison came to. The last two are a person's word: right all the same, or wrong."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    NOT_ACTIVE = "not_active"
    EXCLUDED = "excluded"
    NOT_LOADED = "not_loaded"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Basis(StrEnum):
    """What it was compared with, or how a person made sure."""

    PROVIDER_FILE = "provider_file"
    LICENCE_LIST = "licence_list"
    EXCLUSION_LIST = "exclusion_list"
    DOCUMENT = "document"
    CALL = "call"
    PUBLIC_REGISTRY = "public_registry"


class Reason(StrEnum):
    """Why an application did not go through at once; the applicant reads it in plain words.

    One field is named only where all others agree with one another: so nobody learns what is on file by
    trying numbers.
    """

    ALWAYS_REVIEWED = "always_reviewed"
    LICENCE_DIFFERS = "licence_differs"
    NPI_DIFFERS = "npi_differs"
    TAX_ID_DIFFERS = "tax_id_differs"
    NAME_DIFFERS = "name_differs"
    NOTHING_MATCHES = "nothing_matches"
    NOT_PARTICIPATING = "not_participating"
    LICENCE_NOT_ACTIVE = "licence_not_active"
    LICENCE_CLAIMED = "licence_claimed"
    OFFICE_EXISTS = "office_exists"
    TAX_ID_SHARED = "tax_id_shared"
    """Colleagues, or an organisation, bill under the tax ID too: whoever came in at once would stand over
    their patients.
    """
    BEING_CHECKED = "being_checked"
    """An exclusion, or anything else of which the applicant is told nothing before somebody has looked."""
    LOOKED_AT_AGAIN = "looked_at_again"
    """It had matched or was approved, and something is otherwise now; what, the applicant is not told."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an applicant says; every identifier in canonical form, "" where the type needs none.

    `regions` are codes of the plan's; `catalogue` is the version of the catalogue it was made under.
    """

    account_type: AccountType
    user_type: str
    catalogue: int
    regions: tuple[str, ...]
    first_name: str
    last_name: str
    email: str
    telephone: str
    office_name: str
    npi: str
    tax_ids: tuple[str, ...]
    licence_number: str = ""
    licence_state: str = ""
    address: str = ""
    city: str = ""
    state_code: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The terms an applicant agreed to: version and digest ("" where the plan has none), when, from where."""

    version: str
    digest: str
    at: datetime
    address: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field and what came of it; `as_of`: when the file or list was true, None where none was loaded."""

    field: Field
    finding: Finding
    basis: Basis
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How a claim compares with what is on file.

    `reason` is None where it goes through at once. `office_id`: an office that bills under a claimed tax ID
    already, known only where everything else agrees.
    """

    compared: tuple[Compared, ...]
    reason: Reason | None
    differs: tuple[Field, ...] = ()
    office_id: int | None = None
    roster: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """How the roster reaches the provider: (kind, value), kinds email, telephone, fax."""


def licence_key(typed: str) -> str:
    """A licence number as licence numbers are compared: capital letters and digits, leading zeros dropped."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper()).lstrip("0")[:40]
