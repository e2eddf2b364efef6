"""Fills a PostgreSQL database with claims by its own series: two lines each, most of them paid.

What is made follows from the number of the claim alone, so that whoever asks knows whom to ask for.
"""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

TAX_IDS, CLAIMS_A_MEMBER, CLAIMS_A_PAYMENT = 20, 10, 20
DAYS: Final = 730
BEGINS: Final = date(2024, 3, 13)
LINE_CODES: Final = ("employer-hmo", "employer-ppo", "medi-cal")
_AT = "timestamptz '2026-03-12 08:00:00+00'"
_DAY = f"date '{BEGINS}' + (n * 7919 % {DAYS})::int"
_IS_PENDED = "n % 25 = 0"
_BILLED = "(100 + n % 400)::numeric(14, 2)"
_CUT, _OWED = "25.00", "15.00"
_PAYMENT = f"CASE WHEN {_IS_PENDED} THEN NULL ELSE n / {CLAIMS_A_PAYMENT} + 1 END"
_WHY = f"""'[["CO", "45", "{_CUT}"], ["PR", "3", "{_OWED}"]]'"""


def tax_id(number: int) -> str:
    """Whose claim it is. A member's claims are all of one tax ID."""
    return f"17{number // CLAIMS_A_MEMBER % TAX_IDS:07}"


def subscriber(number: int) -> str:
    """The number of the policy."""
    return f"S{number // CLAIMS_A_MEMBER:09}"


def claim_number(number: int) -> str:
    """The plan's number of the claim."""
    return f"C{number:010}"


def public_id(number: int) -> uuid.UUID:
    """The number by which an address names the claim."""
    return uuid.UUID(hashlib.md5(claim_number(number).encode(), usedforsecurity=False).hexdigest())


def first_on(number: int) -> date:
    """The day of service."""
    return BEGINS + timedelta(days=number * 7919 % DAYS)


def fill(database: "BaseDatabaseWrapper", size: int) -> None:
    """Make `size` claims, numbered from 0, with lines, events, payments and their decisions."""
    from django.db import transaction

    from portico.domains.claims import models

    with transaction.atomic():
        _insert(database, models.Payment, size // CLAIMS_A_PAYMENT + 1, _PAYMENTS)
        _insert(database, models.Claim, size, _CLAIMS)
        for line in (1, 2):
            _insert(
                database, models.ClaimLine, size, {**_LINES, "number": str(line), "id": f"n * 2 + {line}"}
            )
        _insert(database, models.ClaimEvent, size, _RECEIVED)
        _insert(database, models.ClaimEvent, size, _HAPPENED)
        _insert(database, models.ClaimPayment, size, _DECISIONS, only=f"NOT {_IS_PENDED}")
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _insert(
    database: "BaseDatabaseWrapper",
    model: "type[Model]",
    count: int,
    told: Mapping[str, str],
    *,
    only: str = "true",
) -> None:
    """Rows of a series n = 0 … count - 1; a column without an expression holds what an empty field does."""
    columns = {
        field.column: told.get(field.column or "") or _empty(field) for field in model._meta.concrete_fields
    }
    names = ", ".join(f'"{name}"' for name in columns)
    with database.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(columns.values())}'  # noqa: S608
            f" FROM generate_series(0::bigint, {count - 1}) AS n WHERE {only}"
        )


def _empty(field: Any) -> str:
    if field.primary_key:
        return f"nextval(pg_get_serial_sequence('{field.model._meta.db_table}', '{field.column}'))"
    if field.null:
        return "NULL"
    value = field.get_default()
    if isinstance(value, list | dict):
        return "'[]'" if isinstance(value, list) else "'{}'"
    return str(value) if isinstance(value, int) else f"'{value}'"


