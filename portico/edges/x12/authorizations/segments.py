"""Single segments of a 278, read into what they say and written from it."""

from collections.abc import Iterator
from typing import Any

from portico.edges.x12.authorizations.requests import Line, Name, Paper, Period, Reference, Review, Trace
from portico.edges.x12.eligibility.benefit_lines import Segment as Written
from portico.edges.x12.eligibility.benefit_lines import segment

Segment = list[str]
_PROFESSIONAL, _INSTITUTIONAL = "SV1", "SV2"
_TELEPHONE = "TE"


def at(sent: Segment, place: int) -> str:
    """An element, empty where it was not sent."""
    return sent[place] if place < len(sent) else ""


def padded(sent: Segment, first: int, last: int) -> tuple[str, ...]:
    """The elements from … to …, empty where they were not sent."""
    return tuple(at(sent, place) for place in range(first, last + 1))


def name(sent: Segment) -> Name:
    """NM1."""
    return Name(*(at(sent, place) for place in (1, 2, 3, 4, 5, 7, 8, 9)))


def named(said: Name) -> Written:
    """NM1, as it was sent."""
    names = said.last, said.first, said.middle, "", said.suffix
    return segment("NM1", said.role, said.kind, *names, said.id_kind, said.id)


def contact(sent: Segment) -> dict[str, Any]:
    """PER: the name, and the first telephone number."""
    pairs = ((at(sent, place), at(sent, place + 1)) for place in (3, 5, 7))
    return {"contact": at(sent, 2), "telephone": next((to for kind, to in pairs if kind == _TELEPHONE), "")}


def trace(sent: Segment) -> Trace:
    """TRN02 to TRN04."""
    return at(sent, 2), at(sent, 3), at(sent, 4)


def period(sent: Segment) -> Period:
    """DTP02 and DTP03."""
    return Period(at(sent, 2), at(sent, 3))


def paper(sent: Segment) -> Paper:
    """PWK01, PWK02 and PWK06."""
    return Paper(at(sent, 1), at(sent, 2), at(sent, 6))


def codes(sent: Segment, component: str) -> Iterator[Reference]:
    """HI: each code with its qualifier."""
    for element in sent[1:]:
        if element:
            kind, code, *_ = (*element.split(component), "")
            yield kind, code


def review(sent: Segment, component: str) -> Review:
    """UM."""
    facility, kind, *_ = (*at(sent, 4).split(component), "", "")
    return Review(at(sent, 1), at(sent, 2), at(sent, 3), facility, kind, at(sent, 6))


def reviewed(said: Review) -> Written:
    """UM, as it was sent."""
    place = (said.facility, said.facility_kind) if said.facility else ""
    return segment("UM", said.category, said.certification, said.service_type, place, "", said.level)


def line(sent: Segment, component: str) -> Line:
    """SV1, SV2 or SV3."""
    kind = sent[0]
    place = 2 if kind == _INSTITUTIONAL else 1
    qualifier, code, *more = (*at(sent, place).split(component), "")
    modifiers = tuple(each for each in more[:4] if each)
    if kind in (_PROFESSIONAL, _INSTITUTIONAL):
        amount, unit, quantity = padded(sent, place + 1, place + 3)
    else:
        amount, unit, quantity = at(sent, 2), "", at(sent, 6)
    revenue = at(sent, 1) if kind == _INSTITUTIONAL else ""
    return Line(kind, revenue, qualifier, code, modifiers, amount, unit, quantity)


def lined(said: Line) -> Written:
    """SV1, SV2 or SV3, as it was sent."""
    procedure = (said.qualifier, said.code, *said.modifiers) if said.code else ""
    counted = said.amount, said.unit if said.quantity else "", said.quantity
    if said.kind == _PROFESSIONAL:
        return segment(said.kind, procedure, *counted)
    if said.kind == _INSTITUTIONAL:
        return segment(said.kind, said.revenue, procedure, *counted)
    return segment(said.kind, procedure, said.amount, "", "", "", said.quantity)
