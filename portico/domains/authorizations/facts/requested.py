"""A request as an office sends it, by page or by 278.

And what is said before it is sent, or why it is not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from portico.domains.members.asked import SearchBy


class Kind(StrEnum):
    """What is asked for."""

    AUTHORIZATION = "authorization"
    REFERRAL = "referral"
    ADMISSION = "admission"


class Level(StrEnum):
    """How soon an answer is needed: `expedited` where waiting could harm the patient."""

    STANDARD = "standard"
    EXPEDITED = "expedited"


class System(StrEnum):
    """What a code is one of: X12 service types, HCPCS and CPT codes, revenue codes."""

    SERVICE_TYPE = "service_type"
    PROCEDURE = "procedure"
    REVENUE = "revenue"


class Unit(StrEnum):
    """What is counted, as in the 278."""

    UNITS = "UN"
    VISITS = "VS"
    DAYS = "DY"
    HOURS = "HS"
    MONTHS = "MO"


class Role(StrEnum):
    """As what an office stands in a request."""

    REQUESTING = "requesting"
    SERVICING = "servicing"
    FACILITY = "facility"
    PCP = "pcp"


@dataclass(frozen=True, slots=True)
class PartySent:
    """A provider of a request.

    Of the tax ID and the name what the sender knows, the provider file says the rest.
    """

    npi: str
    tax_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ServiceSent:
    """One service asked for, from … to …, so many units. `service_type` may stand alone.

    Or `code` with it.
    """

    quantity: Decimal
    unit: Unit
    first_on: date
    last_on: date
    service_type: str = ""
    system: System = System.PROCEDURE
    code: str = ""
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """All that an office says when it asks. `tax_id` is the office's own, under which it asks.

    `line` None: the one that covers the patient on the first day. `requesting` is who orders it; `servicing`
    who does it and `facility` where, either None when not known yet. `urgency` says why an expedited one
    cannot wait. `answers` are those to the questionnaire, by the question's id. `admitted_at` belongs to an
    admission. `requirement` is the reference of an answer held that said so. `partner_reference` is the
    sender's own number (278: BHT03). `sends_anyway`: warnings were shown, and it is sent nevertheless.
    """

    kind: Kind
    tax_id: str
    patient: SearchBy
    requesting: PartySent
    services: tuple[ServiceSent, ...]
    diagnoses: tuple[str, ...] = ()
    level: Level = Level.STANDARD
    line: str | None = None
    servicing: PartySent | None = None
    facility: PartySent | None = None
    place: str = ""
    urgency: str = ""
    questionnaire: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    admitted_at: datetime | None = None
    contact_name: str = ""
    contact_telephone: str = ""
    requirement: str = ""
    partner_reference: str = ""
    draft: UUID | None = None
    follows: UUID | None = None
    sends_anyway: bool = False


class Fault(StrEnum):
    """Why a request is not taken; stable codes, each said in plain words at every door."""

    PATIENT_NOT_FOUND = "patient_not_found"
    SEVERAL_PATIENTS = "several_patients"
    NOT_COVERED = "not_covered"
    REQUESTING_UNKNOWN = "requesting_unknown"
    REQUESTING_NOT_OURS = "requesting_not_ours"
    SERVICING_UNKNOWN = "servicing_unknown"
    SERVICING_MISSING = "servicing_missing"
    FACILITY_UNKNOWN = "facility_unknown"
    FACILITY_MISSING = "facility_missing"
    NO_SERVICES = "no_services"
    TOO_MANY_SERVICES = "too_many_services"
    CODE_MALFORMED = "code_malformed"
    CODE_MISSING = "code_missing"
    QUANTITY_WRONG = "quantity_wrong"
    DATES_WRONG = "dates_wrong"
    DATES_TOO_FAR = "dates_too_far"
    DIAGNOSIS_MISSING = "diagnosis_missing"
    DIAGNOSIS_MALFORMED = "diagnosis_malformed"
    URGENCY_MISSING = "urgency_missing"
    ANSWER_MISSING = "answer_missing"
    ANSWER_WRONG = "answer_wrong"
    ADMISSION_TIME_MISSING = "admission_time_missing"
    ADMISSION_TIME_WRONG = "admission_time_wrong"
    TOO_LONG = "too_long"
    SENT_BEFORE = "sent_before"


class Warning(StrEnum):
    """What is said before a request is sent, and hinders nobody from sending it."""

    DUPLICATE = "duplicate"
    COVERAGE_ENDS = "coverage_ends"
    COVERAGE_ENDED = "coverage_ended"
    NOT_REQUIRED = "not_required"
    OTHER_DECIDES = "other_decides"
    OUT_OF_NETWORK = "out_of_network"
    PCP_DIFFERS = "pcp_differs"
    NO_PCP = "no_pcp"
    NOTICE_LATE = "notice_late"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault or a warning: where (a field of Request; the place of a service from 1), and what it is about.

    `about` is a code, a day or a number the office may see, such as that of the request it doubles.
    """

    code: Fault | Warning
    field: str = ""
    service: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that was taken: its number, and what became of it at once."""

    authorization: UUID
    number: str
    state: str
    due_at: datetime | None
    warnings: tuple[Problem, ...] = ()
    was_sent_before: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing was kept: the faults, or the warnings that wait for `sends_anyway`. At least one of either."""

    faults: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ServiceChecked:
    """What the plan's list says of a service before it is sent: whether it needs a yes, by whom, and why.

    `answer` is a code of requirement_rules.Answer; `decider` is empty where the plan decides. `questionnaire`
    is the key of the questions that go with it. `text` and `citation` are those of the rule.
    """

    answer: str
    decider: str = ""
    decider_contact: str = ""
    questionnaire: str = ""
    text: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A request looked at, and not kept: the line it would be in, its faults and warnings, both maybe none.

    `services` has one for each service, unless a fault kept it from being looked up.
    """

    faults: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    line: str = ""
    services: tuple[ServiceChecked, ...] = ()
    reference: str = ""
