"""The question whether an authorization is required, as an office asks it, and the receipt it is given."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_rules import Answer, Basis, DecidedBy
from portico.domains.members import asked as members_asked
from portico.domains.members.asked import SearchBy


@dataclass(frozen=True, slots=True)
class Asked:
    """What an office asks: a code or a service type, on a day of service, under one of its tax IDs.

    With a patient the line and the plan are those that cover the patient that day; without, `line` is
    needed. `npi` is whoever would do it, `place` where. Nothing of the patient but the member ID is kept.
    """

    tax_id: str
    system: System
    code: str
    on: date
    line: str | None = None
    patient: SearchBy | None = None
    plan_code: str = ""
    place: str = ""
    npi: str = ""
    service_type: str = ""


class NoAnswer(StrEnum):
    """Why there is no answer; stable codes."""

    CODE_MALFORMED = "code_malformed"
    PLACE_MALFORMED = "place_malformed"
    LINE_MISSING = "line_missing"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    PATIENT = "patient"
    SEVERAL_PATIENTS = "several_patients"
    NOT_COVERED = "not_covered"
    PROVIDER_UNKNOWN = "provider_unknown"
    PLACE_NEEDED = "place_needed"
    PROVIDER_NEEDED = "provider_needed"
    NO_LIST = "no_list"


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """No answer was given, and no receipt. `search` says why no patient was found (reason PATIENT).

    `earliest` and `latest` bound the day that may be asked about.
    """

    reason: NoAnswer
    search: members_asked.NotAnswered | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class RequirementReceipt:
    """The answer as it was given. `holds`: its content still has the hash it was given with.

    `decider` is who decides: a vendor's or a medical group's name, "" for the plan or where the group
    is not known. `depends_on` names what was left open: plan_code. `changed_to` is what a later list answers
    ("" none does); the plan honours what was given.
    """

    reference: str
    office_name: str
    tax_id: str
    asked_at: datetime
    system: System
    code: str
    on: date
    line: str
    line_name: str
    plan_code: str
    place: str
    npi: str
    provider_name: str
    network: str
    member_id: str
    answer: Answer
    basis: Basis
    depends_on: tuple[str, ...]
    decided_by: DecidedBy
    decider: str
    decider_contact: str
    rule_key: str
    text: str
    citation: str
    document: str
    questionnaire: str
    version: str
    list_effective_on: date
    content_hash: str
    holds: bool
    changed_at: datetime | None = None
    changed_to: str = ""
    service_type: str = ""

    @property
    def is_required(self) -> bool:
        """Does somebody have to say yes before it is done?"""
        return self.answer is Answer.REQUIRED
