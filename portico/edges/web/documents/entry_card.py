"""The entry card of an entrance: its address and a QR code on a page, for the wall beside the front desk."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.eligibility_receipt import qr_picture
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("entry_card.typ"))


@dataclass(frozen=True, slots=True)
class EntryCard:
    """Where one audience signs in: `name` of the entrance, the host to look for, and the whole address.

    `elsewhere` is the host that is led on to, where it is not ours.
    """

    brand: Brand
    name: str
    says: str
    host: str
    address: str
    printed_on: date
    elsewhere: str = ""


def render(card: EntryCard) -> bytes:
    """Answers one US letter page as PDF/UA-1, dated by the day it was printed."""
    title = f"Entry card: {card.name}"
    made_at = formatting.midnight(card.printed_on)
    return rendering.render_pdf(TEMPLATE, printed(card), title=title, made_at=made_at)


def printed(card: EntryCard) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    return {
        "brand": card.brand.printed(),
        "corner": f"Printed {formatting.long_day(card.printed_on)}",
        "foot": f"Provider services {card.brand.telephone}",
        "name": card.name,
        "says": card.says,
        "address": card.address,
        "steps": _steps(card),
        "warnings": _warnings(card),
        "qr": qr_picture(card.address),
        "qr_alt": f"QR code that opens {card.address}",
    }


def _steps(card: EntryCard) -> list[str]:
    first = "Type the address, or point a telephone's camera at the square."
    look = f"Look at the address bar: the name of the site is {card.host}, nothing before it or after it."
    last = f"You are led on to {card.elsewhere}." if card.elsewhere else "Sign in with your own username."
    return [first, look, last]


def _warnings(card: EntryCard) -> list[str]:
    return [
        "Never come in by a link in a mail, by an advertisement, or by what a search engine lists first.",
        "We never ask for a password or a code by mail or by telephone. Whoever does is somebody else.",
        f"A page that looks like ours under another name is not ours: call {card.brand.telephone}.",
    ]
