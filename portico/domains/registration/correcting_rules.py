"""Who may correct an application, and when a corrected one may still go through by itself. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

CORRECTABLE: Final = (
    "first_name",
    "last_name",
    "office_name",
    "npi",
    "tax_ids",
    "licence_number",
    "licence_state",
    "address",
    "city",
    "state_code",
    "postal_code",
)
"""Not where the mailed link goes, nor where the desk calls: whoever finds a printed confirmation would turn
both to themselves.
"""


@dataclass(frozen=True, slots=True)
class Handled:
    """How far an application is handled, by its state and the instants of its row."""

    state: str
    returned_at: datetime | None
    corrected_at: datetime | None
    assigned_to: int | None


def may_correct(handled: Handled) -> bool:
    """Once of one's own accord while nobody has sent it back, and once after that."""
    if handled.state == "returned":
        return True
    return handled.state == "submitted" and handled.returned_at is None and handled.corrected_at is None


def may_pass(handled: Handled, *, looked_at: bool) -> bool:
    """May it still go through by itself? Not what somebody of the plan has taken up: that one is theirs."""
    return handled.returned_at is None and handled.assigned_to is None and not looked_at
