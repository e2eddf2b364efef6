"""278s as an office's software writes and reads them; with nothing of the product's own.

inquiry    which requests stand how (X215)       request    asking for an authorization (X217)
events     what an answer tells, event by event
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tests.support.world import PAYER_ID

REVIEW, INQUIRY = "005010X217", "005010X215"
_numbers = count(1)

Segment = list[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A service that is asked for: a code with its units, or a service type with a quantity of its own."""

    code: str = "70551"
    quantity: str = "1"
    unit: str = "UN"
    first_on: date = date(2026, 3, 16)
    last_on: date = date(2026, 3, 16)
    service_type: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A patient as the office knows it, and the plan's number of the request if it has one."""

    member_id: str
    last_name: str
    first_name: str = ""
    birth_date: date | None = None
    number: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(slots=True)
class Told:
    """What is told of an event (HL*EV), or of a service of it (HL*SS)."""

    level: str
    traces: list[Segment] = field(default_factory=list)
    action: str = ""
    number: str = ""
    references: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    line: Segment = field(default_factory=list)
    delivery: Segment = field(default_factory=list)
    papers: list[Segment] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    providers: dict[str, str] = field(default_factory=dict)
    rejections: list[tuple[str, ...]] = field(default_factory=list)
    services: list["Told"] = field(default_factory=list)
    review: Segment = field(default_factory=list)
    diagnoses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Answer:
    """One 278 that came back: its BHT, the AAAs with the level (HL03) they stand under, and the events."""

    beginning: Segment = field(default_factory=list)
    rejections: list[tuple[str, ...]] = field(default_factory=list)
    events: list[Told] = field(default_factory=list)


def inquiry(sender_id: str, sought: Sought, *, tax_id: str, reference: str = "ASKED") -> str:
    """An interchange with one inquiry about somebody's requests, asked under that tax ID."""
    days: tuple[str, ...] = ()
    if sought.first_on:
        days = (f"DTP*AAH*RD8*{sought.first_on:%Y%m%d}-{sought.last_on or sought.first_on:%Y%m%d}",)
    named = (f"REF*BB*{sought.number}",) if sought.number else ()
    event = ("TRN*1*EVENT1*9LAKESIDE1", *named, *days)
    return interchange(sender_id, INQUIRY, [*_top("28", reference, sought, tax_id), "HL*4*3*EV*0", *event])


def request(
    sender_id: str,
    sought: Sought,
    services: Sequence[Wanted] = (Wanted(),),
    *,
    tax_id: str,
    requester: str,
    servicing: str = "",
    facility: str = "",
    reference: str = "SENT-1",
    review: str = "UM*HS*I**11:B",
    diagnoses: str = "HI*ABK:M542",
    more: Sequence[str] = (),
    number: int | None = None,
) -> str:
    """An interchange with one request for review; `requester` and the others are NPIs."""
    event = ["TRN*1*EVENT1*9LAKESIDE1", review, *more]
    event += [diagnoses] if diagnoses else []
    parties = (("SJ", servicing), ("FA", facility))
    event += [f"NM1*{role}*2*SOMEBODY*****XX*{npi}" for role, npi in parties if npi]
    body = [
        *_top("13", reference, sought, tax_id, requester),
        f"HL*4*3*EV*{1 if services else 0}",
        *sorted(event, key=_order),
    ]
    for place, wanted in enumerate(services, 5):
        body += [f"HL*{place}*4*SS*0", f"TRN*1*LINE{place - 4}*9LAKESIDE1", *_wanted(wanted)]
    return interchange(sender_id, REVIEW, body, number=number)


