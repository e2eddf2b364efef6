"""What is wrong with the elements of one segment: the full account, asked for when something seems so."""

import re
from collections.abc import Iterator, Mapping

from portico.shared.x12 import dates
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.grammar_faults import ElementCode as Code
from portico.shared.x12.grammar_faults import ElementFault
from portico.shared.x12.grammar_parts import Composite, Element, Kind, Segment

Codes = Mapping[str, frozenset[str]]  # by data element, what any segment of the guide allows

_WHOLE = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_ASIDE = re.compile(r"[-.]")


def faults_in(
    segment: list[str], spec: Segment, delimiters: Delimiters, known: Codes
) -> Iterator[ElementFault]:
    """Answers what is wrong with a segment's elements, in their order, then the conditions between them."""
    for place, part in enumerate(spec.elements, 1):
        value = segment[place] if place < len(segment) else ""
        before = segment[place - 1] if place <= len(segment) else ""
        if isinstance(part, Composite):
            yield from _of_composite(value, part, place, delimiters, known)
        else:
            yield from _of_element(value, part, place, before, delimiters, known)
    for place in range(len(spec.elements) + 1, len(segment)):
        if segment[place]:
            yield ElementFault(Code.TOO_MANY, place)
    for rule in spec.rules:
        yield from broken(rule, segment, spec)


def broken(rule: str, segment: list[str], spec: Segment) -> Iterator[ElementFault]:
    """Answers what is wrong under one condition between elements, such as "P0809"."""
    places = places_of(rule)
    sent = [place for place in places if place < len(segment) and segment[place]]
    absent = [place for place in places if place not in sent]
    match rule[0]:
        case "P":
            wrong = absent if sent else []
        case "R":
            wrong = [] if sent else places[:1]
        case "C":
            wrong = absent if places[0] in sent else []
        case "L":
            wrong = places[1:2] if sent == places[:1] else []
        case _:
            wrong = sent[1:]
    code = Code.EXCLUDED if rule[0] == "E" else Code.CONDITIONALLY_MISSING
    for place in wrong:
        yield ElementFault(code, place, number=spec.elements[place - 1].number)


def places_of(rule: str) -> list[int]:
    """Answers the elements a condition is about: "P0809" gives [8, 9]."""
    return [int(rule[at : at + 2]) for at in range(1, len(rule), 2)]


def _of_element(
    value: str, part: Element, place: int, before: str, delimiters: Delimiters, known: Codes
) -> Iterator[ElementFault]:
    values = delimiters.repeats(value)
    if len(values) > part.repeats and part.usage != "N":
        yield ElementFault(Code.TOO_MANY_REPETITIONS, place, number=part.number)
        return
    for repetition, one in enumerate(values, 1):
        code = _wrong(one, part, before, delimiters, known)
        if code:
            yield ElementFault(code, place, 0, repetition if len(values) > 1 else 0, part.number)


def _of_composite(
    value: str, part: Composite, place: int, delimiters: Delimiters, known: Codes
) -> Iterator[ElementFault]:
    if not value or part.usage == "N":
        code = _by_usage(value, part.usage)
        if code:
            yield ElementFault(code, place, number=part.number)
        return
    values = delimiters.repeats(value)
    if len(values) > part.repeats:
        yield ElementFault(Code.TOO_MANY_REPETITIONS, place, number=part.number)
        return
    for repetition, one in enumerate(values, 1):
        yield from _of_components(one, part, place, repetition if len(values) > 1 else 0, delimiters, known)


def _of_components(
    value: str, part: Composite, place: int, repetition: int, delimiters: Delimiters, known: Codes
) -> Iterator[ElementFault]:
    values = delimiters.components(value)
    for component, element in enumerate(part.parts, 1):
        one = values[component - 1] if component <= len(values) else ""
        code = _wrong(one, element, "", delimiters, known)
        if code:
            yield ElementFault(code, place, component, repetition, element.number)
    if any(values[len(part.parts) :]):
        yield ElementFault(Code.TOO_MANY_COMPONENTS, place, 0, repetition, part.number)


def _by_usage(value: str, usage: str) -> Code | None:
    if value:
        return Code.NOT_USED if usage == "N" else None
    return Code.MISSING if usage == "R" else None


def _wrong(value: str, part: Element, before: str, delimiters: Delimiters, known: Codes) -> Code | None:
    if not value or part.usage == "N":
        return _by_usage(value, part.usage)
    if delimiters.component in value:
        return Code.TOO_MANY_COMPONENTS
    return (
        _wrong_characters(value, part.kind)
        or _wrong_length(value, part)
        or _wrong_value(value, part, before, known)
    )


def _wrong_characters(value: str, kind: Kind) -> Code | None:
    match kind:
        case Kind.WHOLE:
            fits = _WHOLE.fullmatch(value)
        case Kind.DECIMAL:
            fits = _DECIMAL.fullmatch(value)
        case _:
            return None if value.strip(" ") else Code.CHARACTER
    return None if fits else Code.CHARACTER


def _wrong_length(value: str, part: Element) -> Code | None:
    if part.kind in (Kind.DAY, Kind.TIME, Kind.PERIOD):
        return None
    length = len(_ASIDE.sub("", value)) if part.kind in (Kind.WHOLE, Kind.DECIMAL) else len(value)
    if length < part.least:
        return Code.TOO_SHORT
    return Code.TOO_LONG if length > part.most else None


def _wrong_value(value: str, part: Element, before: str, known: Codes) -> Code | None:
    if part.codes and value not in part.codes:
        return Code.CODE_NOT_USED if value in known.get(part.number, ()) else Code.CODE
    try:
        match part.kind:
            case Kind.DAY:
                dates.parse_d8(value)
            case Kind.TIME:
                dates.parse_time(value)
            case Kind.PERIOD:
                _parse_period(value, before)
    except dates.DateError:
        return Code.TIME if part.kind is Kind.TIME else Code.DATE
    return None


def _parse_period(value: str, format_qualifier: str) -> None:
    """Reads a day or a span; which day of a span comes first is the business of who reads it."""
    if format_qualifier == "RD8":
        first, _, value = value.partition("-")
        dates.parse_d8(first)
    if format_qualifier in ("D8", "RD8"):
        dates.parse_d8(value)
