"""`portico migrate`: makes the tables, or brings them to what this version needs."""

import argparse

from django.core.management import call_command


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `migrate`."""
    parser = commands.add_parser("migrate", help="make the tables, or bring them up to date")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing; a database that is up to date is left as it is."""
    del arguments
    call_command("migrate", interactive=False)
    return 0
