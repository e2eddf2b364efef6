"""Provers: the ways to prove who one is, each a class named by dotted path in settings.IDENTITY_PROVERS.

    begin -> asked -> submit -> passed
               ^         |----> missed, counted; the fifth blocks for an hour
               |         `----> submitted -> the plan decides -> passed, or refused with a reason
               `------------------------- begun anew ------------------------'

A prover says what somebody may choose, does what the task begins with, and looks at what is handed in; the
task, its tries and its end are `proofs`'. Two besides are always there and have no task to begin: "desk", the
plan's own word, and "provider_file", that a registration agreed with the provider file (`registering`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portico.domains.accounts import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

DESK: Final = "desk"
PROVIDER_FILE: Final = "provider_file"
DOCUMENTS: Final = "documents"
CONTACT: Final = "contact"
OPENID_CONNECT: Final = "openid_connect"
PAYMENT: Final = "payment"


class Hands(StrEnum):
    """What somebody hands in, and so which page the task has."""

    FILES = "files"
    CODE = "code"
    PAYMENT = "payment"
    """The number and the amount of a payment."""
    WORD = "word"
    """The word of somebody else, brought back by the edge that speaks to them."""


class Verdict(StrEnum):
    """How a beginning or a try ended; stable codes. The last two are said by `proofs`, never by a prover."""

    BEGUN = "begun"
    PASSED = "passed"
    HANDED_IN = "handed_in"
    MISSED = "missed"
    TOO_LATE = "too_late"
    NOTHING = "nothing_handed_in"
    NOT_OFFERED = "not_offered"
    TOO_MANY_SENT = "too_many_sent"
    BLOCKED = "blocked"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Choice:
    """A way the task may go: its stable key, how (proof_rules.Way), and what is shown of it, masked."""

    key: str
    way: str
    shown: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact on file: how it is reached (proof_rules.Way), and where."""

    way: str
    value: str = field(repr=False)


class Prover(Protocol):
    """One way to prove who one is; made without arguments, keeps nothing but in the task's own row."""

    hands: Hands

    def choices(self, actor: Actor) -> tuple[Choice, ...] | None:
        """What this person may choose among to begin with; None where this way is not open to them at all."""

    def begin(self, given: Permit, proof: models.Proof, choice: str) -> Verdict:
        """Do what the task begins with; what it must remember goes into `proof`, which is saved after."""

    def submit(self, given: Permit, proof: models.Proof, answer: str) -> Verdict:
        """Look at what was handed in."""


def configured() -> Mapping[str, Prover]:
    """The provers that are on, by code, in the plan's order."""
    return {code: import_string(path)() for code, path in settings.IDENTITY_PROVERS.items()}


def codes() -> tuple[str, ...]:
    """The codes a row of the table may name: the plan's desk, the provers that are on, the provider file.

    The last counts only where the plan's table names it: that is when a match is enough.
    """
    return (DESK, *settings.IDENTITY_PROVERS, PROVIDER_FILE)


def on_file(user_id: int | None, today: date) -> tuple[Contact, ...]:
    """The contacts the plan has on file for those the user works for, from settings.CONTACTS_ON_FILE."""
    found: tuple[Contact, ...] = import_string(settings.CONTACTS_ON_FILE)(user_id=user_id, today=today)
    return found
