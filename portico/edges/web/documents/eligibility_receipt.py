"""The eligibility receipt: what an office asked, what the plan answered, how the plan confirms it later."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import segno

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("eligibility_receipt.typ"))

_FOOT = "This receipt states what the plan answered. Keep it with the visit."


class Tone(StrEnum):
    """The colour that stands beside the words of the verdict; the words alone say it too."""

    GOOD = "good"
    BAD = "bad"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the plan answered; a day, an amount and a yes or no are written out, None as `Not given`."""

    name: str
    value: str | date | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts under one heading, such as `Member` or `Coverage`."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One source the answer rests on, and the instant up to which the plan had heard from it."""

    name: str
    current_at: datetime


@dataclass(frozen=True, slots=True)
class EligibilityReceipt:
    """One answer as the office keeps it.

    Instants are aware and in the plan's time zone, which `zone_name` names. `verification_url` is what
    the QR code holds: an address with the reference and nothing of the member; without it, no code prints.
    """

    brand: Brand
    reference: str
    asked_by_office: str
    asked_at: datetime
    zone_name: str
    as_of_on: date
    verdict: str
    tone: Tone
    groups: tuple[Facts, ...]
    sources: tuple[Source, ...]
    digest: str
    verification: tuple[str, ...]
    verdict_detail: str = ""
    verification_url: str = ""
    title: str = "Eligibility receipt"


def render(receipt: EligibilityReceipt) -> bytes:
    """Answers the document as PDF/UA-1; dated by `asked_at`, so an answer always gives the same bytes."""
    title = f"{receipt.title} {receipt.reference}"
    return rendering.render_pdf(TEMPLATE, printed(receipt), title=title, made_at=receipt.asked_at)


def printed(receipt: EligibilityReceipt) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    return {
        "brand": receipt.brand.printed(),
        "title": receipt.title,
        "corner": f"{receipt.title} · {receipt.reference}",
        "foot": f"{_FOOT} Provider services {receipt.brand.telephone}.",
        "asked": _asked(receipt),
        "verdict": receipt.verdict,
        "verdict_detail": receipt.verdict_detail,
        "tone": receipt.tone.value,
        "groups": [{"name": group.name, "facts": list(map(_fact, group.facts))} for group in receipt.groups],
        "sources": _sources(receipt),
        "digest": receipt.digest,
        "verification": list(receipt.verification),
        "qr": qr_picture(receipt.verification_url) if receipt.verification_url else "",
        "qr_alt": f"QR code that opens the plan's confirmation of receipt {receipt.reference}",
    }


def shown(value: str | date | Decimal | bool | None) -> str:
    """Answers a value in words: `March 12, 2026`, `$1,500.00`, `Yes`, `Not given`, or the text itself."""
    match value:
        case None | "":
            return "Not given"
        case bool():
            return "Yes" if value else "No"
        case date():
            return formatting.long_day(value)
        case Decimal():
            return formatting.money(value)
        case str():
            return value


def qr_picture(address: str) -> str:
    """Answers an address as the SVG of a QR code, error correction M; the template leaves white around it."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, svgns=True, dark="#1c2530", omitsize=True
    )
    return drawing.getvalue().decode()


def _asked(receipt: EligibilityReceipt) -> list[dict[str, str]]:
    facts = {
        "Reference number": receipt.reference,
        "Asked by": receipt.asked_by_office,
        "As of": formatting.long_day(receipt.as_of_on),
        "Asked at": formatting.instant(receipt.asked_at, receipt.zone_name),
    }
    return [{"name": name, "value": value} for name, value in facts.items()]


def _fact(fact: Fact) -> dict[str, str]:
    return {"name": fact.name, "value": shown(fact.value)}


def _sources(receipt: EligibilityReceipt) -> list[dict[str, str]]:
    return [
        {"name": source.name, "value": formatting.instant(source.current_at, receipt.zone_name)}
        for source in receipt.sources
    ]
