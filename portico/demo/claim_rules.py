"""What the plan says of claims: its deadlines as its manuals have them, and what stands behind codes.

Imported once Django is set up; the library is loaded.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from portico.demo import days
from portico.demo.library import documents, rules
from portico.demo.lines import LINES, Line
from portico.domains.claims import rules_desk
from portico.domains.claims.deadline_rules import Kind, Rule, Unit
from portico.domains.claims.rules_desk import Policy
from portico.domains.permits.actors import Actor
from portico.shared.periods import Period

CARC, RARC, PEND = "carc", "rarc", "pend"
_SENDING, _PAYING, _DISPUTES = "sending-claims", "claim-payment", "disputes"
_YEARS, _CHANGED_LINE, _CHANGE, _DAYS_BEFORE = 4, "medi-cal", "update-medi-cal-filing", 120
_CHAPTERS: Final = {
    (CARC, "1"): "cost-sharing",
    (CARC, "2"): "cost-sharing",
    (CARC, "3"): "cost-sharing",
    (CARC, "22"): "other-coverage",
    (CARC, "23"): "other-coverage",
    (CARC, "29"): _SENDING,
    (CARC, "197"): "prior-authorization",
    (PEND, "authorization_missing"): "prior-authorization",
    (PEND, "other_payer_decision"): "other-coverage",
    (PEND, "other_coverage"): "other-coverage",
    (PEND, "coordination_of_benefits"): "other-coverage",
    (PEND, "medical_records"): "claims",
    (PEND, "itemized_bill"): "claims",
}
_OF_ALL: Final = {
    (CARC, "16"): "remittance-codes",
    (CARC, "18"): "remittance-codes",
    (CARC, "45"): "remittance-codes",
    (CARC, "97"): "remittance-codes",
    (CARC, "252"): "remittance-codes",
    (CARC, "50"): "authorization-table",
    (RARC, "M127"): "remittance-codes",
    (RARC, "N382"): "remittance-codes",
    (PEND, "coding_review"): "coding-tips",
}


def everything(*, actor: Actor, today: date) -> None:
    """Have the desk add every rule; the days are those of the manuals."""
    for rule in deadlines(today):
        rules_desk.add_deadline(actor=actor, rule=rule)
    for policy in policies():
        rules_desk.add_policy(actor=actor, policy=policy)


def deadlines(today: date) -> Iterator[Rule]:
    """Filing, payment and dispute in every line; one changed its days for filing on the day it was told."""
    begins = days.year_start(today, -_YEARS)
    for line in LINES:
        of, always = rules.OF[line.code], Period(begins)
        yield from _filing(line, begins, today)
        yield _rule(Kind.PROMPT_PAY, int(of.pay_days.split()[0]), line, _PAYING, always)
        yield _rule(Kind.DISPUTE, of.dispute_days, line, _DISPUTES, always)


def policies() -> Iterator[Policy]:
    """A chapter of the line's manual where it has one, else a sheet for all lines."""
    for (kind, code), chapter in _CHAPTERS.items():
        for line in LINES:
            yield Policy(kind, code, f"{line.code}-{chapter}", line.code)
    for (kind, code), key in _OF_ALL.items():
        yield Policy(kind, code, key)


def _filing(line: Line, begins: date, today: date) -> Iterator[Rule]:
    of, since = rules.OF[line.code], begins
    if line.code == _CHANGED_LINE:
        [since] = {each.versions[-1].first_on for each in documents.everything(today) if each.key == _CHANGE}
        before = Period(begins, since - timedelta(days=1))
        yield _rule(Kind.TIMELY_FILING, _DAYS_BEFORE, line, _SENDING, before)
    yield _rule(Kind.TIMELY_FILING, of.filing_days, line, _SENDING, Period(since))


def _rule(kind: Kind, count: int, line: Line, chapter: str, period: Period) -> Rule:
    return Rule(
        kind=kind,
        days=count,
        unit=Unit.CALENDAR,
        citation=f"{line.name} operations manual, {_NAMES[chapter]}",
        period=period,
        line=line.code,
        document=f"{line.code}-{chapter}",
    )


_NAMES: Final = {_SENDING: "Sending claims", _PAYING: "How claims are paid", _DISPUTES: "Disputes"}
