"""The files of an export: claims as CSV and as an Excel workbook, in which nothing is ever calculated."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from portico.domains.claims.answers import ClaimFacts
from portico.domains.plan import catalogue
from portico.edges.web import workbook_written
from portico.edges.web.claims import words
from portico.edges.web.codes import states
from portico.edges.web.csv_written import harmless

Cell = str | date | Decimal | None
HEADS: Final = (
    "claim_number",
    "patient_control_number",
    "status",
    "waits_for",
    "turn_of",
    "next_step",
    "expected_by",
    "last_name",
    "first_name",
    "birth_date",
    "member_id",
    "subscriber_id",
    "service_from",
    "service_to",
    "received",
    "decided",
    "tax_id",
    "provider_npi",
    "provider",
    "line_of_business",
    "billed",
    "allowed",
    "paid",
    "member_share",
    "claim_reasons",
    "payment_number",
    "payment_day",
)


def as_csv(claims: Sequence[ClaimFacts]) -> bytes:
    """The claims as CSV that no spreadsheet takes for a calculation; amounts stay numbers."""
    text, names = io.StringIO(), catalogue.line_names()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for claim in claims:
        writer.writerow([_text(cell) for cell in cells(claim, names)])
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def as_xlsx(claims: Sequence[ClaimFacts]) -> bytes:
    """The claims as an Excel workbook, with days that are days and amounts that are amounts."""
    names = catalogue.line_names()
    return workbook_written.written(HEADS, (cells(claim, names) for claim in claims))


def cells(claim: ClaimFacts, line_names: dict[str, str]) -> tuple[Cell, ...]:
    """A claim in the order of the heads."""
    payment = claim.payment
    return (
        claim.claim_number,
        claim.patient_control_number,
        words.state(claim),
        states.waits_for(claim.pend_reason) if claim.pend_reason else "",
        states.owner(claim.next.owner),
        states.action(claim.next.action),
        claim.next.expected_on,
        claim.last_name,
        claim.first_name,
        claim.birth_date,
        claim.member_id,
        claim.subscriber_number,
        claim.first_on,
        claim.last_on,
        claim.received_on,
        claim.decided_on,
        claim.tax_id,
        claim.provider_npi,
        claim.provider_name,
        line_names.get(claim.line, claim.line),
        claim.billed,
        claim.allowed,
        claim.paid,
        claim.member_share,
        " ".join(f"{each.group}-{each.reason}" for each in claim.adjustments),
        payment.trace_number if payment else "",
        payment.paid_on if payment else None,
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}"
    return cell.isoformat() if isinstance(cell, date) else harmless(cell or "")
