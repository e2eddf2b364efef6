"""Writes the claims as a plan's core would send them: the 837s as submitted, and the 835s as paid.

837p.x12   professional claims, in the order they came
837i.x12   those of hospitals
835.x12    a payment for each tax ID and Wednesday
837-agreed.x12, 835-agreed.x12   the same of claims under the numbers of requests
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from portico.demo.claims import remitting, told
from portico.demo.claims.drawn import Drawn
from portico.demo.claims.shelf import Shelf
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.facts.paid import PaymentWithClaims
from portico.domains.claims.facts.submitted import Form
from portico.transactions.claims import writer as claims_writer
from portico.transactions.claims.ends import Ends
from portico.transactions.remittances import writer as remittances_writer

CORE, PORTAL = "NORTHLAKECORE", "NORTHLAKEPORTAL"
SUBMITTED: Final = {Form.PROFESSIONAL: "837p.x12", Form.INSTITUTIONAL: "837i.x12"}
PAID, TOLD = "835.x12", "claims.csv"
AGREED, AGREED_PAID = "837-agreed.x12", "835-agreed.x12"
COLUMNS: Final = tuple(field.name for field in fields(ExtractedClaim) if field.name != "place")
_NUMBERS: Final = {Form.PROFESSIONAL: 8001, Form.INSTITUTIONAL: 8002}
_REMITTANCE_NUMBER, _AT = 8003, time(4)
_AGREED_NUMBER, _AGREED_PAID_NUMBER, _AGREED_FIRST = 8004, 8005, 9001
ENDS: Final = Ends(
    sender=CORE,
    receiver=PORTAL,
    sender_name=told.PAYER.name,
    receiver_name=told.PAYER.name,
    contact=remitting.PAYER.contact_name,
    telephone=remitting.PAYER.telephone,
)
PLAN: Final = remittances_writer.Plan(name=told.PAYER.name, sender=CORE, receiver=PORTAL)
Watch = Callable[[PaymentWithClaims], None]


def write_submitted(folder: Path, shelf: Shelf, *, today: date) -> tuple[Path, ...]:
    """Write the claims as they were submitted; answers the paths in the order to load."""
    for form, name in SUBMITTED.items():
        with (folder / name).open("wb") as file:
            claims_writer.write(
                file,
                (claim.sent for claim in shelf.received(form)),
                form=form,
                ends=ENDS,
                at=datetime.combine(today, _AT),
                control_number=control_number(today, _NUMBERS[form]),
                line_end="\n",
            )
    return tuple(folder / name for name in SUBMITTED.values())


def write_told(folder: Path, shelf: Shelf) -> Path:
    """Write what the core told of claims between; answers the path."""
    path = folder / TOLD
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for claim in shelf.told():
            rows.writerow([_cell(getattr(claim, name)) for name in COLUMNS])
    return path


def write_paid(folder: Path, shelf: Shelf, *, today: date, watch: Watch) -> Path:
    """Write the payments, showing each to `watch`; answers the path."""
    path = folder / PAID
    with path.open("wb") as file:
        remittances_writer.write(
            file,
            _watched(remitting.payments(shelf.decided()), watch),
            plan=PLAN,
            at=datetime.combine(today, _AT),
            control_number=control_number(today, _REMITTANCE_NUMBER),
        )
    return path


def write_agreed(folder: Path, claims: Sequence[Drawn], *, today: date) -> tuple[Path, Path]:
    """Write professional claims under the numbers of requests, and what was paid of them."""
    at = datetime.combine(today, _AT)
    with (folder / AGREED).open("wb") as file:
        claims_writer.write(
            file,
            (claim.sent for claim in claims),
            form=Form.PROFESSIONAL,
            ends=ENDS,
            at=at,
            control_number=control_number(today, _AGREED_NUMBER),
            line_end="\n",
        )
    decisions = [one for claim in claims for one in claim.decisions]
    decisions.sort(key=lambda one: (one.paid_on, one.tax_id))
    with (folder / AGREED_PAID).open("wb") as file:
        remittances_writer.write(
            file,
            remitting.payments(decisions, first=_AGREED_FIRST),
            plan=PLAN,
            at=at,
            control_number=control_number(today, _AGREED_PAID_NUMBER),
        )
    return folder / AGREED, folder / AGREED_PAID


def control_number(today: date, number: int) -> int:
    """That of the day's file of this kind."""
    return int(f"{today.toordinal() % 100_000:05d}{number:04d}")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _watched(payments: Iterable[PaymentWithClaims], watch: Watch) -> Iterator[PaymentWithClaims]:
    for payment in payments:
        watch(payment)
        yield payment
