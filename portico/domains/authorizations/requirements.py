"""Is an authorization required? Answered for the rest of the house through the permit it already holds."""

from portico.domains.authorizations import requirement_books, requirement_rules
from portico.domains.authorizations.requirement_rules import Question, Verdict
from portico.domains.permits.permit import Permit


def of(given: Permit, question: Question) -> Verdict:
    """What the list that counts on the day of service says. Two queries at most; no receipt is kept.

    `Answer.UNKNOWN` for a day before the plan's first list.
    """
    del given
    heading = requirement_books.in_force(question.on)
    if heading is None:
        return requirement_rules.no_list()
    rules = requirement_books.book(heading).about(question)
    return requirement_rules.answer(rules, question, version=heading.version)
