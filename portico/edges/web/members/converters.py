"""Parts of addresses: a day and a plan code, each in its one canonical form."""

from datetime import date


class Day:
    """A day as 2026-03-12."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day; a ValueError makes the address unknown."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The day as it stands in an address."""
        return value.isoformat()


class PlanCode:
    """A three-character plan code in capitals."""

    regex = "[A-Z0-9]{3}"

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands in an address."""
        return value
