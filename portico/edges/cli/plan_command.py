"""`portico plan`: who the plan is, its lines, regions, opening hours and entrances, from one small file."""

import argparse
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Identity, Named
from portico.domains.plan.rules import CannotConfigure
from portico.edges.cli import asking, entrance_rows, opening_rows, speaking, verification_rows

TEXTS = ("name", "short_name", "telephone", "support_email", "payer_id")
TABLES = ("card_details", "lines", "regions")
OPTIONAL = ("payer_id", "card_details")
KNOWN = (*TEXTS, *TABLES, *opening_rows.NAMES, entrance_rows.NAME, verification_rows.NAME)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `plan set` and `plan show`."""
    plan = commands.add_parser("plan", help="who the plan is, its lines and regions")
    kinds = plan.add_subparsers(required=True, metavar="WHAT")
    set_ = kinds.add_parser(
        "set", help="set all of it from a file; what stands there is renamed, never removed"
    )
    set_.add_argument("file", type=Path, metavar="FILE", help="TOML, or JSON of the same shape")
    set_.set_defaults(run=set_plan)
    show_ = kinds.add_parser("show", help="print it as such a file")
    show_.set_defaults(run=show)


def set_plan(arguments: argparse.Namespace) -> int:
    """Sets the plan as the file says; nothing is changed when any of it is wrong."""
    said = _read(arguments.file)
    lines, regions = (_named(said[what]) for what in ("lines", "regions"))
    identity = Identity(
        **{what: said.get(what, "") for what in TEXTS}, card_details=said.get("card_details", {})
    )
    try:
        catalogue.configure(actor=asking.actor(), identity=identity, lines=lines, regions=regions)
    except CannotConfigure as error:
        raise speaking.Refused(f"{arguments.file}: {error}") from error
    speaking.say(f"{identity.name}: {len(lines)} lines of business, {len(regions)} regions.")
    opening_rows.put(said)
    if entrance_rows.NAME in said:
        entrance_rows.put(said[entrance_rows.NAME])
    if verification_rows.NAME in said:
        verification_rows.put(said[verification_rows.NAME])
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Prints the plan as `plan set` takes it."""
    del arguments
    plan = catalogue.identity()
    for what in TEXTS:
        speaking.say(f"{what} = {_quoted(getattr(plan, what))}")
    _say_table("card_details", plan.card_details)
    _say_table("lines", {line.code: line.name for line in catalogue.lines()})
    _say_table("regions", {region.code: region.name for region in catalogue.regions()})
    opening_rows.show()
    entrance_rows.show()
    verification_rows.show()
    return 0


def _read(file: Path) -> Mapping[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        said = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise speaking.Refused(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise speaking.Refused(f"{file}: {error}") from error
    wrong = _what_is_wrong(said)
    if wrong:
        raise speaking.Refused(f"{file}: {wrong}")
    known: Mapping[str, Any] = said
    return known


def _what_is_wrong(said: object) -> str:
    if not isinstance(said, dict):
        return "it must hold names and tables"
    for what in said:
        if what not in KNOWN:
            return f"{what} is not known; {', '.join(KNOWN)} are"
    for what in (*TEXTS, *TABLES):
        if what not in said and what not in OPTIONAL:
            return f"{what} is missing"
    for what in TEXTS:
        if not isinstance(said.get(what, ""), str):
            return f"{what} must be text in quotes"
    for what in TABLES:
        table = said.get(what, {})
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            return f"{what} must be a table of codes with a text each"
    lines = {*said.get("lines", {}), *catalogue.line_names()}
    return (
        opening_rows.wrong_with(said)
        or entrance_rows.wrong_with(said.get(entrance_rows.NAME, []), lines=lines)
        or verification_rows.wrong_with(said.get(verification_rows.NAME, []))
    )


def _named(table: Mapping[str, str]) -> tuple[Named, ...]:
    return tuple(Named(code, name) for code, name in table.items())


def _say_table(name: str, table: Mapping[str, str]) -> None:
    speaking.say(f"\n[{name}]")
    for code, said in table.items():
        speaking.say(f"{_quoted(code)} = {_quoted(said)}")


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)
