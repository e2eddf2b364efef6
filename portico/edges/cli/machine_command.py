"""`portico machine`: programs that ask for an office: add, list, renew, revoke.

    portico machine add --office lakeside --name "Lakeside clearinghouse" --sender-id LAKECLEAR
    portico machine add --office lakeside --name "Lakeside records" --keys keys.json
    portico machine rotate lakeside-7k2m9xq4 --overlap-days 14
    portico machine revoke lakeside-7k2m9xq4

One that sends X12 has a sender ID and gets a username and a secret, printed once and kept only hashed; an
application that speaks FHIR hands in its public keys and gets a client ID. It always holds eligibility.
"""

import argparse
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from portico.domains.access import machine_rules, machine_views, machines
from portico.domains.access.granting import CannotGrant
from portico.domains.access.machines import CannotRegister, NewMachine, UnknownMachine
from portico.domains.offices.offices import UnknownOffice
from portico.domains.plan import days
from portico.edges.cli import asking, granted, speaking
from portico.shared.identifiers import BadIdentifier

SCOPES = ("system/Coverage.rs", "system/Patient.rs")
REFUSALS = (CannotRegister, CannotGrant, UnknownMachine, UnknownOffice, BadIdentifier)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `machine add`, `machine list`, `machine keys`, `machine rotate` and `machine revoke`."""
    machine = commands.add_parser("machine", help="programs that ask for an office")
    kinds = machine.add_subparsers(required=True, metavar="WHAT")
    _add_options(kinds.add_parser("add", help="let a program ask for an office"))
    list_ = kinds.add_parser("list", help="show the programs there are")
    list_.add_argument("--office", default="", help="only of this office (its key)")
    list_.set_defaults(run=show)
    keys = kinds.add_parser("keys", help="replace an application's public keys")
    keys.add_argument("name", help="its client ID")
    _add_keys(keys.add_mutually_exclusive_group(required=True))
    keys.set_defaults(run=set_keys)
    rotate_ = kinds.add_parser("rotate", help="make a new secret; the old one goes on for a while")
    rotate_.add_argument("name", help="its username")
    days = f"how long the old secret goes on, 0 to {machine_rules.LONGEST_OVERLAP.days}"
    rotate_.add_argument(
        "--overlap-days", type=int, default=machine_rules.OVERLAP.days, metavar="N", help=days
    )
    rotate_.set_defaults(run=rotate)
    revoke_ = kinds.add_parser("revoke", help="let a program in no more, for good")
    revoke_.add_argument("name", help="its username or client ID")
    revoke_.set_defaults(run=revoke)


def add(arguments: argparse.Namespace) -> int:
    """Adds the program; prints what it signs in with, once."""
    try:
        made = machines.create(actor=asking.actor(), new=_new(arguments))
    except REFUSALS as error:
        raise speaking.Refused(str(error)) from error
    row = made.machine.row
    speaking.say(f"Added {row.name} for {row.office_name}.")
    if made.secret is None:
        speaking.say(f"Client ID: {row.sign_in_name}\nScopes:    {' '.join(made.machine.scopes)}")
    else:
        speaking.say(f"Sender ID: {row.sender_id}\nUsername:  {row.sign_in_name}")
        _show(made.secret)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Prints a line for each program, the newest first."""
    key: str | None = ""
    while key is not None:
        page = machines.page(actor=asking.actor(), office=arguments.office, key=key)
        for row in page.rows:
            speaking.say(_line(row))
        key = page.next_key
    return 0


def set_keys(arguments: argparse.Namespace) -> int:
    """Replaces an application's keys; what the old ones sign is refused from now on."""
    key_set = _read(arguments.keys) if arguments.keys else None
    try:
        number = machines.named(actor=asking.actor(), sign_in_name=arguments.name)
        machines.set_keys(
            actor=asking.actor(), public_id=number, key_set=key_set, key_set_url=arguments.keys_url
        )
    except REFUSALS as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"{arguments.name} signs with the new keys.")
    return 0


def rotate(arguments: argparse.Namespace) -> int:
    """Makes a new secret and prints it, once."""
    overlap = timedelta(days=arguments.overlap_days)
    try:
        secret = machines.rotate(actor=asking.actor(), public_id=_number(arguments), overlap=overlap)
    except REFUSALS as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"{arguments.name} has a new secret; the old one ends in {arguments.overlap_days} days.")
    _show(secret)
    return 0


def revoke(arguments: argparse.Namespace) -> int:
    """Revokes the program."""
    try:
        was_in = machines.revoke(actor=asking.actor(), public_id=_number(arguments))
    except REFUSALS as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(
        f"{arguments.name} is let in no more." if was_in else f"{arguments.name} was revoked before."
    )
    return 0


def _add_options(add_: argparse.ArgumentParser) -> None:
    add_.add_argument("--office", required=True, help="the key of the office it asks for")
    add_.add_argument("--name", required=True, help="as people call it")
    kind = add_.add_mutually_exclusive_group(required=True)
    kind.add_argument("--sender-id", default="", help="it sends X12, as this: 2 to 15 signs")
    _add_keys(kind)
    add_.add_argument("--scope", action="append", default=[], help=f"else {' '.join(SCOPES)}")
    add_.add_argument("--email", default="", help="whom to write to about it")
    granted.add_options(add_)
    add_.set_defaults(run=add)


def _add_keys(group: "argparse._MutuallyExclusiveGroup") -> None:
    group.add_argument(
        "--keys", type=Path, metavar="FILE", help="it speaks FHIR, with these public keys (JWKS)"
    )
    group.add_argument("--keys-url", default="", metavar="URL", help="or with those at this address")


def _new(arguments: argparse.Namespace) -> NewMachine:
    is_partner = bool(arguments.sender_id)
    grants = [granted.grant(function, arguments) for function in granted.functions(arguments)]
    return NewMachine(
        office=arguments.office,
        kind=machines.TRADING_PARTNER if is_partner else machines.FHIR_CLIENT,
        name=arguments.name,
        tax_id=grants[0].tax_ids[0],
        contact_email=arguments.email,
        sender_id=arguments.sender_id,
        key_set=_read(arguments.keys) if arguments.keys else {},
        key_set_url=arguments.keys_url,
        scopes=tuple(arguments.scope) or (() if is_partner else SCOPES),
        grants=grants,
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise speaking.Refused(f"{file} cannot be read as a JSON Web Key Set: {error}") from error
    return read if isinstance(read, dict) else {}


def _number(arguments: argparse.Namespace) -> UUID:
    return machines.named(actor=asking.actor(), sign_in_name=arguments.name)


def _show(secret: str) -> None:
    speaking.say(f"Secret:    {secret}")
    speaking.advise("Hand this over now: it cannot be shown again.")


def _line(row: machine_views.Row) -> str:
    state = f"revoked {_day(row.revoked_at)}" if row.revoked_at else f"last used {_day(row.last_used_at)}"
    return f"{row.sign_in_name}  {row.kind}  {row.office_key}  {row.sender_id or '-'}  {state}  {row.name}"


def _day(at: datetime | None) -> str:
    return days.of(at).isoformat() if at else "never"