_PAYMENTS: Final = {
    "id": "n + 1",
    "public_id": "md5('payment' || n)::uuid",
    "tax_id": f"'17' || lpad((n * {CLAIMS_A_PAYMENT} / {CLAIMS_A_MEMBER} % {TAX_IDS})::text, 7, '0')",
    "payee_name": "'Lakeside Family Medicine'",
    "payer_name": "'Northlake Health Plan'",
    "payer_number": "'1970118200'",
    "trace_number": "'T' || n",
    "method": "'ACH'",
    "handling": "'I'",
    "amount": "5000.00",
    "paid_on": f"date '{BEGINS}' + (n % {DAYS})::int",
    "claim_count": str(CLAIMS_A_PAYMENT),
    "billed": "6000.00",
    "loaded_at": _AT,
}
_CLAIMS: Final = {
    "id": "n + 1",
    "public_id": "md5('C' || lpad(n::text, 10, '0'))::uuid",
    "claim_number": "'C' || lpad(n::text, 10, '0')",
    "patient_control_number": "'PC' || n",
    "form": "'professional'",
    "line": f"(ARRAY{list(LINE_CODES)})[(n / {CLAIMS_A_MEMBER} % 3 + 1)::int]",
    "tax_id": f"'17' || lpad((n / {CLAIMS_A_MEMBER} % {TAX_IDS})::text, 7, '0')",
    "provider_npi": "'2990000019'",
    "provider_name": "'Grace Lin'",
    "billing_name": "'Lakeside Family Medicine'",
    "member_id": f"'S' || lpad((n / {CLAIMS_A_MEMBER})::text, 9, '0') || '01'",
    "subscriber_number": f"'S' || lpad((n / {CLAIMS_A_MEMBER})::text, 9, '0')",
    "patient_last_name": f"'Name' || n / {CLAIMS_A_MEMBER} % 5000",
    "patient_first_name": "'Adaeze'",
    "patient_birth_date": "date '1985-03-14'",
    "first_on": _DAY,
    "last_on": _DAY,
    "received_on": f"{_DAY} + 5",
    "facility": "'11'",
    "diagnoses": """'["E119"]'""",
    "status": f"CASE WHEN {_IS_PENDED} THEN 'pended' ELSE 'paid' END",
    "stated_on": f"{_DAY} + 20",
    "pend_reason": f"CASE WHEN {_IS_PENDED} THEN 'medical_records' ELSE '' END",
    "decided_on": f"CASE WHEN {_IS_PENDED} THEN NULL ELSE {_DAY} + 20 END",
    "billed": f"{_BILLED} * 2",
    "allowed": f"CASE WHEN {_IS_PENDED} THEN NULL ELSE ({_BILLED} - {_CUT}) * 2 END",
    "paid": f"CASE WHEN {_IS_PENDED} THEN NULL ELSE ({_BILLED} - {_CUT} - {_OWED}) * 2 END",
    "member_share": f"CASE WHEN {_IS_PENDED} THEN NULL ELSE {_OWED} * 2 END",
    "decision_count": f"CASE WHEN {_IS_PENDED} THEN 0 ELSE 1 END",
    "payment_id": _PAYMENT,
    "changed_at": _AT,
}
_LINES: Final = {
    "claim_id": "n + 1",
    "code_kind": "'HC'",
    "code": "'T1015'",
    "units": "1",
    "unit": "'UN'",
    "first_on": _DAY,
    "last_on": _DAY,
    "billed": _BILLED,
    "allowed": f"{_BILLED} - {_CUT}",
    "paid": f"{_BILLED} - {_CUT} - {_OWED}",
    "member_share": _OWED,
    "adjustments": _WHY,
}
_RECEIVED: Final = {"claim_id": "n + 1", "kind": "'received'", "on": f"{_DAY} + 5", "noted_at": _AT}
_HAPPENED: Final = {
    "claim_id": "n + 1",
    "kind": f"CASE WHEN {_IS_PENDED} THEN 'pended' ELSE 'paid' END",
    "on": f"{_DAY} + 20",
    "code": f"CASE WHEN {_IS_PENDED} THEN 'medical_records' ELSE '' END",
    "noted_at": _AT,
}
_DECISIONS: Final = {
    "payment_id": _PAYMENT,
    "position": f"n % {CLAIMS_A_PAYMENT}",
    "claim_id": "n + 1",
    "claim_number": _CLAIMS["claim_number"],
    "member_id": _CLAIMS["member_id"],
    "line": _CLAIMS["line"],
    "status": "'1'",
    "first_on": _DAY,
    "billed": f"{_BILLED} * 2",
    "paid": f"({_BILLED} - {_CUT} - {_OWED}) * 2",
    "member_share": f"{_OWED} * 2",
}
