"""What a new person signs in with: made or typed here, shown once."""

import getpass
import sys
from dataclasses import dataclass, field

import segno

from portico.domains.accounts import rules
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.rules import PasswordFault
from portico.domains.accounts.second_factors import factors
from portico.domains.plan import catalogue
from portico.edges.cli import speaking
from portico.shared import identifiers

PASSWORD_SIGNS = 24
WORDS = {
    PasswordFault.TOO_SHORT: f"it needs {rules.LEAST_LENGTH} characters, or {rules.LEAST_LENGTH_WITH_FACTOR} "
    "beside an authenticator",
    PasswordFault.TOO_LONG: f"it may have {rules.GREATEST_LENGTH} characters",
    PasswordFault.GUESSABLE: "it is among the first anybody would try",
    PasswordFault.TEMPORARY: "it is a temporary one",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """A password and an authenticator's key; either may be known to the person already (None)."""

    username: str
    password: str = field(repr=False)
    totp_secret: str | None = field(repr=False)
    was_typed: bool = False


def make(username: str, *, ask: bool, without: bool) -> Credentials:
    """A password made (120 bits) or asked for, and a new authenticator's key unless `without`."""
    password = _typed() if ask else identifiers.group_reference(identifiers.new_reference(PASSWORD_SIGNS))
    return Credentials(username, password, None if without else factors.new_secret(), was_typed=ask)


def show(made: Credentials) -> None:
    """Print what the person needs to sign in, with a picture for the authenticator on a terminal."""
    if not made.was_typed:
        speaking.say(f"Password:      {made.password}")
    if made.totp_secret is not None:
        uri = factors.provisioning_uri(
            made.totp_secret, username=made.username, issuer=catalogue.identity().name
        )
        speaking.say(f"Authenticator: {made.totp_secret}\n               {uri}")
        if sys.stdout.isatty():
            segno.make(uri, error="m").terminal(compact=True)
    if made.totp_secret is not None or not made.was_typed:
        speaking.advise("Hand this over now: it cannot be shown again.")


def words(error: WeakPassword) -> str:
    """Why a password cannot be used, for the operator."""
    return f"this password cannot be used: {'; '.join(WORDS[fault] for fault in error.faults)}"


def _typed() -> str:
    try:
        first, again = getpass.getpass("Password: "), getpass.getpass("The same again: ")
    except EOFError as error:
        raise speaking.Refused("a password is asked for, and there is nobody to type one") from error
    if first != again:
        raise speaking.Refused("the two passwords differ")
    return first
