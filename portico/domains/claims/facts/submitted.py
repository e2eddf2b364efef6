"""A claim or an encounter as it was submitted: what an 837 says, in this domain's words."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portico.domains.claims.facts.adjusted import Adjusted


class Form(StrEnum):
    """Which kind of claim: 837P or 837I."""

    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"


class Rank(StrEnum):
    """Which payer this plan is for the claim (SBR01)."""

    PRIMARY = "P"
    SECONDARY = "S"
    TERTIARY = "T"


class DiagnosisKind(StrEnum):
    """What a diagnosis stands for."""

    PRINCIPAL = "principal"
    ADMITTING = "admitting"
    REASON_FOR_VISIT = "reason"
    EXTERNAL_CAUSE = "external"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is."""

    street: str = ""
    more: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A provider, an office or a payer in a claim; `name` is the last name or that of an organisation.

    `tax_id` and `npi` are empty where the claim names none; `payer_number` is the plan's own for it.
    """

    name: str = ""
    first_name: str = ""
    is_person: bool = False
    npi: str = ""
    tax_id: str = ""
    payer_number: str = ""
    taxonomy: str = ""
    address: Address = Address()
    contact_name: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """A person in a claim. `member_id` as sent; `relationship` to the subscriber as in the 837 (18: self)."""

    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    birth_date: date | None = None
    sex: str = ""
    member_id: str = ""
    relationship: str = "18"
    address: Address = Address()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis: the code without its dot."""

    code: str
    kind: DiagnosisKind
    present_on_admission: str = ""


@dataclass(frozen=True, slots=True)
class SentService:
    """A service line. `place` is its LX segment's number in the interchange, 0 where it came otherwise.

    `code_kind` is HC (CPT or HCPCS), HP (HIPPS), ER, WK, IV, N4 or empty where only a revenue code is given.
    `unit` is UN, MJ, DA or F2. `pointers` count the claim's diagnoses from 1.
    """

    number: int
    billed: Decimal
    first_on: date | None
    last_on: date | None
    code_kind: str = ""
    code: str = ""
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    unit: str = "UN"
    units: Decimal = Decimal(1)
    place_of_service: str = ""
    pointers: tuple[int, ...] = ()
    description: str = ""
    control_number: str = ""
    drug_code: str = ""
    drug_units: Decimal | None = None
    drug_unit: str = ""
    rendering: Party | None = None
    adjustments: tuple[Adjusted, ...] = ()
    other_paid: Decimal | None = None
    place: int = 0
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """What another payer had to do with the claim."""

    rank: str
    name: str
    payer_number: str = ""
    member_id: str = ""
    filing: str = ""
    paid: Decimal | None = None
    paid_on: date | None = None
    adjustments: tuple[Adjusted, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentClaim:
    """A claim (CLM) with all it hangs on; `place` is the number of its CLM in the interchange, else 0.

    `facility` is the place of service, or the first two digits of the type of bill; `frequency` 1 original,
    7 replacement, 8 void. `original_number` is the plan's number of the claim it replaces or voids (REF*F8).
    `is_encounter` says that BHT06 is RP. `written_on` is the day of BHT04. `tracking_number` is REF*D9.
    `carried` is what the file said beside, which nothing here asks for: it is handed on as it came.
    """

    form: Form
    patient_control_number: str
    billed: Decimal
    subscriber: Patient
    billing: Party
    services: tuple[SentService, ...]
    patient: Patient | None = None
    facility: str = ""
    frequency: str = "1"
    original_number: str = ""
    tracking_number: str = ""
    authorization_number: str = ""
    referral_number: str = ""
    is_encounter: bool = False
    rank: str = "P"
    filing: str = ""
    group_number: str = ""
    first_on: date | None = None
    last_on: date | None = None
    admitted_on: date | None = None
    admission_type: str = ""
    admission_source: str = ""
    discharge_status: str = ""
    accident_on: date | None = None
    written_on: date | None = None
    drg: str = ""
    patient_paid: Decimal | None = None
    pay_to: Party | None = None
    rendering: Party | None = None
    referring: Party | None = None
    attending: Party | None = None
    service_place: Party | None = None
    payer: Party = field(default_factory=Party)
    diagnoses: tuple[Diagnosis, ...] = ()
    procedures: tuple[str, ...] = ()
    other_payers: tuple[OtherPayer, ...] = ()
    note: str = ""
    place: int = 0
    carried: tuple[str, ...] = ()

    @property
    def treated(self) -> Patient:
        """Who was treated: the patient where one is named, else the subscriber."""
        return self.patient or self.subscriber

    @property
    def starts_on(self) -> date | None:
        """The first day of service: the statement's, else the earliest of the lines; None without any."""
        days = [line.first_on for line in self.services if line.first_on]
        return self.first_on or min(days, default=None)

    @property
    def ends_on(self) -> date | None:
        """The last day of service: the statement's, else the latest of the lines; None without any."""
        days = [line.last_on or line.first_on for line in self.services if line.last_on or line.first_on]
        return self.last_on or max((day for day in days if day), default=None)
