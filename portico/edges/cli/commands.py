"""The subcommands of `portico`, one module each.

A subcommand's module has `add_to(commands)`, which adds a parser whose default `run` is a function from the
parsed arguments to an exit code. The setting `CLI_COMMANDS` lists modules of other parts by dotted path.
"""

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from portico.domains.permits.permit import NotPermitted
from portico.edges.cli import speaking

OWN_COMMANDS = (
    "portico.edges.cli.migrate_command",
    "portico.edges.cli.worker_command",
    "portico.edges.cli.audit_command",
    "portico.edges.cli.jobs_command",
)


class _Command(Protocol):
    def add_to(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...


def run(arguments: Sequence[str] | None) -> int:
    """Runs what was typed and answers its exit code; what cannot be done is said on standard error."""
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except speaking.Refused as refused:
        return speaking.complain(str(refused))
    except NotPermitted as error:
        return speaking.complain(f"Not permitted: {error}. Reference {error.reference}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="portico", description="Operate a Portico installation.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for path in (*OWN_COMMANDS, *getattr(settings, "CLI_COMMANDS", ())):
        cast(_Command, import_module(path)).add_to(commands)
    return parser
