"""The explanation of payment: what the plan paid, for which claims, and why it is not what was billed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("explanation_of_payment.typ"))
TITLE = "Explanation of payment"

_FOOT = "This paper says what was paid and why. The 835 of the same payment says it to a computer."


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing about the payment or about a claim, in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service line: amounts written out, `reasons` one adjustment each."""

    service: str
    day: str
    billed: str
    allowed: str
    reasons: tuple[str, ...]
    member_share: str
    paid: str


@dataclass(frozen=True, slots=True)
class ExplainedClaim:
    """A claim: its heading, how it was decided, facts, lines, and what was adjusted of it as a whole."""

    name: str
    decision: str
    facts: tuple[Fact, ...]
    rows: tuple[ServiceRow, ...]
    reasons: tuple[str, ...]
    totals: ServiceRow


@dataclass(frozen=True, slots=True)
class Change:
    """What made the payment more or less than its claims."""

    why: str
    identifier: str
    amount: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code, what it means, and what the office can do."""

    code: str
    means: str
    advice: str


@dataclass(frozen=True, slots=True)
class ExplanationOfPayment:
    """A payment, or one part of it, as the office files it; `number` names the payment.

    `notes` say what is not in it. `made_at` is aware and the same for the same payment.
    """

    brand: Brand
    number: str
    amount: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    claims: tuple[ExplainedClaim, ...]
    changes: tuple[Change, ...]
    sum_of_changes: str
    codes: tuple[Code, ...]
    made_at: datetime


def render(explanation: ExplanationOfPayment) -> bytes:
    """Answers the document as PDF/UA-1; its title names the payment and nobody else."""
    title = f"{TITLE} {explanation.number}"
    return rendering.render_pdf(TEMPLATE, printed(explanation), title=title, made_at=explanation.made_at)


def printed(explanation: ExplanationOfPayment) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    return {
        "brand": explanation.brand.printed(),
        "title": TITLE,
        "corner": f"{TITLE} · {explanation.number}",
        "foot": f"{_FOOT} Provider services {explanation.brand.telephone}.",
        "number": explanation.number,
        "amount": explanation.amount,
        "facts": [_fact(each) for each in explanation.facts],
        "notes": list(explanation.notes),
        "claims": [_claim(each) for each in explanation.claims],
        "changes": [[each.why, each.identifier, each.amount] for each in explanation.changes],
        "sum_of_changes": explanation.sum_of_changes,
        "codes": [[each.code, each.means, each.advice] for each in explanation.codes],
    }


def _claim(claim: ExplainedClaim) -> dict[str, object]:
    return {
        "name": claim.name,
        "decision": claim.decision,
        "facts": [_fact(each) for each in claim.facts],
        "rows": [_row(each) for each in claim.rows],
        "reasons": list(claim.reasons),
        "totals": _row(claim.totals),
    }


def _row(row: ServiceRow) -> dict[str, object]:
    return {
        "cells": [row.service, row.day],
        "reasons": list(row.reasons),
        "amounts": [row.billed, row.allowed, row.member_share, row.paid],
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {"name": fact.name, "value": fact.value}
