"""The flags on a member's benefits, made from the plan's rules: the same answer as to the question itself."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from portico.domains.authorizations import requirement_books, requirement_rules
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_books import Book
from portico.domains.authorizations.requirement_rules import Answer, Question, Verdict
from portico.domains.members.flags import FlagOf

FLAGS: Final[Mapping[Answer, str]] = {
    Answer.REQUIRED: "yes",
    Answer.NOT_REQUIRED: "no",
    Answer.AFTER_LIMIT: "after_limit",
    Answer.NOTIFY: "notify",
    Answer.UNKNOWN: "unknown",
}
DEPENDS: Final = "depends"
_MOST: Final = 16_384


def of(*, line: str, plan_code: str, on: date) -> FlagOf:
    """The flags of a plan's service types on a day."""
    heading = requirement_books.remembered(on)
    if heading is None:
        return lambda _: FLAGS[Answer.UNKNOWN]
    book = requirement_books.book(heading)
    return lambda service_type: _flag(book, Question(System.SERVICE_TYPE, service_type, line, on, plan_code))


def flag(verdict: Verdict) -> str:
    """The flag that an answer is: `depends` where the place or the network would make another."""
    return DEPENDS if verdict.depends_on else FLAGS[verdict.answer]


def _flag(book: Book, question: Question) -> str:
    """A list that is published never changes, so what it says of a question is kept with it."""
    told = book.flags.get(question)
    if told is None:
        told = flag(requirement_rules.answer(book.about(question), question))
        if len(book.flags) >= _MOST:
            book.flags.clear()
        book.flags[question] = told
    return told
