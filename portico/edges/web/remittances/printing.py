"""From a payment to its explanation on paper."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from portico.domains.claims.facts.paid import PaidClaim
from portico.domains.claims.payment_views import Explanation
from portico.domains.plan import catalogue, days
from portico.edges.web.codes import payments as payment_words
from portico.edges.web.documents import explanation_of_payment, formatting
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.explanation_of_payment import (
    Change,
    Code,
    ExplainedClaim,
    ExplanationOfPayment,
    Fact,
    ServiceRow,
)
from portico.edges.web.remittances import words
from portico.shared import identifiers

_PART_OF_CLAIMS: Final = (
    "This paper shows {shown} of the {all} claims of the payment: those that were open to whoever printed it."
)
_PART_OF_PAPERS: Final = "Part {part} of {parts}: a long payment is explained in several papers."
_WITHOUT_LINES: Final = (
    "Too long for this paper, and so without their service lines: {count}. Their pages and the 835 have them."
)
MOST_LINES: Final = 600
"""How many service lines one paper holds; a document has a largest size."""


def explanation(told: Explanation) -> bytes:
    """The explanation of payment as PDF/UA-1."""
    return explanation_of_payment.render(document(told))


def document(told: Explanation) -> ExplanationOfPayment:
    """What the paper says."""
    plan, payment, page = catalogue.identity(), told.page.payment, told.page
    long = _long(told.claims)
    facts = {
        "Paid on": formatting.long_day(payment.paid_on),
        "How": payment_words.method(payment.method),
        "To": payment.payee_name,
        "Tax ID": identifiers.format_tax_id(payment.tax_id),
        "NPI": payment.payee_npi,
        "From": payment.payer_name,
        "Claims": f"{payment.claim_count:,}",
        "Paid for claims": formatting.money(page.totals.paid),
        "Taken off beside them": formatting.money(page.adjusted) if page.adjusted else "",
    }
    return ExplanationOfPayment(
        brand=Brand(plan.name, plan.telephone),
        number=payment.trace_number,
        amount=formatting.money(payment.amount),
        facts=_facts(facts),
        notes=_notes(told, len(long)),
        claims=tuple(_claim(claim, with_lines=claim not in long) for claim in told.claims),
        changes=tuple(
            Change(payment_words.adjustment(each.reason), each.identifier, formatting.money(each.amount))
            for each in page.adjustments
        ),
        sum_of_changes=formatting.money(page.adjusted),
        codes=tuple(Code(code, said.means, said.advice) for code, said in words.legend(told.claims)),
        made_at=days.local(payment.loaded_at),
    )


def _long(claims: Sequence[PaidClaim]) -> list[PaidClaim]:
    """The longest claims, as many as have to be cut short for the others to fit."""
    long, lines = [], sum(len(claim.services) for claim in claims)
    for claim in sorted(claims, key=lambda each: len(each.services), reverse=True):
        if lines <= MOST_LINES:
            break
        long.append(claim)
        lines -= len(claim.services)
    return long


def _notes(told: Explanation, long: int) -> tuple[str, ...]:
    notes = []
    if told.page.is_part:
        shown, every = told.page.totals.count, told.page.payment.claim_count
        notes.append(_PART_OF_CLAIMS.format(shown=f"{shown:,}", all=f"{every:,}"))
    if told.page.papers > 1:
        notes.append(_PART_OF_PAPERS.format(part=told.part, parts=told.page.papers))
    if long:
        notes.append(_WITHOUT_LINES.format(count=long))
    return tuple(notes)


def _claim(claim: PaidClaim, *, with_lines: bool) -> ExplainedClaim:
    patient = claim.patient
    facts = {
        "Patient": " ".join(filter(None, (patient.first_name, patient.last_name))),
        "Member ID": patient.member_id or (claim.subscriber.member_id if claim.subscriber else ""),
        "Your number": claim.patient_control_number,
        "Service from": formatting.short_day(claim.first_on) if claim.first_on else "",
        "Received on": formatting.short_day(claim.received_on) if claim.received_on else "",
        "NPI": claim.rendering.npi if claim.rendering else "",
        "Interest": _money(claim.interest),
        "Remarks": ", ".join(claim.remarks),
    }
    lines = words.lines(claim) if with_lines else ()
    return ExplainedClaim(
        name=f"Claim {claim.claim_number or 'without a number'}",
        decision=words.decision(claim.status),
        facts=_facts(facts),
        rows=tuple(map(_row, lines)),
        reasons=tuple(map(_reason, map(words.reason, claim.adjustments))),
        totals=ServiceRow(
            "",
            "",
            formatting.money(claim.billed),
            _money(claim.allowed),
            (),
            _money(claim.member_share),
            formatting.money(claim.paid),
        ),
    )


def _row(line: words.Line) -> ServiceRow:
    service = line.service
    return ServiceRow(
        line.name,
        formatting.short_day(service.first_on) if service.first_on else "",
        formatting.money(service.billed),
        _money(service.allowed),
        (*map(_reason, line.reasons), *service.remarks),
        formatting.money(line.member_share),
        formatting.money(service.paid),
    )


def _reason(reason: words.Reason) -> str:
    return f"{reason.code} {formatting.money(reason.amount)}"


def _facts(said: dict[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(name, value) for name, value in said.items() if value)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else formatting.money(amount)
