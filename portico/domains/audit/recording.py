"""Writes the one row that says what was asked, by whom, about whom, and what came of it.

This is on the path of every request: one INSERT, and one more for all subjects when there are any. Both
are plain statements, because building them through the ORM costs five times what the database takes.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from portico.domains.audit import keys, rows, rules
from portico.domains.audit.models import Entry
from portico.domains.audit.rules import Outcome
from portico.shared import identifiers

__all__ = ["Outcome", "Use", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What is written of one use: codes and identifiers, never a name, a birth date or a clinical fact.

    `subjects` are (kind, identifier) pairs; `reasons` are reason codes; `conclusion` is a short code of what
    came out, such as found or not_found; an empty `reference` lets `record` make one.
    """

    at: datetime
    door: str
    actor_kind: str
    function: str
    outcome: Outcome
    actor_name: str = ""
    user_id: int | None = None
    persona_id: int | None = None
    machine_id: int | None = None
    office_id: int | None = None
    tax_id: str = ""
    line: str = ""
    region: str = ""
    provider: str = ""
    conclusion: str = ""
    detail: str = ""
    reasons: tuple[str, ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    reference: str = ""


_COLUMNS = [field.attname for field in Entry._meta.concrete_fields if not field.primary_key]
_PLACES = ", ".join(["%s"] * len(_COLUMNS))
_INSERT_ENTRY = f"INSERT INTO audit_entry ({', '.join(_COLUMNS)}) VALUES ({_PLACES}) RETURNING id"  # noqa: S608
_INSERT_SUBJECTS = "INSERT INTO audit_subject (entry_id, kind, identifier) VALUES "
_MOST = 5000  # subjects in one statement: SQLite takes 32,766 parameters


def record(use: Use) -> str:
    """Writes `use` in the transaction that is open, and answers the reference people may quote.

    Without one the row could be sealed before its subjects are there: a RuntimeError.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit row is written in the transaction of what it records")
    entry = _marked(use, use.reference or identifiers.new_reference())
    stored = vars(entry) | {
        "at": connection.ops.adapt_datetimefield_value(entry.at),
        "reasons": json.dumps(entry.reasons),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ENTRY, [stored[column] for column in _COLUMNS])
        entry_id = cursor.fetchone()[0]
        for start in range(0, len(use.subjects), _MOST):
            about = use.subjects[start : start + _MOST]
            places = ", ".join(["(%s, %s, %s)"] * len(about))
            cursor.execute(_INSERT_SUBJECTS + places, [v for s in about for v in (entry_id, *s)])
    return entry.reference


def _marked(use: Use, reference: str) -> Entry:
    key = keys.current()
    entry = Entry(
        at=use.at,
        reference=reference,
        door=str(use.door),
        actor_kind=str(use.actor_kind),
        actor_name=use.actor_name,
        user_id=use.user_id,
        persona_id=use.persona_id,
        machine_id=use.machine_id,
        office_id=use.office_id,
        function=str(use.function),
        tax_id=use.tax_id,
        line=use.line,
        region=use.region,
        provider=use.provider,
        outcome=str(use.outcome),
        conclusion=use.conclusion,
        detail=use.detail,
        reasons=list(use.reasons),
        key_id=key.id,
    )
    entry.mark = rules.mark(key.secret, rows.exact_bytes(entry, use.subjects))
    return entry
