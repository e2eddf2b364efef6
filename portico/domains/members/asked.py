"""What is asked about members, and why a search has no answer: frozen values that every edge makes alike."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class WhichId(StrEnum):
    """Which of the two a number has to be: the person's own member ID, or the policy's subscriber number."""

    EITHER = "either"
    OWN = "own"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class ByMemberId:
    """Search by the person's own member ID or by the subscriber number of the policy."""

    member_id: str
    which: WhichId = WhichId.EITHER


@dataclass(frozen=True, slots=True)
class BySsn:
    """Search by Social Security number; needs the birth date."""

    ssn: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class ByName:
    """Search by name; needs the last name and the birth date; a first name narrows it."""

    last_name: str
    birth_date: date
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person; whatever is given must agree. An empty value was not given."""

    member_id: str = ""
    ssn: str = ""
    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None
    which_id: WhichId = WhichId.EITHER


@dataclass(frozen=True, slots=True)
class ByFacts:
    """Search by all that is known at once, as programs ask (CAQH CORE 258 and 259).

    `person` is found by member ID with a last name or a birth date, by SSN with birth date, or by last name
    with birth date; what else was given must agree. With `is_subscriber`, a number that a family shares
    means its subscriber. With `dependent`, `person` is the subscriber, and the dependent is found on the
    same policy by first name or birth date; where both are given, the subscriber's member ID may stand alone.
    """

    person: Facts
    dependent: Facts | None = None
    is_subscriber: bool = False


@dataclass(frozen=True, slots=True)
class ByKey:
    """The one member that an earlier answer gave this opaque key."""

    key: str


@dataclass(frozen=True, slots=True)
class ByCoverageKey:
    """The member whose span of coverage an earlier answer gave this opaque key."""

    key: str


SearchBy = ByMemberId | BySsn | ByName | ByFacts | ByKey | ByCoverageKey


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Is this person covered on this day? Asked for a tax ID, in one line (None: every line granted)."""

    tax_id: str
    as_of: date
    by: SearchBy
    line: str | None = None


class NoAnswer(StrEnum):
    """Why a search has no answer; stable codes, each said in plain words at every door."""

    MEMBER_ID_NOT_FOUND = "member_id_not_found"
    SSN_NOT_FOUND = "ssn_not_found"
    NAME_NOT_FOUND = "name_not_found"
    TOO_MANY = "too_many"
    TOO_EARLY = "as_of_too_early"
    TOO_LATE = "as_of_too_late"
    SLOW_DOWN = "slow_down"
    SSN_SEARCH_OFF = "ssn_search_off"
    EXPIRED = "lookup_expired"
    NAME_DIFFERS = "name_differs"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    DEPENDENT_NOT_FOUND = "dependent_not_found"
    SEVERAL_FOUND = "several_found"
    NOT_ENOUGH = "not_enough_to_search_by"
    KEY_NOT_FOUND = "key_not_found"


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The reason, what may be asked instead, and the lines that were searched (the actor's own grants).

    `earliest` and `latest` bound the as-of date; `again_at` is the instant from which a throttled searcher
    may ask again. `also` holds further reasons of equal standing: a name and a birth date may both differ.
    `reference` is the audit row's, where programs ask. `of_dependent`: it is the dependent's facts that do
    not agree or do not suffice, not the subscriber's.
    """

    reason: NoAnswer
    lines_searched: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    again_at: datetime | None = None
    also: tuple[NoAnswer, ...] = ()
    reference: str = ""
    of_dependent: bool = False
