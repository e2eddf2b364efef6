"""What a 270 asks, as it was sent: text and nothing else, so that the 271 can echo it and a batch keep it.

Every value is a text, a tuple, or one of these. What it means is the business of `questions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

Trace = tuple[str, str, str]
Reference = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """NM1: NM101 to NM105, NM107 to NM109."""

    role: str = ""
    kind: str = ""
    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    id_kind: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A day (D8) or two (RD8)."""

    format: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The set's ST02, and BHT02 to BHT06."""

    number: str = ""
    purpose: str = ""
    reference: str = ""
    day: str = ""
    time: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """The plan (2100A) or who asks (2100B); `level` is its HL01."""

    level: str = ""
    name: Name = Name()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """The subscriber (2000C, 2100C) or a dependent (2000D, 2100D).

    `birth` and `sex` are DMG02 and DMG03, `asked_for` the DTP*291.
    """

    level: str = ""
    traces: tuple[Trace, ...] = ()
    name: Name = Name()
    references: tuple[Reference, ...] = ()
    street: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    birth: str = ""
    sex: str = ""
    asked_for: Period = Period()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One EQ: its service types, and the DTP*291 of its own."""

    service_types: tuple[str, ...] = ()
    asked_for: Period = Period()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked about one patient: the dependent, or the subscriber where there is none."""

    source: Party
    receiver: Party
    subscriber: Person
    dependent: Person | None = None
    wanted: tuple[Wanted, ...] = ()

    @property
    def patient(self) -> Person:
        """Whom it is about."""
        return self.dependent or self.subscriber

    @property
    def service_types(self) -> tuple[str, ...]:
        """Every service type asked about, once, in order."""
        return tuple(dict.fromkeys(code for each in self.wanted for code in each.service_types))


def as_json(value: object) -> Any:
    """A request, or a part of one, as JSON holds it: what is at its default is left out."""
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    if isinstance(value, (str, bool)) or value is None:
        return value
    held = ((field, getattr(value, field.name)) for field in fields(value))  # type: ignore[arg-type]
    return {field.name: as_json(each) for field, each in held if each != field.default}


def request_of(image: Mapping[str, Any]) -> Request:
    """The request that `as_json` made an image of."""
    return Request(
        source=_party(image.get("source", {})),
        receiver=_party(image.get("receiver", {})),
        subscriber=_person(image.get("subscriber", {})),
        dependent=_person(image["dependent"]) if image.get("dependent") is not None else None,
        wanted=tuple(_wanted(each) for each in image.get("wanted", ())),
    )


def header_of(image: Mapping[str, Any]) -> Header:
    """The header that `as_json` made an image of."""
    return Header(**image)


def _party(image: Mapping[str, Any]) -> Party:
    return Party(image.get("level", ""), Name(**image.get("name", {})), _pairs(image))


def _person(image: Mapping[str, Any]) -> Person:
    return Person(
        level=image.get("level", ""),
        traces=tuple((number, giver, more) for number, giver, more in image.get("traces", ())),
        name=Name(**image.get("name", {})),
        references=_pairs(image),
        street=tuple(image.get("street", ())),
        town=tuple(image.get("town", ())),
        birth=image.get("birth", ""),
        sex=image.get("sex", ""),
        asked_for=Period(**image.get("asked_for", {})),
    )


def _wanted(image: Mapping[str, Any]) -> Wanted:
    return Wanted(tuple(image.get("service_types", ())), Period(**image.get("asked_for", {})))


def _pairs(image: Mapping[str, Any]) -> tuple[Reference, ...]:
    return tuple((kind, value) for kind, value in image.get("references", ()))
