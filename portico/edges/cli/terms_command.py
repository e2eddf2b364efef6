"""`portico terms`: the terms of use everybody agrees to: publish a version, list those there were.

portico terms publish --version 2026-04 terms.txt
portico terms list
"""

import argparse
from pathlib import Path

from portico.domains.plan import days, terms
from portico.domains.plan.terms import CannotPublish
from portico.edges.cli import asking, speaking


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `terms publish` and `terms list`."""
    kinds = commands.add_parser("terms", help="the terms of use everybody agrees to").add_subparsers(
        required=True, metavar="WHAT"
    )
    publish_ = kinds.add_parser("publish", help="put a version in force; everybody is asked to agree to it")
    publish_.add_argument("--version", required=True, help="its name, never used before: 2026-04")
    publish_.add_argument("file", type=Path, metavar="FILE", help="plain text; #, - and 1. make its parts")
    publish_.set_defaults(run=publish)
    list_ = kinds.add_parser("list", help="show every version, the one in force first")
    list_.set_defaults(run=show)


def publish(arguments: argparse.Namespace) -> int:
    """Publishes the file's text under that name."""
    try:
        made = terms.publish(actor=asking.actor(), version=arguments.version, text=_read(arguments.file))
    except CannotPublish as error:
        raise speaking.Refused(f"{arguments.file}: {error}") from error
    speaking.say(f"Version {made.version} is in force. SHA-256 of its text: {made.digest}")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Prints a line for each version."""
    del arguments
    for each in terms.versions():
        at = days.local(each.published_at)
        speaking.say(f"{each.version:<20}  {at:%Y-%m-%d %H:%M %Z}  {each.digest}")
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise speaking.Refused(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise speaking.Refused(f"{file} is no text in UTF-8") from error
