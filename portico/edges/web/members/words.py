"""The sentences of Patient Info: verdicts, reasons a search has no answer, costs and limits, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.html import strip_tags

from portico.domains.members.answers import Cost, CoverageSpan, EligibilityAnswer, Limit, PcpStanding, Verdict
from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.members.papers import ReceiptFacts
from portico.edges.web.documents import formatting
from portico.edges.web.templatetags import portico as says

TONES: Final[Mapping[Verdict, str]] = {
    Verdict.ACTIVE: "positive",
    Verdict.ACTIVE_IN_GRACE: "caution",
    Verdict.NOT_YET_ACTIVE: "caution",
    Verdict.TERMINATED: "negative",
    Verdict.NOT_COVERED: "negative",
}
STATUS: Final[Mapping[Verdict, str]] = {
    Verdict.ACTIVE: "Active",
    Verdict.ACTIVE_IN_GRACE: "Active, premium overdue",
    Verdict.NOT_YET_ACTIVE: "Not yet active",
    Verdict.TERMINATED: "Ended",
    Verdict.NOT_COVERED: "Not covered",
}
PCP: Final[Mapping[PcpStanding, str]] = {
    PcpStanding.IN_YOUR_OFFICE: "the PCP is in your office",
    PcpStanding.IN_YOUR_GROUP: "the PCP is in your group",
    PcpStanding.ELSEWHERE: "the PCP is not in your group",
    PcpStanding.NONE: "no PCP is assigned",
}
PCP_STANDING: Final[Mapping[PcpStanding, str]] = {
    PcpStanding.IN_YOUR_OFFICE: "In your office",
    PcpStanding.IN_YOUR_GROUP: "In your group",
    PcpStanding.ELSEWHERE: "Not in your group",
    PcpStanding.NONE: "None assigned",
}
PCP_TONES: Final[Mapping[PcpStanding, str]] = {
    PcpStanding.IN_YOUR_OFFICE: "positive",
    PcpStanding.IN_YOUR_GROUP: "positive",
    PcpStanding.ELSEWHERE: "caution",
    PcpStanding.NONE: "neutral",
}
RELATIONSHIPS: Final[Mapping[str, str]] = {
    "18": "Subscriber",
    "01": "Spouse",
    "19": "Child",
    "53": "Life partner",
    "20": "Employee",
    "G8": "Dependent",
}
LEVELS: Final[Mapping[str, str]] = {
    "EMP": "Employee only",
    "ESP": "Employee and spouse",
    "ECH": "Employee and children",
    "FAM": "Family",
    "IND": "Individual",
    "SPO": "Spouse only",
    "CHD": "Children only",
    "DEP": "Dependents only",
}
PAYER_ORDER: Final[Mapping[str, str]] = {
    "P": "Primary",
    "S": "Secondary",
    "T": "Tertiary",
    "U": "Order unknown",
}
AUTHORIZATION: Final[Mapping[str, str]] = {
    "no": "Not required",
    "yes": "Required",
    "after_limit": "After the limit",
    "notify": "Notify the plan",
    "depends": "Depends on where",
    "unknown": "Ask the plan",
}
SERVICE_LIMIT_PERIODS: Final[Mapping[str, str]] = {
    "year": "a year",
    "lifetime": "in a lifetime",
    "admission": "an admission",
}


def relationship(code: str) -> str:
    """How a person stands to the subscriber; `Dependent` for a code we have no word for."""
    return RELATIONSHIPS.get(code, "Dependent")


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why a search has no answer, and what to try."""

    title: str
    tries: tuple[str, ...]
    tone: str = "warning"


def headline(answer: EligibilityAnswer) -> str:
    """The one-line verdict: `Active on March 12, 2026; the PCP is not in your group`."""
    pcp = f"; {PCP[answer.pcp.standing]}" if answer.pcp else ""
    return _sentence(answer.verdict, answer.as_of, answer.coverage, pcp)


def receipt_headline(facts: ReceiptFacts) -> str:
    """The verdict of a receipt, as it was when the receipt was given."""
    return _sentence(facts.verdict, facts.as_of, facts.coverage)


