"""Does a service need an authorization? The benefits ask; who keeps the plan's rules answers.

settings.AUTHORIZATION_FLAGS names the answer's place. What the benefit catalogue says of it counts no more.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

FlagOf = Callable[[str], str]
"""The flag of a service type: yes, no, after_limit, notify, depends, or unknown without a list that day."""


class Flags(Protocol):
    """What stands at that place."""

    def __call__(self, *, line: str, plan_code: str, on: date) -> FlagOf:
        """The flags of a plan on a day."""


def of(*, line: str, plan_code: str, on: date) -> FlagOf:
    """The flags of a plan's services on a day. At most two queries, none where they are remembered."""
    answering = cast(Flags, import_string(settings.AUTHORIZATION_FLAGS))
    return answering(line=line, plan_code=plan_code, on=on)
