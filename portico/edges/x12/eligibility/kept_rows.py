"""What a row of a batch keeps of its 270, and a row turned back into a request and what came of it.

The frame holds what many rows share: the ISA, each GS, each set's header. A row's own echo is its place in
that frame, its request and its problems, and the names that the page of the batch shows.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from portico.domains.members.answers import Answered
from portico.domains.members.asked import (
    ByFacts,
    ByMemberId,
    ByName,
    BySsn,
    Facts,
    Inquiry,
    NoAnswer,
    NotAnswered,
)
from portico.domains.members.batches import BatchView, RowView
from portico.domains.members.batches import Outcome as RowOutcome
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.plan.catalogue import Identity
from portico.edges.x12.eligibility import codes, requests
from portico.edges.x12.eligibility.outcomes import Failed, Outcome, Refused
from portico.edges.x12.eligibility.refusals import Problem
from portico.edges.x12.eligibility.requests import Header, Name, Party, Person, Request
from portico.edges.x12.eligibility.writer import Settled
from portico.shared.x12.dates import format_d8
from portico.shared.x12.headers import GroupHeader, InterchangeHeader

_PLACE, _REQUEST, _PROBLEMS = "at", "request", "problems"


class Place(NamedTuple):
    """Where a row's set stands: its group and the set itself, counted from 0 in the frame."""

    group: int
    set: int


@dataclass(slots=True)
class Frame:
    """What the rows of a file share; the answer's interchange goes back to whom the first came from."""

    interchanges: list[InterchangeHeader] = field(default_factory=list)
    groups: list[GroupHeader] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    _of: tuple[InterchangeHeader, GroupHeader] | None = None

    @property
    def interchange(self) -> InterchangeHeader:
        """The first interchange's header."""
        return self.interchanges[0]

    def add(self, interchange: InterchangeHeader, group: GroupHeader, header: Header) -> Place:
        """Takes in one more set; answers its place."""
        if self._of != (interchange, group):
            self._of = (interchange, group)
            self.interchanges += [] if self.interchanges else [interchange]
            self.groups.append(group)
        self.headers.append(header)
        return Place(len(self.groups) - 1, len(self.headers) - 1)

    def text(self) -> str:
        """The frame as a text that `of` reads."""
        held = {
            "interchanges": list(map(asdict, self.interchanges)),
            "groups": list(map(asdict, self.groups)),
            "headers": list(map(requests.as_json, self.headers)),
        }
        return json.dumps(held, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> "Frame":
        """The frame that `text` was made of."""
        held = json.loads(text)
        return cls(
            [InterchangeHeader(**each) for each in held["interchanges"]],
            [GroupHeader(**each) for each in held["groups"]],
            [Header(**each) for each in held["headers"]],
        )


def made_up_frame(view: BatchView, plan: Identity) -> Frame:
    """The frame of a batch that no 270 asked: one set, from the office's tax ID to the plan."""
    day, time = format_d8(view.created_at.date()), f"{view.created_at:%H%M}"
    payer, office = plan.payer_id[:15] or "PLAN", view.tax_id or "OFFICE"
    interchange = InterchangeHeader(
        sender_qualifier="30" if view.tax_id else "ZZ",
        sender=office,
        receiver=payer,
        date=day[2:],
        time=time,
        control_number="000000001",
    )
    group = GroupHeader(
        functional_id="HS",
        sender=office,
        receiver=payer,
        date=day,
        time=time,
        control_number="1",
        version=codes.GUIDE,
    )
    return Frame([interchange], [group], [Header(reference=view.id.hex)])


def echo(place: Place, request: Request, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """What a row keeps beside its question; the request as one text, since a file may have many thousands."""
    name, birth = request.patient.name, request.patient.birth
    return {
        _PLACE: list(place),
        _REQUEST: json.dumps(requests.as_json(request), separators=(",", ":")),
        **({_PROBLEMS: list(problems)} if problems else {}),
        "member_id": request.subscriber.name.id,
        "last_name": name.last,
        "first_name": name.first,
        "birth_date": f"{birth[4:6]}/{birth[6:]}/{birth[:4]}" if birth else "",
    }


def place(row: RowView) -> Place:
    """Where a row's set stands; the one set of a frame made up, for a row of another source."""
    return Place(*row.echo[_PLACE]) if _PLACE in row.echo else Place(0, 0)


def settled(row: RowView) -> Settled:
    """The row as the writer takes it."""
    if _REQUEST in row.echo:
        problems = tuple(map(Problem, row.echo.get(_PROBLEMS, ())))
        request = requests.request_of(json.loads(row.echo[_REQUEST]))
        return Settled(request, _outcome(row), problems)
    if row.inquiry is None:
        raise ValueError("a row that asks nothing has no 271")
    return Settled(_made_up(row.inquiry, row.position), _outcome(row))


def _outcome(row: RowView) -> Outcome:
    """What came of a row; a member in a line that is no longer granted is not found."""
    if row.is_withheld:
        return NotAnswered(NoAnswer.MEMBER_ID_NOT_FOUND, reference=row.reference)
    if isinstance(row.answer, Decision):
        return Refused(row.answer, row.reference)
    if isinstance(row.answer, (Answered, NotAnswered)):
        return row.answer
    return _refused_unasked(row) if row.outcome is RowOutcome.REFUSED else Failed(row.reference)


def _refused_unasked(row: RowView) -> Refused:
    """A row of somebody who may no longer ask at all: only the reason was kept."""
    asked = Question(Function.ELIGIBILITY, row.inquiry.tax_id if row.inquiry else None)
    return Refused(Decision(asked, False, reasons=(Reason(row.reason),)), row.reference)


def _made_up(inquiry: Inquiry, position: int) -> Request:
    """A request that asks what the inquiry does."""
    person, dependent = _facts(inquiry)
    return Request(
        source=Party("1"),
        receiver=Party("2", Name("1P", "2", "OFFICE", id_kind="FI", id=inquiry.tax_id)),
        subscriber=_person(person, "IL", f"{position}"),
        dependent=_person(dependent, "03", f"{position}D") if dependent else None,
    )


def _facts(inquiry: Inquiry) -> tuple[Facts, Facts | None]:
    match inquiry.by:
        case ByFacts(person, dependent):
            return person, dependent
        case ByMemberId(member_id):
            return Facts(member_id=member_id), None
        case BySsn(ssn, birth_date):
            return Facts(ssn=ssn, birth_date=birth_date), None
        case ByName(last_name, birth_date, first_name):
            return Facts(last_name=last_name, first_name=first_name, birth_date=birth_date), None
        case _:
            return Facts(), None


def _person(facts: Facts, role: str, level: str) -> Person:
    return Person(
        level=level,
        name=Name(
            role,
            "1",
            facts.last_name,
            facts.first_name,
            id_kind="MI" if facts.member_id else "",
            id=facts.member_id,
        ),
        birth=format_d8(facts.birth_date) if facts.birth_date else "",
    )
