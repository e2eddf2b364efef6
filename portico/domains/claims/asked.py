"""What is asked about claims, and why a search finds none: frozen values that every edge makes alike."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Lines(StrEnum):
    """Which lines of business a list shows: all, those of groups, or those people buy for themselves."""

    ALL = "all"
    GROUP = "group"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims are meant: those sent under `tax_id` of which everything else that is given is true.

    `subscriber_id` is the number of the policy, or the person's own. `first_on` and `last_on` bound the days
    of service; either alone leaves the other end open. `status` is one of rules.Status, or ADJUSTED. `line`
    empty: every line granted. Of `first_name` the first word counts, since a middle name may
    follow it. An empty value was not given.
    """

    tax_id: str
    subscriber_id: str = ""
    claim_number: str = ""
    patient_control_number: str = ""
    first_on: date | None = None
    last_on: date | None = None
    status: str = ""
    lines: Lines = Lines.ALL
    line: str = ""
    provider_npi: str = ""
    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None
    billed: Decimal | None = None

    @property
    def names_somebody(self) -> bool:
        """Does it name a person or a claim, and not days alone?"""
        return bool(self.subscriber_id or self.claim_number or self.patient_control_number)

    @property
    def is_enough(self) -> bool:
        """Is there something to search by?"""
        return self.names_somebody or (self.first_on is not None and self.last_on is not None)


class NoClaims(StrEnum):
    """Why a search finds no claim; stable codes, each said in plain words at every door."""

    NOT_RECEIVED = "not_received"
    OTHER_TAX_ID = "other_tax_id"
    OTHER_LINE = "other_line"
    OUT_OF_RANGE = "out_of_range"
    OTHER_STATUS = "other_status"
    NOT_ENOUGH = "not_enough_to_search_by"


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Why, the most useful first, and where there is something, as far as the actor's own grants reach.

    `tax_ids`, `lines` and `statuses` are those that have claims of whom or what was named; `earliest` and
    `latest` the first days of service there are. `reference` is the audit row's.
    """

    reasons: tuple[NoClaims, ...]
    tax_ids: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    data_as_of: datetime | None = None
    reference: str = ""
