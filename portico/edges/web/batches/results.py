"""A row of a batch as people read it: the same words on the page and in the files one takes home."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portico.domains.members.answers import Answered, Told
from portico.domains.members.asked import ByFacts, Facts
from portico.domains.members.batches import RowView
from portico.edges.web.batches import columns, words
from portico.edges.web.members import words as members_words

_TYPED = (columns.MEMBER_ID, columns.LAST_NAME, columns.FIRST_NAME)


@dataclass(frozen=True, slots=True)
class Result:
    """A row in words; what is not known or not open is empty."""

    locator: str
    asked_name: str
    asked_id: str
    asked_birth_date: date | None
    as_of: date | None
    status: str
    tone: str
    member_name: str = ""
    member_id: str = ""
    plan: str = ""
    plan_code: str = ""
    line: str = ""
    begins: date | None = None
    ends: date | None = None
    pcp: str = ""
    pcp_standing: str = ""
    other_coverage: str = ""
    why: str = ""
    todo: str = ""
    same_as: str = ""
    reference: str = ""


def of(rows: Sequence[RowView]) -> tuple[Result, ...]:
    """The rows in words, in their order."""
    return tuple(map(of_row, rows))


def of_row(row: RowView) -> Result:
    """One row in words."""
    asked = _asked(row)
    if isinstance(row.answer, Answered):
        return _answered(asked, row.answer.told[0])
    said = words.of_row(row)
    asked = replace(asked, why=said.why, todo=said.todo)
    return replace(asked, status="Withheld", tone="caution") if row.is_withheld else asked


def _asked(row: RowView) -> Result:
    (status, tone), facts = words.OUTCOMES[row.outcome], _facts(row)
    return Result(
        locator=row.locator,
        asked_name=", ".join(filter(None, (facts.last_name, facts.first_name))),
        asked_id=facts.member_id,
        asked_birth_date=facts.birth_date,
        as_of=row.inquiry.as_of if row.inquiry else None,
        status=status,
        tone=tone,
        same_as="" if row.same_as is None else f"row {row.same_as}",
        reference=row.reference,
    )


def _facts(row: RowView) -> Facts:
    """Whom a row asks about, a dependent with the policy's number; as typed where it could not be read."""
    by = row.inquiry.by if row.inquiry else None
    if not isinstance(by, ByFacts):
        member_id, last_name, first_name = (str(row.echo.get(column, "")) for column in _TYPED)
        return Facts(member_id=member_id, last_name=last_name, first_name=first_name)
    if by.dependent is None:
        return by.person
    return replace(by.dependent, member_id=by.dependent.member_id or by.person.member_id)


def _answered(asked: Result, told: Told) -> Result:
    answer = told.eligibility
    span, pcp = answer.coverage, answer.pcp
    return replace(
        asked,
        status=members_words.STATUS[answer.verdict],
        tone=members_words.TONES[answer.verdict],
        member_name=answer.person.name,
        member_id=answer.person.member_id,
        plan=span.plan_name if span else "",
        plan_code=span.plan_code if span else "",
        line=span.line_name if span else "",
        begins=span.period.first if span else None,
        ends=span.period.last if span else None,
        pcp=pcp.name if pcp else "",
        pcp_standing=members_words.PCP_STANDING[pcp.standing] if pcp else "",
        other_coverage="; ".join(payer.payer_name for payer in told.other_coverage.payers),
    )
