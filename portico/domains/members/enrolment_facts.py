"""What an enrolment feed says of people: finished records that know nothing of the file's layout.

Every record carries its `place`, the number by which a reason points back into the file. They are named
tuples, for they are made by the million and a frozen dataclass costs six times as much to make.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Maintenance(StrEnum):
    """What a record asks to be done; the values are those of the 834 (INS03 and HD01)."""

    CHANGE = "001"
    DELETE = "002"
    ADD = "021"
    CANCEL = "024"
    REINSTATE = "025"
    CORRECT = "026"
    AUDIT = "030"


class RowReason(StrEnum):
    """Why a row was quarantined or flagged; stable codes."""

    UNKNOWN_PLAN_CODE = "unknown_plan_code"
    BEGIN_DATE_MISSING = "begin_date_missing"
    END_DATE_MISSING = "end_date_missing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    SEVERAL_PEOPLE_MATCH = "several_people_match"
    MEMBER_ID_OF_ANOTHER = "member_id_of_another"
    SUBSCRIBER_NUMBER_SHARED = "subscriber_number_shared"
    NOTHING_TO_REINSTATE = "nothing_to_reinstate"
    NOTHING_TO_END = "nothing_to_end"


class CannotApply(Exception):
    """A row cannot be applied: `reason` says why, `place` where in the file."""

    def __init__(self, reason: RowReason, place: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class SentName(NamedTuple):
    """A person's name and what identifies him; an empty value was not sent."""

    last_name: str
    first_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    birth_date: date | None = None
    ssn: str = ""


class SentContact(NamedTuple):
    """Where a person lives and is called."""

    address: str = ""
    address_more: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


class SentPcp(NamedTuple):
    """A primary care provider; without an NPI the name is all there is. `since` None: with the coverage."""

    npi: str = ""
    tax_id: str = ""
    name: str = ""
    since: date | None = None


class SentOther(NamedTuple):
    """Another payer's coverage."""

    order: str
    payer_name: str
    policy_number: str = ""
    first_on: date | None = None
    last_on: date | None = None


class SentCoverage(NamedTuple):
    """One coverage of a member's record; days None were not sent."""

    place: int
    maintenance: Maintenance
    product: str
    plan_code: str = ""
    level: str = ""
    first_on: date | None = None
    last_on: date | None = None
    changed_on: date | None = None
    premium_paid_to: date | None = None
    pcp: SentPcp | None = None
    others: tuple[SentOther, ...] = ()


class SentMember(NamedTuple):
    """One person of an enrolment feed; `own_id` is empty when the feed gives the person no ID of his own.

    `prior` is how the person was wrongly known before. `remarks` are reasons the reader flagged the row for.
    """

    place: int
    maintenance: Maintenance
    is_subscriber: bool
    relationship: str
    subscriber_number: str
    name: SentName
    own_id: str = ""
    is_corrected: bool = False
    prior: SentName | None = None
    sex: str = ""
    death_date: date | None = None
    contact: SentContact | None = None
    telephone: str = ""
    group_number: str = ""
    eligible_from: date | None = None
    eligible_to: date | None = None
    changed_on: date | None = None
    coverages: tuple[SentCoverage, ...] = ()
    remarks: tuple[str, ...] = ()
