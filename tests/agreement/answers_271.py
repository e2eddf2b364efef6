"""Whom a 271 tells of, and what coverage: as practice software makes it out, from codes and days alone."""

from collections.abc import Mapping
from datetime import date, datetime

from portico.domains.members.answers import Verdict
from portico.domains.permits.reasons import Reason
from portico.edges.x12.eligibility import refusals
from tests.agreement.heard import Covered, Span
from tests.support import cast
from tests.support.doors.x12 import Segment, Told, at

# EB04: the line, as far as a payer's own lines have a code at all.
LINES = {"HM": cast.HMO, "PR": cast.PPO, "MC": cast.MEDI_CAL}
_STATUS = ("1", "6")
_BEGINS, _ENDS, _ASKED, _PAID_TO, _PERIOD = "346", "347", "472", "343", "291"
_PLAN_CODE, _OWN_ID = "18", "1W"


def said(told: Told) -> object:
    """The coverage that decides, and others in force beside it; or the AAAs."""
    if told.rejections:
        return tuple(told.rejections)
    (status, _), *others = [(eb, after) for eb, after in told.lines if eb[1] in _STATUS]
    verdict = _verdict(status, told.days)
    beside = (_beside(eb, after) for eb, after in others if is_coverage(after))
    member_id = told.references.get(_OWN_ID) or told.names["IL"][9]
    return Covered(member_id, verdict, _span(verdict, status, told), frozenset(beside))


def closed(told: Told) -> Reason | None:
    """Why amounts are not told, by the words of the published table."""
    contacts = (after for eb, after in told.lines if eb[1] == "U")
    words = [at(segment, 1) for after in contacts for segment in after if segment[0] == "MSG"]
    found = (why for why, line in refusals.REASONS.items() if any(line.words in text for text in words))
    return next(found, None)


def is_coverage(after: list[Segment]) -> bool:
    """Is what these segments follow a coverage of its own, and no service of the first one?"""
    return any(segment[:2] == ["DTP", _PERIOD] for segment in after)


def _verdict(status: Segment, days: Mapping[str, str]) -> Verdict:
    if status[1] == "1":
        return Verdict.ACTIVE_IN_GRACE if _PAID_TO in days else Verdict.ACTIVE
    if _BEGINS not in days:
        return Verdict.NOT_COVERED
    begins, asked = _day(days[_BEGINS]), _day(days[_ASKED])
    return Verdict.NOT_YET_ACTIVE if begins > asked else Verdict.TERMINATED


def _span(verdict: Verdict, status: Segment, told: Told) -> Span | None:
    if _BEGINS not in told.days:
        return None
    ends = told.days.get(_ENDS)
    return Span(
        verdict,
        told.references.get(_PLAN_CODE, ""),
        at(status, 5),
        LINES.get(at(status, 4), ""),
        _day(told.days[_BEGINS]),
        _day(ends) if ends else None,
    )


def _beside(eb: Segment, after: list[Segment]) -> Span:
    (days,) = [segment[3] for segment in after if segment[:2] == ["DTP", _PERIOD]]
    first, _, last = days.partition("-")
    return Span(Verdict.ACTIVE, "", at(eb, 5), "", _day(first), _day(last) if last else None)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
