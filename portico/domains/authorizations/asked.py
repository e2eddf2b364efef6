"""What is asked about requests, and why a search finds none: frozen values that every edge makes alike."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from portico.domains.authorizations.facts.shown import Listed, State

OPEN_ONES: Final = "open"
DECIDED_ONES: Final = "decided"
DECIDED: Final = frozenset({State.APPROVED, State.PARTLY, State.DENIED, State.NOT_NEEDED})
STATES: Final = (OPEN_ONES, DECIDED_ONES, *State)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which requests are meant: those `tax_id` is a party to, of which everything else given is true.

    `member_id` is the person's own or the policy's. An SSN and a name need the birth date. `number` is the
    plan's own of the request. `first_on` and `last_on` bound the days of service, either alone leaves the
    other end open. `state` is one of STATES, `kind` of requested.Kind. `line` empty: every line granted. An
    empty value was not given.
    """

    tax_id: str
    member_id: str = ""
    ssn: str = ""
    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None
    number: str = ""
    first_on: date | None = None
    last_on: date | None = None
    state: str = ""
    kind: str = ""
    line: str = ""

    @property
    def names_somebody(self) -> bool:
        """Does it name a person or a request, and not days alone?"""
        by_birth = bool(self.ssn or self.last_name) and self.birth_date is not None
        return bool(self.member_id or self.number) or by_birth

    @property
    def is_enough(self) -> bool:
        """Is there something to search by?"""
        return self.names_somebody or (self.first_on is not None and self.last_on is not None)


class NoAuthorizations(StrEnum):
    """Why a search finds no request; stable codes, each said in plain words at every door."""

    NOT_RECEIVED = "not_received"
    OTHER_TAX_ID = "other_tax_id"
    OTHER_LINE = "other_line"
    OUT_OF_RANGE = "out_of_range"
    OTHER_STATE = "other_state"
    OTHER_KIND = "other_kind"
    NOT_ENOUGH = "not_enough_to_search_by"
    SLOW_DOWN = "slow_down"
    SSN_SEARCH_OFF = "ssn_search_off"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of requests, the latest received first; `next_key` asks for the next one, None on the last."""

    rows: tuple[Listed, ...]
    next_key: str | None
    reference: str


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Why, the most useful first, and where there is something, as far as the actor's own grants reach.

    `tax_ids`, `lines`, `states` and `kinds` are those that have requests of whom or what was named;
    `earliest` and `latest` their first days of service. `again_at`: from when an SSN may be searched again.
    """

    reasons: tuple[NoAuthorizations, ...]
    tax_ids: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    again_at: datetime | None = None
    reference: str = ""
