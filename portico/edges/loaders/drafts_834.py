"""What was read of one member so far, and the record it becomes.

The values of a record are kept in a dict with all its fields in their order, for a record made of its values
costs a fraction of one made by keyword.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from portico.domains.members.enrolment_facts import (
    SentContact,
    SentCoverage,
    SentMember,
    SentName,
    SentOther,
    SentPcp,
)
from portico.edges.loaders.bad_rows import BadRow, ReadReason

_MEMBER = dict.fromkeys(SentMember._fields) | SentMember._field_defaults
COVERAGE = dict.fromkeys(SentCoverage._fields) | SentCoverage._field_defaults


class Loop(Enum):
    """Where in a member's loops the reader is."""

    MEMBER = auto()
    NAME = auto()
    PRIOR = auto()
    ELSEWHERE = auto()
    COVERAGE = auto()
    PCP = auto()
    OTHER_PAYER = auto()
    REPORTING = auto()


@dataclass(slots=True)
class Draft:
    """What was read of one member so far, as the values of the records it will become."""

    place: int
    allow_demo: bool
    loop: Loop = Loop.MEMBER
    member: dict[str, Any] = field(default_factory=_MEMBER.copy)
    name: dict[str, Any] | None = None
    prior: dict[str, Any] | None = None
    street: tuple[str, str] | None = None
    town: tuple[str, str, str] | None = None
    coverages: list[dict[str, Any]] = field(default_factory=list)
    pcp: dict[str, Any] | None = None
    others: list[dict[str, Any]] = field(default_factory=list)
    tax_id: str = ""
    remarks: list[ReadReason] = field(default_factory=list)


def finished(draft: Draft) -> SentMember:
    """The member. Raises BadRow where what must be there is not."""
    if not draft.name:
        raise BadRow(ReadReason.NAME_MISSING, draft.place)
    member = draft.member
    if not member["subscriber_number"]:
        raise BadRow(ReadReason.SUBSCRIBER_NUMBER_MISSING, draft.place)
    member["place"] = draft.place
    member["name"] = SentName._make(draft.name.values())
    member["prior"] = SentName._make(draft.prior.values()) if draft.prior else None
    member["contact"] = _contact(draft)
    member["coverages"] = tuple([_coverage(coverage) for coverage in draft.coverages])
    member["remarks"] = tuple(draft.remarks)
    return SentMember._make(member.values())


def _contact(draft: Draft) -> SentContact | None:
    if draft.street is None and draft.town is None:
        return None
    return SentContact(*(draft.street or ("", "")), *(draft.town or ("", "", "")))


def _coverage(coverage: dict[str, Any]) -> SentCoverage:
    if coverage["pcp"]:
        coverage["pcp"] = SentPcp._make(coverage["pcp"].values())
    coverage["others"] = tuple([SentOther(**other) for other in coverage["others"]])
    return SentCoverage._make(coverage.values())
