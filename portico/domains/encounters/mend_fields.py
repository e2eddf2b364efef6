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
_LONGEST_OF: Mapping[str, int] = {
    "patient_control_number": 38,
    "authorization_number": 50,
    "original_number": 50,
    "discharge_status": 2,
    "last_name": 60,
    "first_name": 35,
    "sex": 1,
}
"""What the element of an 837 holds, where that is less and no edit judges the form."""
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
            read[name] = _fitting(name, _READ[kinds[name]](text.strip()))
        except ValueError:
            problems[name] = str(kinds[name])
    if problems:
        raise CannotMend(problems)
    codes = {int(name.split(".")[1]): read.pop(name) for name in [*read] if name.startswith("diagnoses.")}
    for name, value in read.items():
        if _written(_value(claim, name)) != _written(value):
            claim = _with(claim, name, value)
    return _with_diagnoses(claim, codes)


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
    if not rest:
        return replace(claim, **{head: value})
    held: Any = getattr(claim, head) or Party()
    return replace(claim, **{head: replace(held, **{rest[0]: value})})


def _with_service(claim: SentClaim, number: int, part: str, value: Any) -> SentClaim:
    changed = replace(_service(claim, number), **{part: value})
    services = tuple(changed if each.number == number else each for each in claim.services)
    return replace(claim, services=services)


def _with_diagnoses(claim: SentClaim, codes: Mapping[int, str]) -> SentClaim:
    """The claim with these diagnoses changed, added at the end, or dropped where nothing stands in the place.

    Lines point to diagnoses by the places of the form: where one is dropped, they follow the others.
    """
    kept: list[Diagnosis] = []
    moved: dict[int, int] = {}
    for place in range(1, len(claim.diagnoses) + 2):
        held = claim.diagnoses[place - 1] if place <= len(claim.diagnoses) else None
        code = codes.get(place, held.code if held else "")
        if held is None or code != held.code:
            code = code.replace(".", "").upper()
        if code:
            kept.append(replace(held, code=code) if held else Diagnosis(code, _kind_beside(kept)))
            moved[place] = len(kept)
    gone = set(range(1, len(claim.diagnoses) + 1)) - moved.keys()
    if not gone:
        return replace(claim, diagnoses=tuple(kept))
    services = tuple(
        replace(each, pointers=tuple(moved.get(at, at) for at in each.pointers if at not in gone))
        for each in claim.services
    )
    return replace(claim, diagnoses=tuple(kept), services=services)


def _kind_beside(held: list[Diagnosis]) -> DiagnosisKind:
    has_principal = any(each.kind is DiagnosisKind.PRINCIPAL for each in held)
    return DiagnosisKind.OTHER if has_principal else DiagnosisKind.PRINCIPAL


def _service(claim: SentClaim, number: int) -> SentService:
    return next(each for each in claim.services if each.number == number)


def _text(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable() or any(sign in text for sign in "*~^:|>"):
        raise ValueError
    return text


def _fitting(name: str, value: Any) -> Any:
    """The value, where it is no longer than its element, and not empty where a person needs one."""
    part = name.rpartition(".")[2]
    if isinstance(value, str) and len(value) > _LONGEST_OF.get(part, _LONGEST):
        raise ValueError
    if part == "last_name" and not value:
        raise ValueError
    return value


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
