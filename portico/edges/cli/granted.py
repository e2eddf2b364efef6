"""What is granted on the command line, to people and machines alike: the options, and the grant they make."""

import argparse
from datetime import date

from portico.domains.access.granting import NewGrant
from portico.domains.offices import offices
from portico.domains.permits.functions import GRANTABLE, Function
from portico.edges.cli import asking
from portico.shared import identifiers

FUNCTIONS = [str(function) for function in GRANTABLE if function is not Function.MANAGE_USERS]
_HELP = f"besides eligibility: {', '.join(FUNCTIONS[1:])} (may be given again)"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say what may be done, and how far."""
    parser.add_argument("--function", action="append", default=[], choices=FUNCTIONS, metavar="F", help=_HELP)
    parser.add_argument("--tax-id", action="append", default=[], help="only these; else all of the office's")
    parser.add_argument("--line", action="append", default=[], help="only these lines of business; else all")
    parser.add_argument("--region", action="append", default=[], help="only these regions; else all")
    parser.add_argument("--provider", action="append", default=[], help="only these NPIs; else all")
    day = date.fromisoformat
    parser.add_argument("--from", dest="first_on", type=day, metavar="DAY", help="else today")
    parser.add_argument("--until", dest="last_on", type=day, metavar="DAY", help="else no end")


def functions(arguments: argparse.Namespace) -> list[Function]:
    """The functions named, and eligibility always."""
    named = {Function.ELIGIBILITY, *map(Function, arguments.function)}
    return [function for function in GRANTABLE if function in named]


def grant(function: Function, arguments: argparse.Namespace) -> NewGrant:
    """The function, as far as the options say. Raises UnknownOffice, BadIdentifier."""
    own = offices.find(arguments.office).tax_ids
    managing = function is Function.MANAGE_USERS
    return NewGrant(
        function=function,
        tax_ids=tuple(map(identifiers.parse_tax_id, arguments.tax_id)) or own,
        first_on=arguments.first_on or asking.actor().today,
        last_on=arguments.last_on,
        lines=() if managing else tuple(arguments.line),
        regions=() if managing else tuple(arguments.region),
        providers=() if managing else tuple(map(identifiers.parse_npi, arguments.provider)),
    )
