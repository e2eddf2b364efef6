"""The onboarding checklist: the right door, credentials, verification, the menu, the role, a reset."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("access_checklist.typ"))
CREDENTIALS: Final = (
    "Your administrator told you the username, by telephone or in person. No mail holds it.",
    "You used the mailed temporary password or link within a day, in one browser.",
    "You accepted the terms and set a password of your own.",
    "You set up a passkey or an authenticator, and put the recovery codes away.",
)
VERIFICATION: Final = (
    "The portal says whether it asks who you are; if it does, you chose one of the ways it offers.",
    "Under your account the identity reads: verified.",
)
RESET: Final = (
    "You know where to have a new password mailed: “Forgot your password?” on the sign-in page.",
    "You know who unlocks an account: an administrator of your office, or the plan.",
    "You know the page “Which it is”: it says what is in your way, and sends the facts to support.",
)


@dataclass(frozen=True, slots=True)
class AccessChecklist:
    """What is ticked off by somebody new: entrances with their addresses, the menu, functions, lines.

    `blockers` are what commonly stands in the way: why, who mends it, how.
    """

    brand: Brand
    host: str
    doors: tuple[tuple[str, str], ...]
    menu: tuple[tuple[str, str], ...]
    functions: tuple[str, ...]
    lines: tuple[str, ...]
    blockers: tuple[tuple[str, str, str], ...]
    printed_on: date


def render(checklist: AccessChecklist) -> bytes:
    """Answers US letter pages as PDF/UA-1, dated by the day it was printed."""
    made_at = formatting.midnight(checklist.printed_on)
    return rendering.render_pdf(TEMPLATE, printed(checklist), title="Onboarding checklist", made_at=made_at)


def printed(checklist: AccessChecklist) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    return {
        "brand": checklist.brand.printed(),
        "corner": f"Printed {formatting.long_day(checklist.printed_on)}",
        "foot": f"Provider services {checklist.brand.telephone}",
        "sections": [
            {"title": "1. The right door", "items": _doors(checklist)},
            {"title": "2. Credentials", "items": list(CREDENTIALS)},
            {"title": "3. Verification", "items": list(VERIFICATION)},
            {"title": "4. The menu, seen", "items": [f"{name}: {says}" for name, says in checklist.menu]},
            {"title": "5. What you asked your administrator for", "items": _roles(checklist)},
            {"title": "6. When something goes wrong", "items": list(RESET)},
        ],
        "blockers": [list(each) for each in checklist.blockers],
    }


def _doors(checklist: AccessChecklist) -> list[str]:
    named = [f"{name}: {address}" for name, address in checklist.doors]
    return [*named, f"The name of the site in the address bar is {checklist.host}, and nothing else."]


def _roles(checklist: AccessChecklist) -> list[str]:
    lines = [f"For {line}" for line in checklist.lines]
    return [*checklist.functions, *lines]
