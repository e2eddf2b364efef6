"""`portico person`: add somebody who signs in; how far an account is, and opening it again, is person_care's.

    portico person add fay.desk --first-name Fay --last-name Desk --office lakeside --function benefits
    portico person add ann.desk --first-name Ann --last-name Desk --office lakeside --administrator
    portico person add joe.ops  --first-name Joe --last-name Ops  --desk operations
    portico person add kim.desk --first-name Kim --last-name Desk --desk support --invite --email k@x.org

An end user always holds eligibility. The password and the authenticator's key are printed once and kept
nowhere but hashed and sealed. Somebody invited gets the way in by mail and sets up both: nothing is printed.
"""

import argparse

from portico.domains.access import granting
from portico.domains.access.granting import CannotGrant, NewPersona
from portico.domains.accounts import users
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.joining.invitations import CannotInvite
from portico.domains.offices import offices
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Desk, Function
from portico.edges.cli import asking, credentials, granted, person_care, speaking
from portico.shared.identifiers import BadIdentifier

REFUSALS = (CannotGrant, users.UsernameTaken, users.BadUsername, offices.UnknownOffice, BadIdentifier)
NO_ADDRESS = "an invitation goes by mail: give an address that can be written to, with --email"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `person add`, and what looks after an account."""
    kinds = commands.add_parser("person", help="people who sign in").add_subparsers(
        required=True, metavar="WHAT"
    )
    _add_options(kinds.add_parser("add", help="add somebody, with what the person may do"))
    person_care.add_to(kinds)


def add(arguments: argparse.Namespace) -> int:
    """Adds the person; prints the password and the authenticator's key, once, or mails an invitation."""
    made = None if arguments.invite else _credentials(arguments)
    new = users.NewUser(
        username=arguments.username,
        password=made.password if made else None,
        first_name=arguments.first_name,
        last_name=arguments.last_name,
        email=arguments.email,
        totp_secret=made.totp_secret if made else None,
        is_verified=True,
    )
    try:
        granting.add_person(actor=asking.actor(), user=new, personas=_personas(arguments))
    except CannotInvite as error:
        raise speaking.Refused(NO_ADDRESS) from error
    except WeakPassword as error:
        raise speaking.Refused(credentials.words(error)) from error
    except REFUSALS as error:
        raise speaking.Refused(str(error)) from error
    if made is None:
        speaking.say(f"Invited {new.username}. Hand the username over yourself: the mail does not name it.")
        return 0
    speaking.say(f"Added {new.username}.")
    credentials.show(made)
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
    sign_in = add_.add_mutually_exclusive_group()
    sign_in.add_argument("--invite", action="store_true", help="mail an invitation, which lasts a day")
    sign_in.add_argument("--ask-password", action="store_true", help="type one instead of having one made")
    add_.add_argument("--without-authenticator", action="store_true", help="the person sets one up")
    add_.set_defaults(run=add)


def _credentials(arguments: argparse.Namespace) -> credentials.Credentials:
    return credentials.make(
        arguments.username, ask=arguments.ask_password, without=arguments.without_authenticator
    )


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