def interchange(sender_id: str, guide: str, body: Sequence[str], *, number: int | None = None) -> str:
    """One set in one group of one interchange."""
    number = number or next(_numbers)
    nothing = " " * 10
    lines = [
        f"ISA*00*{nothing}*00*{nothing}*ZZ*{sender_id.ljust(15)}*ZZ*{PAYER_ID.ljust(15)}"
        f"*260312*1000*^*00501*{number:09d}*0*P*:",
        f"GS*HI*{sender_id}*{PAYER_ID}*20260312*1000*{number}*X*{guide}",
        f"ST*278*0001*{guide}",
        *body,
        f"SE*{len(body) + 2}*0001",
        f"GE*1*{number}",
        f"IEA*1*{number:09d}",
    ]
    return "".join(f"{line}~" for line in lines)


def answer(content: str) -> Answer:
    """The one 278 of an interchange that came back."""
    told, level = Answer(), ""
    for segment in (line.split("*") for line in content.split("~") if line.strip()):
        match segment:
            case ["BHT", *_]:
                told.beginning = segment
            case ["HL", _, _, "EV", *_]:
                level = "EV"
                told.events.append(Told(level))
            case ["HL", _, _, "SS", *_]:
                level = "SS"
                told.events[-1].services.append(Told(level))
            case ["HL", _, _, found, *_]:
                level = found
            case ["AAA", *rest] if level not in ("EV", "SS"):
                told.rejections.append((level, *rest))
            case _ if level in ("EV", "SS"):
                last = told.events[-1]
                _note(last.services[-1] if level == "SS" else last, segment)
    return told


def _note(told: Told, segment: Segment) -> None:
    match segment:
        case ["TRN", *rest]:
            told.traces.append(rest)
        case ["AAA", *rest]:
            told.rejections.append((told.level, *rest))
        case ["UM", *_]:
            told.review = segment
        case ["HCR", action, *more]:
            told.action, told.number = action, more[0] if more else ""
        case ["REF", kind, value, *_]:
            told.references[kind] = value
        case ["DTP", kind, _, days]:
            told.dates[kind] = days
        case ["HI", *codes]:
            told.diagnoses = codes
        case ["SV1" | "SV2" | "SV3", *_]:
            told.line = segment
        case ["HSD", *rest]:
            told.delivery = rest
        case ["PWK", *_]:
            told.papers.append(segment)
        case ["MSG", words]:
            told.messages.append(words)
        case ["NM1", role, *rest]:
            told.providers[role] = rest[-1]


def _top(purpose: str, reference: str, sought: Sought, tax_id: str, npi: str = "") -> Iterator[str]:
    yield f"BHT*0007*{purpose}*{reference}*20260312*1000"
    yield "HL*1**20*1"
    yield f"NM1*X3*2*NORTHLAKE*****PI*{PAYER_ID}"
    yield "HL*2*1*21*1"
    yield f"NM1*1P*2*LAKESIDE*****{'XX' if npi else '24'}*{npi or tax_id}"
    if npi:
        yield f"REF*EI*{tax_id}"
    yield "HL*3*2*22*1"
    yield f"NM1*IL*1*{sought.last_name}*{sought.first_name}****MI*{sought.member_id}"
    if sought.birth_date:
        yield f"DMG*D8*{sought.birth_date:%Y%m%d}"


def _wanted(wanted: Wanted) -> Iterable[str]:
    if wanted.service_type:
        yield f"UM*HS*I*{wanted.service_type}"
    yield f"DTP*472*RD8*{wanted.first_on:%Y%m%d}-{wanted.last_on:%Y%m%d}"
    if wanted.code:
        counted = f"**UN*{wanted.quantity}" if wanted.unit == "UN" else ""
        yield f"SV1*HC:{wanted.code}{counted}"
    if wanted.unit != "UN" or not wanted.code:
        yield f"HSD*{wanted.unit if wanted.unit != 'UN' else 'FL'}*{wanted.quantity}"


_ORDER = "TRN UM REF DTP HI HSD CRC CL1 PWK MSG NM1".split()


def _order(segment: str) -> int:
    return _ORDER.index(segment.partition("*")[0])
