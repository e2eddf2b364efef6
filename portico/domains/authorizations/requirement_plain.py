"""A rule as plain values: as it is published, compared, and hashed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from portico.domains.authorizations.requirement_rules import Rule

COLUMNS: Final = (
    "key system first_code last_code line plan_code places network tax_id npi answer decided_by decider "
    "decider_contact text citation document questionnaire service_type first_on last_on"
).split()
PUBLIC: Final = tuple(name for name in COLUMNS if name not in ("tax_id", "npi"))
"""What everybody reads. Whom a rule excuses by name is told to that office alone."""


def plain(rule: Rule) -> dict[str, Any]:
    """The rule by column: text, days as YYYY-MM-DD, places as a list; None without an end."""
    told = asdict(rule)
    return {name: _plain(told[name]) for name in COLUMNS}


def digest(rules: Iterable[Rule]) -> str:
    """The SHA-256 of a list's rules, whatever their order; 64 hexadecimal digits."""
    return hash_of(sorted((plain(rule) for rule in rules), key=lambda told: str(told["key"])))


def hash_of(content: Any) -> str:
    """The SHA-256 of plain values in canonical form: keys sorted, no blanks, ASCII."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def differing(before: Rule, after: Rule) -> tuple[str, ...]:
    """The columns in which two versions of a rule differ."""
    first, second = plain(before), plain(after)
    return tuple(name for name in COLUMNS if first[name] != second[name])


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case None:
            return None
        case _:
            return str(value)
