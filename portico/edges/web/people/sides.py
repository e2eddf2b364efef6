"""From which side somebody looks after people: the plan's desk, or an office's administrator."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from portico.domains.permits.functions import Function


@dataclass(frozen=True, slots=True)
class Side:
    """The function these pages are opened with, and what their routes begin with."""

    function: Function
    prefix: str

    def people(self, page: str = "") -> str:
        """The address of the list, or of a page beside it."""
        return reverse(f"{self.prefix}people{page and '_'}{page}")

    def person(self, number: int, act: str = "") -> str:
        """The address of somebody's page, or of an act below it."""
        return reverse(f"{self.prefix}person{act and '_'}{act}", args=[number])

    def persona(self, number: int, persona: int, act: str = "access") -> str:
        """The address of what one of somebody's personas may do, or of an act below it."""
        return reverse(f"{self.prefix}persona_{act}", args=[number, persona])

    def grant(self, number: int, persona: int, grant: int) -> str:
        """The address where one grant of a persona is ended."""
        return reverse(f"{self.prefix}persona_end", args=[number, persona, grant])

    @property
    def is_plan(self) -> bool:
        """Is it the plan's side?"""
        return self.function is Function.PROVISIONING


PLAN: Final = Side(Function.PROVISIONING, "")
OFFICE: Final = Side(Function.MANAGE_USERS, "office_")
