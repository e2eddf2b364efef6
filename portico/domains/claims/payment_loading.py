"""Loads payments: each with its claims and changes, and what it decides written to the claims themselves.

A chunk is one permit and one transaction: its rows, the way back, the results and the place in the file
commit together, so a load that is killed goes on with no claim lost and none paid twice. A payment of more
claims than a chunk comes in parts, and shows to offices with the last of them.

The same payment again, from whatever file, changes nothing. Another one under its number, payee and day is
quarantined: the core system never sends that, and nobody here can say which is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from portico.domains.claims import authorized, decisions, models, payment_lines, payment_rows
from portico.domains.claims.decisions import Decision
from portico.domains.claims.facts.paid import PaidClaim, PaymentPart
from portico.domains.claims.payment_rows import Columns, Known
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.offices import provider_file
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed

_HELD = (
    *("payer_number", "trace_number", "tax_id", "paid_on"),
    *("id", "load", "digest", "is_whole", "claim_count", "denied_count", "billed"),
)
_REVERSAL = "22"


class RowReason(StrEnum):
    """Why a payment was quarantined or flagged; stable codes."""

    PAYEE_TAX_ID_MISSING = "payee_tax_id_missing"
    PAYMENT_DIFFERS = "payment_differs"
    CLAIM_OF_ANOTHER_TAX_ID = "claim_of_another_tax_id"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a whole file: when it was written, and the SHA-256 that it is kept under."""

    as_of: datetime
    file: str = ""


def load(
    *,
    actor: Actor,
    leased: Leased,
    payments: Sequence[PaymentPart],
    terms: Terms,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of payments in the order of the file.

    `settle` is called with the fate of each that ends in the chunk, in the transaction: it notes results and
    checkpoints the job. Raises NotPermitted, and what `settle` raises; then nothing of the chunk counts.
    """
    with permit(actor, Function.LOADING) as given:
        work = _Chunk(given, leased, payments, terms)
        fates = [work.apply(part) for part in payments]
        work.write()
        if is_last:
            freshness.note(given, feed=Feed.REMITTANCES, as_of=terms.as_of, leased=leased)
        settle(given, [fate for fate, part in zip(fates, payments, strict=True) if part.closes])
        given.conclude("loaded")


class _Chunk:
    """Payments applied one after the other in memory, then written together: one statement for each table."""

    def __init__(self, given: Permit, leased: Leased, parts: Sequence[PaymentPart], terms: Terms) -> None:
        self._given, self._leased, self._terms = given, leased, terms
        self._now = given.actor.asked_at
        lone = {part.payment.payee.npi for part in parts if not part.payment.payee.tax_id}
        self._tax_ids = provider_file.only_tax_id(lone - {""}, on=given.actor.today)
        self._held = _payments({part.payment.trace_number for part in parts})
        claims = [claim for part in parts for claim in part.claims]
        self._known = _claims({claim.claim_number for claim in claims})
        strangers = (claim for claim in claims if claim.claim_number not in self._known)
        self._lines = payment_lines.of(given, strangers)
        self._begun: list[tuple[PaymentPart, Columns]] = []
        self._paying: list[tuple[PaymentPart, Columns]] = []

    def apply(self, part: PaymentPart) -> Fate:
        """What becomes of one payment, or of a part of it."""
        tax_id = part.payment.payee.tax_id or self._tax_ids.get(part.payment.payee.npi, "")
        if not tax_id:
            return _fate(part, RowOutcome.QUARANTINED, RowReason.PAYEE_TAX_ID_MISSING)
        key = payment_rows.key(tax_id, part.payment)
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = self._begin(part, tax_id)
        elif held["digest"] != part.digest:
            return _fate(part, RowOutcome.QUARANTINED, RowReason.PAYMENT_DIFFERS)
        elif held["is_whole"] or held["load"] != self._leased.public_id:
            return _fate(part, RowOutcome.UNCHANGED)
        else:
            self._go_on(part, held)
        self._paying.append((part, held))
        if any(self._is_strange(claim, tax_id) for claim in part.claims):
            return _fate(part, RowOutcome.FLAGGED, RowReason.CLAIM_OF_ANOTHER_TAX_ID)
        return _fate(part, RowOutcome.ACCEPTED)

    def write(self) -> None:
        """The payments, what else changes them, their claims, and what that makes of the claims."""
        made = loading.insert(self._leased, models.Payment, [row for _, row in self._begun])
        for (_, row), payment in zip(self._begun, made, strict=True):
            row["id"] = payment
        changes = [
            payment_rows.change(row["id"], position, told)
            for part, row in self._begun
            for position, told in enumerate(part.payment.adjustments)
        ]
        loading.insert(self._leased, models.PaymentAdjustment, changes)
        claims = [self._claim(*numbered) for pair in self._paying for numbered in _numbered(*pair)]
        loading.insert(self._leased, models.ClaimPayment, claims)
        decided = list(self._decisions())
        decisions.write(self._leased, decided, now=self._now)
        authorized.recount(self._given, self._leased, {decision.claim for decision in decided})

    def _begin(self, part: PaymentPart, tax_id: str) -> Columns:
        row = payment_rows.payment(
            part, tax_id=tax_id, load=self._leased.public_id, file=self._terms.file, now=self._now
        )
        self._begun.append((part, row))
        return row

    def _go_on(self, part: PaymentPart, held: Columns) -> None:
        more = payment_rows.counts(part)
        after = {name: held[name] + value for name, value in more.items()} | {"is_whole": part.closes}
        before = {name: held[name] for name in after}
        loading.update(self._leased, models.Payment, {held["id"]: after}, {held["id"]: before})
        held |= after

    def _claim(self, part: PaymentPart, row: Columns, position: int, paid: PaidClaim) -> Columns:
        known = None if self._is_strange(paid, row["tax_id"]) else self._known.get(paid.claim_number)
        line = known.line if known else self._lines.get(paid.claim_number, "")
        return payment_rows.claim(row["id"], position, paid, known, part.payment, line=line)

    def _decisions(self) -> Iterator[Decision]:
        """Each payment's in the file's order, but what is taken back goes before what is decided anew."""
        for part, row in self._paying:
            for paid in sorted(part.claims, key=lambda claim: claim.status != _REVERSAL):
                known = self._known.get(paid.claim_number)
                if known is not None and known.tax_id == row["tax_id"]:
                    sent = part.payment
                    yield Decision(known.id, paid, row["id"], sent.trace_number, sent.paid_on)

    def _is_strange(self, paid: PaidClaim, tax_id: str) -> bool:
        """Is the claim known under its number one of another tax ID?"""
        known = self._known.get(paid.claim_number)
        return known is not None and known.tax_id != tax_id


def _numbered(part: PaymentPart, row: Columns) -> Iterator[tuple[PaymentPart, Columns, int, PaidClaim]]:
    for position, paid in enumerate(part.claims, part.before):
        yield part, row, position, paid


def _fate(part: PaymentPart, outcome: RowOutcome, reason: RowReason | None = None) -> Fate:
    place = part.payment.place
    return Fate(place, outcome, (reason,) if reason else (), place)


def _payments(trace_numbers: set[str]) -> dict[Any, Columns]:
    held = models.Payment.every.filter(trace_number__in=trace_numbers).values(*_HELD)
    return {payment_rows.key_of(row): dict(row) for row in held}


def _claims(numbers: set[str]) -> Mapping[str, Known]:
    held = models.Claim.objects.filter(claim_number__in=numbers)
    columns = "claim_number", "pk", "tax_id", "line_id", "provider_npi", "member_id"
    return {number: Known(*more) for number, *more in held.values_list(*columns)}
