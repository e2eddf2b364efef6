"""When somebody was last refused something, and why: for whoever helps them on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portico.domains.audit.models import Entry
from portico.domains.audit.rules import Outcome

_LOOKED_AT: Final = 30


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was asked for when it was refused: a function's code, and the instant."""

    function: str
    at: datetime


def last_of_user(user_id: int, *, reason: str) -> Refusal | None:
    """The last time that reason stood in the user's way, among the latest thirty refusals; None: it did not.

    Functions and instants only, no subject: the caller's own permit is what opens it.
    """
    denied = Entry.objects.filter(user_id=user_id, outcome=Outcome.DENIED).order_by("-at", "-id")
    latest = denied.values_list("function", "at", "reasons")[:_LOOKED_AT]
    return next((Refusal(function, at) for function, at, reasons in latest if reason in reasons), None)
