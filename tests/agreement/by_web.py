"""The question on the pages: a search, and the member's page it leads to."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from portico.domains.members.answers import Verdict
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.reasons import Reason
from portico.edges.web import refusals
from tests.agreement import pages
from tests.agreement.heard import (
    At,
    Covered,
    Expected,
    Heard,
    Question,
    Refused,
    Several,
    Span,
    Stand,
    Unanswered,
)
from tests.support import cast, visiting
from tests.support.doors.x12 import Sought

VERDICTS = {
    "Active": Verdict.ACTIVE,
    "Active, premium overdue": Verdict.ACTIVE_IN_GRACE,
    "Not yet active": Verdict.NOT_YET_ACTIVE,
    "Ended": Verdict.TERMINATED,
    "Not covered": Verdict.NOT_COVERED,
}
LINES = {"HMO": cast.HMO, "PPO": cast.PPO, "Medi-Cal": cast.MEDI_CAL}
MISSES = {
    "No member was found with this ID": NoAnswer.MEMBER_ID_NOT_FOUND,
    "No member was found with this number and birth date": NoAnswer.SSN_NOT_FOUND,
    "No member was found with this name and birth date": NoAnswer.NAME_NOT_FOUND,
    "The date of service lies too far back": NoAnswer.TOO_EARLY,
    "The date of service lies too far ahead": NoAnswer.TOO_LATE,
}
_REFERENCE = re.compile(r"(Audit reference|Reference for support:) <code>([0-9A-HJKMNP-TV-Z]{12})</code>")
_OTHER = re.compile(r"(?s)<li>\s*<span>([^<]*) · ([^<]*) · ([^<]*) \((\w{3})\)</span>(.*?)</li>")


@dataclass(slots=True)
class ByWeb:
    """People with a browser each."""

    stand: Stand
    at: At = At.WEB
    _browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, who: str) -> Client:
        """The person's browser, signed in."""
        if who not in self._browsers:
            self._browsers[who] = visiting.sign_in(self.stand.world[who])
        return self._browsers[who]

    def by(self, who: str) -> Mapping[str, Any]:
        """What the audit says of the person."""
        return {"door": "web", "machine_id": None, "persona_id": self.stand.world[who].persona_id}

    def ask(self, question: Question) -> Heard:
        """Search; where one person is found, look at the page, which is the answer and leaves the rows."""
        browser, by = self.browser(question.who), self.by(question.who)
        self.stand.new_rows()
        answer = _search(browser, question)
        rows = self.stand.new_rows()
        if answer.status_code == 302:
            answer = browser.get(answer.headers["Location"])
            rows = self.stand.new_rows()
        page = answer.content.decode()
        if 'id="coverage"' not in page:
            return Heard(_without_page(answer.status_code, page), rows, by, reference(page))
        closed = refused(pages.panel(page, "benefits"), "Benefits")
        return Heard(
            _covered(page),
            rows,
            by,
            reference(page),
            pages.money(page),
            Reason(closed[0]) if closed else None,
        )

    def says(self, question: Question, expected: Expected) -> object:
        """As expected."""
        del question
        match expected:
            case Covered():
                return expected
            case Several():
                return expected.member_ids
            case Unanswered() | Refused():
                return (expected.reason.value,)


def refused(part: str, function: str = "Eligibility") -> tuple[str, ...]:
    """The codes of the refusals that a page, or a part of one, says in words."""
    said = pages.words(part)
    return tuple(
        reason.value for reason, why in refusals.WHY.items() if why.format(function=function) in said
    )


def reference(page: str) -> str:
    """The reference a page tells of itself; a panel that is closed tells one of its own."""
    found = _REFERENCE.findall(page)
    own = [number for label, number in found if label == "Audit reference"]
    return str((own or [number for _, number in found] or [""])[0])


def _search(browser: Client, question: Question) -> Any:
    way, asked = _way(question.sought)
    tax_id = question.tax_id or cast.PEOPLE[question.who].tax_ids[0]
    return visiting.search(browser, way, as_of=f"{question.as_of:%m/%d/%Y}", tax_id=tax_id, **asked)


def _way(sought: Sought) -> tuple[str, dict[str, str]]:
    born = f"{sought.birth_date:%m/%d/%Y}" if sought.birth_date else ""
    if sought.ssn:
        return "ssn", {"ssn": sought.ssn, "birth_date": born}
    if sought.member_id:
        return "member_id", {"member_id": sought.member_id}
    names = {"last_name": sought.last_name, "first_name": sought.first_name}
    return "name", {**names, "birth_date": born}


def _without_page(status: int, page: str) -> object:
    """Why nobody is shown, or the member IDs there are to choose among."""
    if status == 403:
        return refused(page)
    title = re.search(r'<p class="pt-alert__title">(.*?)</p>', page)
    if title:
        return (MISSES[pages.words(title[1])].value,)
    return frozenset(map(pages.words, re.findall(r'(?s)data-label="Member ID">(.*?)</td>', page)))


def _covered(page: str) -> Covered:
    told = pages.facts(page)
    status = pages.facts(pages.panel(page, "coverage"))
    verdict = next((VERDICTS[said] for label, said in status.items() if label.startswith("Status on ")), None)
    if verdict is None:
        return Covered(told["ID"], Verdict.NOT_COVERED)
    begins, ends = pages.period(status["Coverage dates"])
    span = Span(
        verdict,
        status["Plan code"][:3],
        status["Benefit plan"],
        LINES[status["Line of business"]],
        begins,
        ends,
    )
    return Covered(told["ID"], verdict, span, frozenset(map(_other, _OTHER.findall(page))))


def _other(found: tuple[str, ...]) -> Span:
    dates, line, plan, code, rest = (html.unescape(part).strip() for part in found)
    return Span(VERDICTS[pages.words(rest)], code, plan, LINES[line], *pages.period(dates))
