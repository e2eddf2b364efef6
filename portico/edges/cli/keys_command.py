"""`portico keys new`: the keys a plan keeps outside its database, before anything else can start.

This command runs without settings, since settings refuse to load without keys.
"""

import argparse
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from portico.edges.cli import speaking

NAMES = ("SECRET_KEY", "VAULT_KEY", "INDEX_KEY", "AUDIT_KEY")
KEY_BYTES = 32
ADVICE = """
Keep a copy of these files apart from the backups of the database. Without vault_key and index_key no Social
Security number and no authenticator can be read again; without audit_key the audit cannot be verified."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `keys new`."""
    keys = commands.add_parser("keys", help="make the keys the portal needs to start")
    new_ = keys.add_subparsers(required=True, metavar="WHAT").add_parser("new", help="make a set of keys")
    where = new_.add_mutually_exclusive_group(required=True)
    where.add_argument("folder", nargs="?", type=Path, help="a folder for one file a key; made if need be")
    where.add_argument("--print", action="store_true", help="print them instead, for a secret store")
    new_.set_defaults(run=new)


def main(arguments: Sequence[str]) -> int:
    """Runs `keys …` by itself and answers the exit code."""
    parser = argparse.ArgumentParser(prog="portico")
    add_to(parser.add_subparsers(required=True, metavar="COMMAND"))
    parsed = parser.parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except speaking.Refused as refused:
        return speaking.complain(str(refused))


def new(arguments: argparse.Namespace) -> int:
    """Makes four keys of 256 bits, in files only their owner can read, or on standard output."""
    made = {name: secrets.token_hex(KEY_BYTES) for name in NAMES}
    if arguments.print:
        for name, key in made.items():
            speaking.say(f"PORTICO_{name}={key}")
        return 0
    folder = arguments.folder.absolute()
    _write(folder, made)
    for name in NAMES:
        speaking.say(f"PORTICO_{name}_FILE={folder / name.lower()}")
    speaking.advise(ADVICE)
    return 0


def _write(folder: Path, made: dict[str, str]) -> None:
    there = [name.lower() for name in made if (folder / name.lower()).exists()]
    if there:
        raise speaking.Refused(f"{folder} holds {', '.join(there)} already; a key is never overwritten")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, key in made.items():
            file = os.open(folder / name.lower(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(file, "w", encoding="ascii") as opened:
                opened.write(f"{key}\n")
    except OSError as error:
        raise speaking.Refused(f"{folder} cannot be written: {error.strerror}") from error
