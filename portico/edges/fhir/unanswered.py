"""What "no answer" becomes here: one table from each of the members' reasons to a status and an issue type.

A search that finds nobody is an empty bundle (200) that says so; a read of the same is 404.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.plan import catalogue
from portico.edges.fhir.outcomes import INFORMATION, Issue, Problem

FOUND_NOBODY = 200


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How one reason is told: the status of a search, the issue type, and plain words."""

    status: int
    code: str
    why: str


UNANSWERED: Mapping[NoAnswer, Unanswered] = {
    NoAnswer.MEMBER_ID_NOT_FOUND: Unanswered(200, "not-found", "Nobody has this identifier."),
    NoAnswer.SSN_NOT_FOUND: Unanswered(200, "not-found", "Nobody has this number and birth date."),
    NoAnswer.NAME_NOT_FOUND: Unanswered(200, "not-found", "Nobody has this name and birth date."),
    NoAnswer.NAME_DIFFERS: Unanswered(200, "not-found", "Somebody has this identifier under another name."),
    NoAnswer.BIRTH_DATE_DIFFERS: Unanswered(
        200, "not-found", "Somebody has this identifier and another birth date."
    ),
    NoAnswer.DEPENDENT_NOT_FOUND: Unanswered(200, "not-found", "The policy has no such dependent."),
    NoAnswer.KEY_NOT_FOUND: Unanswered(200, "not-found", "Nothing has this id."),
    NoAnswer.TOO_MANY: Unanswered(422, "too-costly", "Too many people match: say more about the one meant."),
    NoAnswer.SEVERAL_FOUND: Unanswered(422, "multiple-matches", "Several people match: say more."),
    NoAnswer.NOT_ENOUGH: Unanswered(400, "required", "Say more: a birth date, or an identifier and a name."),
    NoAnswer.SLOW_DOWN: Unanswered(429, "throttled", "Too many searches found nobody."),
    NoAnswer.TOO_EARLY: Unanswered(422, "value", "The day asked about lies too far back."),
    NoAnswer.TOO_LATE: Unanswered(422, "value", "The day asked about lies too far ahead."),
    NoAnswer.SSN_SEARCH_OFF: Unanswered(422, "not-supported", "The plan does not search by this number."),
    NoAnswer.EXPIRED: Unanswered(410, "not-found", "This search is too old: search again."),
}


def nobody(no: NotAnswered, asked_at: datetime) -> Issue:
    """What a bundle without anybody says. Raises Problem where it is more than that nobody was found."""
    told = _in_vain(no, asked_at)
    return Issue(told.code, told.why, no.reason, _lines(no), INFORMATION)


def nothing(no: NotAnswered, asked_at: datetime) -> Problem:
    """What a read answers where nothing is, or nothing for this application: the two are told alike."""
    told = _in_vain(no, asked_at)
    return Problem(404, Issue(told.code, told.why, no.reason), reference=no.reference)


def _in_vain(no: NotAnswered, asked_at: datetime) -> Unanswered:
    told = UNANSWERED[no.reason]
    if told.status == FOUND_NOBODY:
        return told
    issue, wait = Issue(told.code, told.why, no.reason), _retry_after(no, asked_at)
    raise Problem(told.status, issue, headers=wait, reference=no.reference)


def _lines(no: NotAnswered) -> str:
    if not no.lines_searched:
        return ""
    names = catalogue.line_names()
    return f"Searched in {', '.join(names.get(code, code) for code in no.lines_searched)}."


def _retry_after(no: NotAnswered, asked_at: datetime) -> dict[str, str]:
    if no.again_at is None:
        return {}
    return {"Retry-After": str(max(1, round((no.again_at - asked_at).total_seconds())))}
