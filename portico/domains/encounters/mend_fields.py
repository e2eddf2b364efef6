"""Which values of a record may be mended on screen, read out of a claim as text and put back. Pure.

A name is a path: `billed`, `subscriber.member_id`, `services.2.code`, `diagnoses.1`. What is not named here
stays as it was sent: another provider, another tax ID or another patient is another encounter.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from portico.domains.claims.facts.submitted import (
    Diagnosis,
    DiagnosisKind,
    Form,
    Party,
    SentClaim,
    SentService,
)


class Kind(StrEnum):
    """What kind of value a field takes."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    LIST = "list"
    NUMBERS = "numbers"


class CannotMend(ValueError):
    """What was typed cannot stand in these fields; `problems` says by name why: unknown_field, or a Kind."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Field:
    """A field to mend: its name, what kind of value it takes, and the value as it stands, as text.

    Days are written as in ISO 8601, lists with commas.
    """

    name: str
    kind: Kind
    value: str


_CLAIM: Mapping[str, Kind] = {
    "patient_control_number": Kind.TEXT,
    "billed": Kind.MONEY,
    "facility": Kind.TEXT,
    "frequency": Kind.TEXT,
    "original_number": Kind.TEXT,
    "authorization_number": Kind.TEXT,
}
_OF_INSTITUTION: Mapping[str, Kind] = {
    "first_on": Kind.DAY,
    "last_on": Kind.DAY,
    "admitted_on": Kind.DAY,
    "discharge_status": Kind.TEXT,
}
_PERSON: Mapping[str, Kind] = {
    "last_name": Kind.TEXT,
    "first_name": Kind.TEXT,
    "birth_date": Kind.DAY,
    "sex": Kind.TEXT,
}
_PARTIES = ("billing", "rendering", "referring", "attending")
_SERVICE: Mapping[str, Kind] = {
    "billed": Kind.MONEY,
    "first_on": Kind.DAY,
    "last_on": Kind.DAY,
    "code": Kind.TEXT,
    "modifiers": Kind.LIST,
    "units": Kind.NUMBER,
    "drug_code": Kind.TEXT,
}
_SERVICE_OF: Mapping[Form, Mapping[str, Kind]] = {
    Form.PROFESSIONAL: {"place_of_service": Kind.TEXT, "pointers": Kind.NUMBERS},
    Form.INSTITUTIONAL: {"revenue_code": Kind.TEXT},
}
_LONGEST = 80
_MOST = Decimal(10) ** 10


def fields(claim: SentClaim) -> tuple[Field, ...]:
    """Every field of the claim that may be mended, in the order of a form."""
    return tuple(Field(name, kind, _written(_value(claim, name))) for name, kind in _named(claim))


def mended(claim: SentClaim, values: Mapping[str, str]) -> SentClaim:
    """The claim with these values in place of its own, by name. Raises CannotMend."""
    kinds = dict(_named(claim))
    problems: dict[str, str] = {}
    read: dict[str, Any] = {}
    for name, text in values.items():
        if name not in kinds:
            problems[name] = "unknown_field"
            continue
        try:
            read[name] = _READ[kinds[name]](text.strip())
        except ValueError:
            problems[name] = str(kinds[name])
    if problems:
        raise CannotMend(problems)
    for name, value in read.items():
        if _written(_value(claim, name)) != _written(value):
            claim = _with(claim, name, value)
    return claim


def _named(claim: SentClaim) -> Iterator[tuple[str, Kind]]:
    yield from _CLAIM.items()
    if claim.form is Form.INSTITUTIONAL:
        yield from _OF_INSTITUTION.items()
    yield "subscriber.member_id", Kind.TEXT
    who = "patient" if claim.patient else "subscriber"
    yield from ((f"{who}.{name}", kind) for name, kind in _PERSON.items())
    for party in _PARTIES:
        if getattr(claim, party) is not None or _may_be_added(claim, party):
            yield f"{party}.npi", Kind.TEXT
    # One more than there are, so that a missing one can be added.
    for number in range(1, len(claim.diagnoses) + 2):
        yield f"diagnoses.{number}", Kind.TEXT
    for service in claim.services:
        for name, kind in (*_SERVICE.items(), *_SERVICE_OF[claim.form].items()):
            yield f"services.{service.number}.{name}", kind


def _may_be_added(claim: SentClaim, party: str) -> bool:
    return party == "attending" and claim.form is Form.INSTITUTIONAL


def _value(claim: SentClaim, name: str) -> Any:
    head, *rest = name.split(".")
    if head == "services":
        number, part = rest
        return getattr(_service(claim, int(number)), part)
    if head == "diagnoses":
        index = int(rest[0]) - 1
        return claim.diagnoses[index].code if index < len(claim.diagnoses) else ""
    held = getattr(claim, head)
    return getattr(held, rest[0]) if rest and held is not None else ("" if rest else held)


def _with(claim: SentClaim, name: str, value: Any) -> SentClaim:
    head, *rest = name.split(".")
    if head == "services":
        return _with_service(claim, int(rest[0]), rest[1], value)
    if head == "diagnoses":
        return replace(claim, diagnoses=_with_diagnosis(claim, int(rest[0]), value))
    if not rest:
        return replace(claim, **{head: value})
    held: Any = getattr(claim, head) or Party()
    return replace(claim, **{head: replace(held, **{rest[0]: value})})


def _with_service(claim: SentClaim, number: int, part: str, value: Any) -> SentClaim:
    changed = replace(_service(claim, number), **{part: value})
    services = tuple(changed if each.number == number else each for each in claim.services)
    return replace(claim, services=services)


def _with_diagnosis(claim: SentClaim, number: int, code: str) -> tuple[Diagnosis, ...]:
    """The diagnoses with this one changed, added at the end, or dropped where nothing stands in its place."""
    held = list(claim.diagnoses)
    code = code.replace(".", "").upper()
    if number > len(held):
        kind = DiagnosisKind.OTHER if held else DiagnosisKind.PRINCIPAL
        return (*held, Diagnosis(code, kind)) if code else tuple(held)
    held[number - 1 : number] = [replace(held[number - 1], code=code)] if code else []
    return tuple(held)


def _service(claim: SentClaim, number: int) -> SentService:
    return next(each for each in claim.services if each.number == number)


def _text(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable() or any(sign in text for sign in "*~^:|>"):
        raise ValueError
    return text


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").removeprefix("$"))
    except InvalidOperation:
        raise ValueError from None
    exponent = amount.as_tuple().exponent
    if not amount.is_finite() or not isinstance(exponent, int) or exponent < -3 or abs(amount) > _MOST:
        raise ValueError
    return amount


def _money(text: str) -> Decimal:
    amount = _amount(text)
    if amount != round(amount, 2):
        raise ValueError
    return amount


def _list(text: str) -> tuple[str, ...]:
    return tuple(_text(part.strip().upper()) for part in text.split(",") if part.strip())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip())


_READ: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.MONEY: _money,
    Kind.NUMBER: _amount,
    Kind.LIST: _list,
    Kind.NUMBERS: _numbers,
}


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return str(value)
