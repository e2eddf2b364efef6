"""From which side look-ups are seen: an office's administrator, or the plan."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from portico.domains.permits.functions import Function


@dataclass(frozen=True, slots=True)
class Side:
    """The function these pages are opened with, and what their routes begin with."""

    function: Function
    prefix: str

    def url(self) -> str:
        """The address of the page."""
        return reverse(f"{self.prefix}_lookups")

    def file_url(self) -> str:
        """The address of the file to take home."""
        return reverse(f"{self.prefix}_lookups_file")

    @property
    def is_plan(self) -> bool:
        """Is it the plan's side?"""
        return self.function is Function.AUDIT_READING


OFFICE: Final = Side(Function.MANAGE_USERS, "office")
PLAN: Final = Side(Function.AUDIT_READING, "staff")
