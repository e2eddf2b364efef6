"""When identity is verified, as `portico plan` reads and writes it: tables [[verification]] of its file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from portico.domains.accounts.proving import provers
from portico.domains.permits.verification import Rule
from portico.domains.plan import verification_rules, verification_table
from portico.domains.plan.verification_rules import CannotSet
from portico.edges.cli import asking, speaking

NAME: Final = "verification"
_NOTHING: Final[Mapping[str, Any]] = {
    "account_type": "",
    "persona": "",
    "functions": "",
    "state": "",
    "provers": [],
    "days": 0,
}


def wrong_with(said: object) -> str:
    """What is wrong with these rows as they stand in the file; empty where nothing is."""
    if not isinstance(said, list) or not all(map(_is_row, said)):
        return f"{NAME} must be tables, each with some of {', '.join(_NOTHING)}"
    try:
        verification_rules.check(_rules(said), provers=provers.codes())
    except CannotSet as error:
        return f"{NAME}, row {error.row}: {error}" if error.row else f"{NAME}: {error}"
    return ""


def put(said: Sequence[Mapping[str, Any]]) -> None:
    """Put these rows in place of all there are; none: back to the default."""
    verification_table.replace(actor=asking.actor(), rules=_rules(said), provers=provers.codes())
    speaking.say(f"When identity is verified: {len(said)} rows." if said else "Identity: the default.")


def show() -> None:
    """Print the table as the file has it; nothing where the plan has written none."""
    table = verification_table.read()
    for rule in () if table.is_default else table.rules:
        speaking.say(f"\n[[{NAME}]]")
        for name, nothing in _NOTHING.items():
            value = list(rule.provers) if name == "provers" else getattr(rule, name)
            if value != nothing:
                speaking.say(f"{name} = {json.dumps(value)}")


def _is_row(row: object) -> bool:
    """Does it say nothing but what a row can, each in its own kind of value?"""
    return isinstance(row, dict) and all(
        name in _NOTHING and type(value) is type(_NOTHING[name]) for name, value in row.items()
    )


def _rules(said: Sequence[Mapping[str, Any]]) -> list[Rule]:
    rows = [{**_NOTHING, **row} for row in said]
    return [Rule(**{**row, "provers": tuple(map(str, row["provers"]))}) for row in rows]
