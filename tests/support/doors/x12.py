"""270s as an office's software writes them, and 271s as it reads them; with nothing of the product's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tests.support.actors import TODAY
from tests.support.world import PAYER_ID

GUIDE = "005010X279A1"
_numbers = count(1)
_LEVELS = {"20": "A", "21": "B", "22": "C", "23": "D"}

Segment = list[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """A person as the office knows it; `subscriber` is whose dependent it is said to be."""

    member_id: str = ""
    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None
    ssn: str = ""
    subscriber: "Sought | None" = None


@dataclass(slots=True)
class Told:
    """What a 271 says of one patient.

    `names` are NM1 by entity; `references` REF, `days` DTP and `traces` TRN by qualifier, before any EB.
    `lines` are the EBs, each with the segments after it; `rejections` loop, AAA01, AAA03, AAA04 of each AAA.
    """

    names: dict[str, Segment] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    traces: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[Segment, list[Segment]]] = field(default_factory=list)
    rejections: list[tuple[str, ...]] = field(default_factory=list)


def inquiry(
    sender_id: str,
    sought: Sequence[Sought],
    *,
    tax_id: str,
    as_of: date | None = TODAY,
    service_types: str = "30",
) -> str:
    """An interchange with one 270 that asks about these people, for that tax ID."""
    number = next(_numbers)
    body = list(_set(sought, tax_id, as_of, service_types))
    sender, receiver = sender_id.ljust(15), PAYER_ID.ljust(15)
    lines = [
        _isa(sender, receiver, number),
        f"GS*HS*{sender_id}*{PAYER_ID}*20260312*1000*{number}*X*{GUIDE}",
        f"ST*270*0001*{GUIDE}",
        *body,
        f"SE*{len(body) + 2}*0001",
        f"GE*1*{number}",
        f"IEA*1*{number:09d}",
    ]
    return "".join(f"{line}~" for line in lines)


def acknowledgement(interchange: str) -> str:
    """An interchange with a 999 that takes the groups of another one, such as a batch's results."""
    isa, gs = (_of(interchange, name)[0] for name in ("ISA", "GS"))
    number = next(_numbers)
    sender, receiver = isa[8].ljust(15), isa[6].ljust(15)
    lines = [
        _isa(sender, receiver, number),
        f"GS*FA*{gs[3]}*{gs[2]}*20260312*1000*1*X*005010X231A1",
        "ST*999*0001*005010X231A1",
        f"AK1*{gs[1]}*{gs[6]}*{GUIDE}",
        "AK9*A*1*1*1",
        "SE*4*0001",
        "GE*1*1",
        f"IEA*1*{number:09d}",
    ]
    return "".join(f"{line}~" for line in lines)


def patients(interchange: str) -> list[Told]:
    """What the 271s of an interchange say, patient by patient, or of who asks where that is refused."""
    found: list[Told] = []
    for segments in _sets(interchange):
        found += _patients(segments)
    return found


def at(segment: Segment, place: int) -> str:
    """The element at that place; empty where the segment ends before it."""
    return segment[place] if place < len(segment) else ""


def _isa(sender: str, receiver: str, number: int) -> str:
    nothing = " " * 10
    parties = f"ZZ*{sender}*ZZ*{receiver}"
    return f"ISA*00*{nothing}*00*{nothing}*{parties}*260312*1000*^*00501*{number:09d}*0*P*:"


def _set(sought: Sequence[Sought], tax_id: str, as_of: date | None, service_types: str) -> Iterator[str]:
    yield "BHT*0022*13*ASKED*20260312*1000"
    yield "HL*1**20*1"
    yield f"NM1*PR*2*NORTHLAKE*****PI*{PAYER_ID}"
    yield "HL*2*1*21*1"
    yield f"NM1*1P*2*LAKESIDE*****FI*{tax_id}"
    level = 2
    for place, person in enumerate(sought, 1):
        level += 1
        above, trace = level, f"TRN*1*PATIENT{place}*9ORIGINATE"
        yield f"HL*{level}*2*22*{'1' if person.subscriber else '0'}"
        if person.subscriber is None:
            yield trace
            yield from _person("IL", person, as_of)
        else:
            level += 1
            yield from _person("IL", person.subscriber, None)
            yield f"HL*{level}*{above}*23*0"
            yield trace
            yield from _person("03", person, as_of)
        yield f"EQ*{service_types}"


def _person(role: str, person: Sought, as_of: date | None) -> Iterator[str]:
    numbered = f"****MI*{person.member_id}" if person.member_id and role == "IL" else ""
    yield f"NM1*{role}*1*{person.last_name}*{person.first_name}{numbered}".rstrip("*")
    if person.ssn:
        yield f"REF*SY*{person.ssn}"
    if person.birth_date:
        yield f"DMG*D8*{person.birth_date:%Y%m%d}"
    if as_of:
        yield f"DTP*291*D8*{as_of:%Y%m%d}"


def _of(interchange: str, name: str) -> list[Segment]:
    return [each for each in _segments(interchange) if each[0] == name]


def _segments(interchange: str) -> Iterator[Segment]:
    return (line.split("*") for line in interchange.split("~") if line.strip())


def _sets(interchange: str) -> Iterator[list[Segment]]:
    inside: list[Segment] = []
    for segment in _segments(interchange):
        if segment[0] == "ST":
            inside = []
        elif segment[0] == "SE":
            yield inside
        else:
            inside.append(segment)


def _patients(segments: Iterable[Segment]) -> Iterator[Told]:
    """Each lowest level is a patient, or somebody above refused; subscribers with dependents are not."""
    told, level = Told(), ""
    for segment in segments:
        if segment[0] != "HL":
            _note(told, level, segment)
            continue
        if level and _is_patient(told, level, next_level=segment[3]):
            yield told
        told, level = Told(), _LEVELS[segment[3]]
    yield told


def _is_patient(told: Told, level: str, *, next_level: str) -> bool:
    return bool(told.rejections or told.lines) or (level in "CD" and next_level != "23")


def _note(told: Told, level: str, segment: Segment) -> None:
    match segment:
        case ["AAA", sound, _, code, *follow_up]:
            entity = "2100" if told.names else "2000"
            told.rejections.append((f"{entity}{level}", sound, code, *follow_up))
        case ["EB", *_]:
            told.lines.append((segment, []))
        case _ if told.lines:
            told.lines[-1][1].append(segment)
        case ["NM1", entity, *_]:
            told.names[entity] = segment
        case ["REF", kind, value, *_]:
            told.references[kind] = value
        case ["DTP", kind, _, value]:
            told.days[kind] = value
        case ["TRN", kind, value, *_]:
            told.traces[kind] = value
