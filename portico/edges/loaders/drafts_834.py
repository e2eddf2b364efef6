"""What was read of one member so far, and the record it becomes."""

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
    member: dict[str, Any] = field(default_factory=dict)
    name: dict[str, Any] = field(default_factory=dict)
    prior: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    coverages: list[dict[str, Any]] = field(default_factory=list)
    pcp: dict[str, Any] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)
    tax_id: str = ""
    remarks: list[ReadReason] = field(default_factory=list)


def finished(draft: Draft) -> SentMember:
    """The member. Raises BadRow where what must be there is not."""
    if not draft.name:
        raise BadRow(ReadReason.NAME_MISSING, draft.place)
    if "subscriber_number" not in draft.member:
        raise BadRow(ReadReason.SUBSCRIBER_NUMBER_MISSING, draft.place)
    return SentMember(
        place=draft.place,
        name=SentName(**draft.name),
        prior=SentName(**draft.prior) if draft.prior else None,
        contact=SentContact(**draft.contact) if draft.contact else None,
        coverages=tuple(map(_coverage, draft.coverages)),
        remarks=tuple(draft.remarks),
        **draft.member,
    )


def _coverage(values_read: dict[str, Any]) -> SentCoverage:
    pcp, others = values_read.pop("pcp", None), values_read.pop("others", ())
    return SentCoverage(
        **values_read,
        pcp=SentPcp(**pcp) if pcp else None,
        others=tuple(SentOther(**other) for other in others),
    )
