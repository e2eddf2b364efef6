"""276s as an office's software writes them, and 277s as it reads them; with nothing of the product's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tests.support.world import PAYER_ID

GUIDE = "005010X212"
_numbers = count(1)

Segment = list[str]


@dataclass(frozen=True, slots=True)
class SoughtClaim:
    """A claim as the office knows it: whose, and by what number or days."""

    subscriber_id: str
    last_name: str
    first_name: str = ""
    birth_date: date | None = None
    claim_number: str = ""
    patient_control_number: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(slots=True)
class Told:
    """What a 277 says of one claim; `level` is the HL03 it stands under, `lines` SVC with its STC."""

    level: str
    trace: str
    states: list[Segment] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    served: str = ""
    lines: list[tuple[Segment, list[Segment]]] = field(default_factory=list)

    @property
    def state(self) -> str:
        """STC01 of the claim."""
        return self.states[0][1]


def inquiry(sender_id: str, sought: Sequence[SoughtClaim], *, tax_id: str, number: int | None = None) -> str:
    """An interchange with one 276 that asks about these claims, for that tax ID."""
    number = number or next(_numbers)
    body = list(_set(sought, tax_id))
    nothing = " " * 10
    lines = [
        f"ISA*00*{nothing}*00*{nothing}*ZZ*{sender_id.ljust(15)}*ZZ*{PAYER_ID.ljust(15)}"
        f"*260312*1000*^*00501*{number:09d}*0*P*:",
        f"GS*HR*{sender_id}*{PAYER_ID}*20260312*1000*{number}*X*{GUIDE}",
        f"ST*276*0001*{GUIDE}",
        *body,
        f"SE*{len(body) + 2}*0001",
        f"GE*1*{number}",
        f"IEA*1*{number:09d}",
    ]
    return "".join(f"{line}~" for line in lines)


def claims(interchange: str) -> list[Told]:
    """Each claim that the 277s of an interchange speak of, in their order."""
    return list(_claims(line.split("*") for line in interchange.split("~") if line.strip()))


def _claims(segments: Iterable[Segment]) -> Iterator[Told]:
    told: Told | None = None
    level = ""
    for segment in segments:
        match segment:
            case ["HL", _, _, found, *_]:
                level = found
            case ["TRN", _, trace, *_]:
                if told:
                    yield told
                told = Told(level, trace)
            case _ if told:
                _note(told, segment)
    if told:
        yield told


def _note(told: Told, segment: Segment) -> None:
    match segment:
        case ["STC", *_] if told.lines:
            told.lines[-1][1].append(segment)
        case ["STC", *_]:
            told.states.append(segment)
        case ["REF", kind, value, *_]:
            told.references[kind] = value
        case ["SVC", *_]:
            told.lines.append((segment, []))
        case ["DTP", _, _, days] if not told.lines:
            told.served = days


def _set(sought: Sequence[SoughtClaim], tax_id: str) -> Iterator[str]:
    yield "BHT*0010*13*ASKED*20260312*1000"
    yield "HL*1**20*1"
    yield f"NM1*PR*2*NORTHLAKE*****PI*{PAYER_ID}"
    yield "HL*2*1*21*1"
    yield "NM1*41*2*SOFTWARE*****46*SOFTWARE1"
    yield "HL*3*2*19*1"
    yield f"NM1*1P*2*LAKESIDE*****FI*{tax_id}"
    for place, claim in enumerate(sought, 1):
        yield f"HL*{place + 3}*3*22*0"
        if claim.birth_date:
            yield f"DMG*D8*{claim.birth_date:%Y%m%d}"
        yield f"NM1*IL*1*{claim.last_name}*{claim.first_name}****MI*{claim.subscriber_id}"
        yield f"TRN*1*CLAIM{place}"
        yield from _numbered(claim)


def _numbered(claim: SoughtClaim) -> Iterator[str]:
    if claim.claim_number:
        yield f"REF*1K*{claim.claim_number}"
    if claim.patient_control_number:
        yield f"REF*EJ*{claim.patient_control_number}"
    if claim.first_on:
        yield f"DTP*472*RD8*{claim.first_on:%Y%m%d}-{claim.last_on or claim.first_on:%Y%m%d}"
