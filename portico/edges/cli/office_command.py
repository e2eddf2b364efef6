"""`portico office add`: open an office for the tax IDs it bills under."""

import argparse

from portico.domains.offices import offices
from portico.domains.offices.offices import CannotOpen, NewOffice
from portico.edges.cli import asking, speaking
from portico.shared.identifiers import BadIdentifier


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `office add`."""
    office = commands.add_parser("office", help="offices that have an account")
    add_ = office.add_subparsers(required=True, metavar="WHAT").add_parser("add", help="open an office")
    add_.add_argument("key", help="its stable name: small letters, digits and dashes")
    add_.add_argument("--name", required=True, help="as people call it")
    add_.add_argument("--kind", required=True, choices=offices.KINDS)
    add_.add_argument("--tax-id", required=True, action="append", help="may be given again")
    add_.add_argument("--email", default="", help="where notices for the office go")
    add_.add_argument("--telephone", default="")
    add_.set_defaults(run=add)


def add(arguments: argparse.Namespace) -> int:
    """Opens the office; says which tax IDs are its own now."""
    new = NewOffice(
        key=arguments.key,
        name=arguments.name,
        kind=arguments.kind,
        tax_ids=tuple(arguments.tax_id),
        contact_email=arguments.email,
        telephone=arguments.telephone,
    )
    try:
        opened = offices.open_office(actor=asking.actor(), new=new)
    except (CannotOpen, BadIdentifier) as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"Opened {opened.key}: {opened.name}, tax IDs {', '.join(opened.tax_ids)}.")
    return 0