def _sentence(verdict: Verdict, as_of: date, coverage: CoverageSpan | None, pcp: str = "") -> str:
    day = formatting.long_day(as_of)
    match verdict:
        case Verdict.ACTIVE:
            return f"Active on {day}{pcp}"
        case Verdict.ACTIVE_IN_GRACE:
            return f"Active on {day}, but the premium is overdue{pcp}"
        case Verdict.NOT_YET_ACTIVE if coverage:
            return f"Not active on {day}: coverage begins on {formatting.long_day(coverage.period.first)}"
        case Verdict.TERMINATED if coverage and coverage.period.last:
            return f"Not active on {day}: coverage ended on {formatting.long_day(coverage.period.last)}"
        case _:
            return f"Not covered on {day}"


def span(covered: CoverageSpan) -> str:
    """`01/01/2026 to 12/31/2026`, or `since 01/01/2026` when no end is known."""
    first = f"{covered.period.first:%m/%d/%Y}"
    return f"{first} to {covered.period.last:%m/%d/%Y}" if covered.period.last else f"Since {first}"


def cost(share: Cost | None) -> str:
    """`$25 copay`, `20% after deductible`, `No charge` or `Not covered`."""
    if share is None or not share.is_covered:
        return "Not covered"
    parts = [f"{formatting.dollars(share.copay)} copay"] if share.copay else []
    parts += [formatting.percent(share.coinsurance)] if share.coinsurance else []
    said = " + ".join(parts) or "No charge"
    return f"{said} after deductible" if share.deductible_applies else said


def limit(most: Limit | None) -> str:
    """`30 visits a year, 12 remaining`; empty where there is none."""
    if most is None:
        return ""
    said = f"{says.amount(most.quantity, most.unit)} {SERVICE_LIMIT_PERIODS.get(most.period, most.period)}"
    if most.remaining is None:
        return said
    if most.remaining <= 0:
        return f"{said}, limit reached"
    return f"{said}, {says.amount(most.remaining, most.unit)} remaining"


def nothing(no: NotAnswered, line_names: Mapping[str, str]) -> Nothing:
    """Why there is no answer, what to try, and which lines were searched."""
    searched = ", ".join(line_names.get(code, code) for code in no.lines_searched)
    hint = (f"Your search covered the lines you have access to: {searched}.",) if searched else ()
    match no.reason:
        case NoAnswer.TOO_EARLY | NoAnswer.TOO_LATE:
            return _out_of_range(no)
        case NoAnswer.SLOW_DOWN:
            return _slow_down(no)
    title, tries = _NOTHING[no.reason]
    return Nothing(title, (*tries, *hint))


_NOTHING: Final[Mapping[NoAnswer, tuple[str, tuple[str, ...]]]] = {
    NoAnswer.MEMBER_ID_NOT_FOUND: (
        "No member was found with this ID",
        ("Check the ID against the card, letters and digits.", "Search by name and birth date instead."),
    ),
    NoAnswer.SSN_NOT_FOUND: (
        "No member was found with this number and birth date",
        ("Both must match. Check the birth date first.", "Search by member ID or by name instead."),
    ),
    NoAnswer.NAME_NOT_FOUND: (
        "No member was found with this name and birth date",
        (
            "Leave the first name empty: the plan may hold it in another form.",
            "Check the birth date, and the last name as it stands on the card.",
            "Search by member ID instead.",
        ),
    ),
    NoAnswer.TOO_MANY: (
        "Too many members match",
        ("Enter the first name too, or search by member ID.",),
    ),
    NoAnswer.SSN_SEARCH_OFF: (
        "This plan does not search by Social Security number",
        ("Search by member ID, or by name and birth date.",),
    ),
    NoAnswer.EXPIRED: (
        "This search is too old to be shown",
        ("Search again: the answer may have changed since.",),
    ),
}


def _out_of_range(no: NotAnswered) -> Nothing:
    bounds = f"from {_day(no.earliest)} to {_day(no.latest)}"
    way = "lies too far back" if no.reason is NoAnswer.TOO_EARLY else "lies too far ahead"
    return Nothing(f"The date of service {way}", (f"Enter a day {bounds}.",))


def _slow_down(no: NotAnswered) -> Nothing:
    until = strip_tags(says.instant(no.again_at)) if no.again_at else ""
    return Nothing(
        "Too many searches found nobody",
        (f"You can search again at {until}. Check the card meanwhile.",),
    )


def _day(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else ""
