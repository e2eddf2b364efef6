"""The confirmation of a registration: its transaction ID, what happens next, and how its owner comes back."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE: Final = rendering.Template(Path(__file__).with_name("registration_confirmation.typ"))
TITLE: Final = "Confirmation of your registration"
KEEP: Final = (
    "Keep this paper as you keep a key. The plan asks for this number before an account opens, never sends "
    "it by mail, and cannot read it back to you."
)
_FOOT: Final = "Nobody from the plan will ever ask you for this number in a mail or a call you did not make."


@dataclass(frozen=True, slots=True)
class RegistrationConfirmation:
    """What an applicant keeps. `transaction_id` in groups of four; instants are aware and in the plan's zone.

    `due_at`: when the plan means to have decided, None where nothing is left to decide. `address`: where the
    number is asked for. Nothing that was claimed stands on it.
    """

    brand: Brand
    transaction_id: str = field(repr=False)
    printed_at: datetime
    zone_name: str
    headline: str
    says: tuple[str, ...]
    due_at: datetime | None
    address: str


def render(confirmation: RegistrationConfirmation) -> bytes:
    """Answers the document as PDF/UA-1; its title does not hold the number."""
    return rendering.render_pdf(TEMPLATE, printed(confirmation), title=TITLE, made_at=confirmation.printed_at)


def printed(confirmation: RegistrationConfirmation) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    zone = confirmation.zone_name
    due = formatting.instant(confirmation.due_at, zone) if confirmation.due_at else ""
    return {
        "brand": confirmation.brand.printed(),
        "corner": TITLE,
        "foot": f"{_FOOT} Provider services {confirmation.brand.telephone}.",
        "title": TITLE,
        "transaction_id": confirmation.transaction_id,
        "keep": KEEP,
        "headline": confirmation.headline,
        "says": list(confirmation.says),
        "steps": list(_steps(due, confirmation)),
        "printed_at": formatting.instant(confirmation.printed_at, zone),
    }


def _steps(due: str, confirmation: RegistrationConfirmation) -> tuple[str, ...]:
    look = f"See where it is at any time: {confirmation.address}. You need no account, only this number."
    if not due:
        return (look,)
    return (
        f"The plan looks at it. Its goal is to decide by {due}.",
        "You get a mail when it is decided. If it is approved, the mail holds a link.",
        "The link and this number together let you choose your username and password.",
        look,
    )
