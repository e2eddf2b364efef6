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

    def people(self) -> str:
        """The address of the list."""
        return reverse(f"{self.prefix}people")

    def person(self, number: int, act: str = "") -> str:
        """The address of somebody's page, or of an act below it."""
        return reverse(f"{self.prefix}person{act and '_'}{act}", args=[number])

    @property
    def is_plan(self) -> bool:
        """Is it the plan's side?"""
        return self.function is Function.PROVISIONING


PLAN: Final = Side(Function.PROVISIONING, "")
OFFICE: Final = Side(Function.MANAGE_USERS, "office_")
