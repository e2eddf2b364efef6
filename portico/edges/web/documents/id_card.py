"""The member's ID card as an office may print it: front and back, PDF or picture, marked with its day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from pathlib import Path

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("id_card.typ"))

_TITLE = "Member ID card"
_STATEMENT = (
    "This copy shows what the plan knew on the day printed on it. Coverage can change on any day: check "
    "eligibility before each visit.",
)


class Side(IntEnum):
    """Which page of the document shows a side of the card."""

    FRONT = 1
    BACK = 2


@dataclass(frozen=True, slots=True)
class Copay:
    """What the member pays at one kind of visit: `Office visit`, `Specialist`, `Emergency room`."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Pharmacy:
    """What a pharmacy types to bill the plan; a row prints only where there is a value."""

    bin: str = ""
    processor_control: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A line on the back: whom it is for and how to reach it."""

    name: str
    reach: str


@dataclass(frozen=True, slots=True)
class IdCard:
    """One member's card as of a day; empty texts and empty tuples leave their rows out."""

    brand: Brand
    member_name: str
    member_id: str
    benefit_plan: str
    plan_code: str
    as_of_on: date
    group_number: str = ""
    primary_care: str = ""
    effective_on: date | None = None
    copays: tuple[Copay, ...] = ()
    pharmacy: Pharmacy = Pharmacy()
    contacts: tuple[Contact, ...] = ()
    statement: tuple[str, ...] = _STATEMENT


def render(card: IdCard) -> bytes:
    """Answers both sides as PDF/UA-1, a page of 3.375 by 2.125 inches each; dated by `as_of_on`."""
    made_at = formatting.midnight(card.as_of_on)
    return rendering.render_pdf(TEMPLATE, printed(card), title=_TITLE, made_at=made_at)


def picture(card: IdCard, *, side: Side = Side.FRONT, ppi: int = 300) -> bytes:
    """Answers one side as PNG, 1012 by 638 pixels at 300 dots an inch."""
    made_at = formatting.midnight(card.as_of_on)
    return rendering.render_png(TEMPLATE, printed(card), title=_TITLE, made_at=made_at, page=side, ppi=ppi)


def alternative_text(card: IdCard, *, side: Side = Side.FRONT) -> str:
    """Answers what a page says to those who do not see the picture: the rows of that side, in order."""
    front = [("Member", card.member_name), *_left(card), *_right(card)]
    told = front if side is Side.FRONT else _contacts(card)
    return "; ".join([f"{card.brand.plan_name} ID card", *(f"{name} {value}" for name, value in told)])


def printed(card: IdCard) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    day = formatting.long_day(card.as_of_on)
    return {
        "brand": card.brand.printed(),
        "benefit_plan": card.benefit_plan,
        "member_name": card.member_name,
        "left": _rows(_left(card)),
        "right": _rows(_right(card)),
        "back_title": "For members and offices",
        "contacts": _rows(_contacts(card)),
        "statement": list(card.statement),
        "standing": f"As of {day}. Not proof of coverage.",
        "watermark": [f"As of {day}", "Not proof of coverage"],
    }


def _left(card: IdCard) -> list[tuple[str, str]]:
    since = formatting.short_day(card.effective_on) if card.effective_on else ""
    rows = [
        ("ID", card.member_id),
        ("Group", card.group_number),
        ("Plan code", card.plan_code),
        ("PCP", card.primary_care),
        ("Effective", since),
    ]
    return [(name, value) for name, value in rows if value]


def _right(card: IdCard) -> list[tuple[str, str]]:
    copays = [(each.name, formatting.dollars(each.amount)) for each in card.copays]
    rows = [
        ("RxBIN", card.pharmacy.bin),
        ("RxPCN", card.pharmacy.processor_control),
        ("RxGRP", card.pharmacy.group),
    ]
    return copays + [(name, value) for name, value in rows if value]


def _contacts(card: IdCard) -> list[tuple[str, str]]:
    provider_services = ("Provider services", card.brand.telephone)
    return [*((each.name, each.reach) for each in card.contacts), provider_services]


def _rows(rows: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in rows]
