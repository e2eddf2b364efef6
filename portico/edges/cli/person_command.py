"""`portico person`: add somebody who signs in, disable or enable, unlock.

    portico person add fay.desk --first-name Fay --last-name Desk --office lakeside --function benefits
    portico person add ann.desk --first-name Ann --last-name Desk --office lakeside --administrator
    portico person add joe.ops  --first-name Joe --last-name Ops  --desk operations

An end user always holds eligibility. The password and the authenticator's key are printed once and kept
nowhere but hashed and sealed.
"""

import argparse

from portico.domains.access import granting
from portico.domains.access.granting import CannotGrant, NewPersona
from portico.domains.accounts import users
from portico.domains.accounts.passwords import WeakPassword
from portico.domains.offices import offices
from portico.domains.permits.actors import AccountState, PersonaKind
from portico.domains.permits.functions import Desk, Function
from portico.edges.cli import asking, credentials, granted, speaking
from portico.shared.identifiers import BadIdentifier

REFUSALS = (CannotGrant, users.UsernameTaken, users.BadUsername, offices.UnknownOffice, BadIdentifier)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `person add`, `person disable`, `person enable` and `person unlock`."""
    kinds = commands.add_parser("person", help="people who sign in").add_subparsers(
        required=True, metavar="WHAT"
    )
    _add_options(kinds.add_parser("add", help="add somebody, with what the person may do"))
    for name, run, help_ in (
        ("disable", disable, "let a user sign in no more; open sessions end"),
        ("enable", enable, "let a user sign in again"),
        ("unlock", unlock, "forget the failed sign-ins that lock a user"),
    ):
        parser = kinds.add_parser(name, help=help_)
        parser.add_argument("username")
        parser.set_defaults(run=run)


def add(arguments: argparse.Namespace) -> int:
    """Adds the person; prints the password and the authenticator's key, once."""
    made = credentials.make(
        arguments.username, ask=arguments.ask_password, without=arguments.without_authenticator
    )
    new = users.NewUser(
        username=arguments.username,
        password=made.password,
        first_name=arguments.first_name,
        last_name=arguments.last_name,
        email=arguments.email,
        totp_secret=made.totp_secret,
    )
    try:
        granting.add_person(actor=asking.actor(), user=new, personas=_personas(arguments))
    except WeakPassword as error:
        raise speaking.Refused(credentials.words(error)) from error
    except REFUSALS as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"Added {new.username}.")
    credentials.show(made)
    return 0


def disable(arguments: argparse.Namespace) -> int:
    """Disables the user."""
    return _change(arguments.username, AccountState.DISABLED)


def enable(arguments: argparse.Namespace) -> int:
    """Makes a disabled user active again."""
    return _change(arguments.username, AccountState.ACTIVE)


def unlock(arguments: argparse.Namespace) -> int:
    """Forgets the misses of the user's name."""
    try:
        had_any = users.unlock(actor=asking.actor(), username=arguments.username)
    except users.UnknownUser as error:
        raise speaking.Refused(str(error)) from error
    speaking.say("Unlocked." if had_any else "There were no failed sign-ins to forget.")
    return 0


def _add_options(add_: argparse.ArgumentParser) -> None:
    add_.add_argument("username", help="letters, digits, dots, dashes, underscores")
    add_.add_argument("--first-name", required=True)
    add_.add_argument("--last-name", required=True)
    add_.add_argument("--email", default="")
    place = add_.add_mutually_exclusive_group(required=True)
    place.add_argument("--office", default="", help="the key of an office")
    place.add_argument("--desk", default="", choices=[str(desk) for desk in Desk], help="a desk of the plan")
    add_.add_argument("--administrator", action="store_true", help="manages users, sees no member")
    granted.add_options(add_)
    add_.add_argument("--ask-password", action="store_true", help="type one instead of having one made")
    add_.add_argument("--without-authenticator", action="store_true", help="the person sets one up")
    add_.set_defaults(run=add)


def _personas(arguments: argparse.Namespace) -> list[NewPersona]:
    """An administrator, an end user, or both under one sign-in; or the plan's own staff."""
    if arguments.desk:
        if arguments.administrator or arguments.function:
            raise CannotGrant("the plan's own staff hold what their desk holds, no functions")
        return [NewPersona(PersonaKind.PLAN_STAFF, desk=arguments.desk)]
    held: list[tuple[PersonaKind, list[Function]]] = []
    if arguments.function or not arguments.administrator:
        held.append((PersonaKind.END_USER, granted.functions(arguments)))
    if arguments.administrator:
        held.append((PersonaKind.ADMINISTRATOR, [Function.MANAGE_USERS]))
    return [_persona(kind, functions, arguments) for kind, functions in held]


def _persona(kind: PersonaKind, functions: list[Function], arguments: argparse.Namespace) -> NewPersona:
    grants = [granted.grant(function, arguments) for function in functions]
    return NewPersona(kind, office=arguments.office, grants=grants)


def _change(username: str, state: AccountState) -> int:
    try:
        users.change_state(actor=asking.actor(), username=username, state=state)
    except users.UnknownUser as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"{username} is {state}; open sessions ended.")
    return 0
