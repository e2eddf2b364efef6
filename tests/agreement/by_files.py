"""The question in a file: a CSV sent in on the pages, checked, asked by the worker, and taken home."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portico.domains.members.answers import Verdict
from portico.domains.members.asked import NoAnswer
from portico.edges.web.batches import words
from tests.agreement import by_web, pages
from tests.agreement.by_web import LINES, VERDICTS, ByWeb
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
from tests.support import cast, working
from tests.support.actors import TODAY
from tests.support.doors.x12 import Sought

_WHY = re.compile(r'(?s)<td data-label="Why"[^>]*>(.*?)</td>')
HEADS = ("member_id", "last_name", "first_name", "birth_date", "ssn", "as_of")


@dataclass(slots=True)
class ByFiles:
    """The people who search on the pages, with the same browsers."""

    stand: Stand
    people: ByWeb
    at: At = At.FILES

    def ask(self, question: Question) -> Heard:
        """Send in a file of one row, have it asked, read the results; the audit rows are of the asking."""
        browser, by = self.people.browser(question.who), self.people.by(question.who)
        self.stand.new_rows()
        answer = send(browser, [question], question.tax_id or cast.PEOPLE[question.who].tax_ids[0])
        page = answer.content.decode()
        if answer.status_code != 302:
            return Heard(by_web.refused(page), self.stand.new_rows(), by, by_web.reference(page))
        address = answer.headers["Location"]
        problem = _WHY.search(browser.get(address).content.decode())
        if problem:
            return Heard(pages.words(problem[1]).rpartition("”: ")[2], self.stand.new_rows(), by)
        browser.post(f"{address}start/")
        self.stand.new_rows()
        working.work()
        rows = self.stand.new_rows()
        (told,) = results(browser, address)
        assert told["reference"] in pages.words(browser.get(address).content.decode())
        return Heard(_said(told), rows, by, told["reference"])

    def says(self, question: Question, expected: Expected) -> object:
        """As expected, without other spans; nobody is chosen among several."""
        del question
        match expected:
            case Covered():
                return Covered(expected.member_id, expected.verdict, expected.span)
            case Several():
                return words.NO_ANSWERS[NoAnswer.SEVERAL_FOUND].why
            case Unanswered():
                return words.NO_ANSWERS[expected.reason].why
            case Refused():
                return (expected.reason.value,)


def send(browser: Client, questions: list[Question], tax_id: str) -> Any:
    """The answer to a CSV file with a row for each question."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADS, *(_row(each.sought, each.as_of) for each in questions)])
    file = SimpleUploadedFile("schedule.csv", text.getvalue().encode(), "text/csv")
    form = {"file": file, "as_of": f"{TODAY:%m/%d/%Y}", "tax_id": tax_id}
    return browser.post(reverse("batch_new"), form)


def results(browser: Client, address: str) -> list[dict[str, str]]:
    """The rows of the results, as the CSV file to take home has them."""
    answer = browser.get(f"{address}results.csv")
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def _row(sought: Sought, as_of: date) -> tuple[str, ...]:
    born = f"{sought.birth_date:%m/%d/%Y}" if sought.birth_date else ""
    return (
        sought.member_id,
        sought.last_name,
        sought.first_name,
        born,
        sought.ssn,
        f"{as_of:%m/%d/%Y}",
    )


def _said(told: Mapping[str, str]) -> object:
    if told["reason"]:
        return told["reason"]
    verdict = VERDICTS[told["status"]]
    if verdict is Verdict.NOT_COVERED:
        return Covered(told["member_id"], verdict)
    span = Span(
        verdict,
        told["plan_code"],
        told["plan"],
        LINES[told["line_of_business"]],
        date.fromisoformat(told["coverage_begins"]),
        date.fromisoformat(told["coverage_ends"]) if told["coverage_ends"] else None,
    )
    return Covered(told["member_id"], verdict, span)
