"""A decided claim as its row keeps it (ClaimPayment.content), and back: plain JSON, to the cent.

What a fact leaves at its default is left out. `claim_of(packed(claim)) == claim`, whatever the claim says.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from portico.domains.claims.facts.paid import PaidClaim
from portico.domains.claims.facts.submitted import Address, Party

_PLAIN = (int, bool)


def packed(claim: PaidClaim) -> dict[str, Any]:
    """The claim as JSON holds it: amounts and days as text, groups of facts as objects and lists."""
    return _packed_fact(claim)


def claim_of(content: Mapping[str, Any]) -> PaidClaim:
    """The claim that was packed. Raises KeyError or ValueError for what `packed` never answered."""
    claim: PaidClaim = _fact_of(PaidClaim, content)
    return claim


def packed_party(party: Party) -> dict[str, Any]:
    """A payer or payee as JSON holds it."""
    return _packed_fact(party)


def party_of(content: Mapping[str, Any]) -> Party:
    """The party that was packed."""
    party: Party = _fact_of(Party, content)
    return party


def packed_address(address: Address) -> dict[str, Any]:
    """An address as JSON holds it."""
    return _packed_fact(address)


def address_of(content: Mapping[str, Any]) -> Address:
    """The address that was packed."""
    address: Address = _fact_of(Address, content)
    return address


def _packed_fact(fact: Any) -> dict[str, Any]:
    kind: Any = type(fact)
    said = ((name, getattr(fact, name), default) for name, default in _defaults(kind))
    return {name: _packed(value) for name, value, default in said if value != default}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Each field's name with what it is where nothing was said; no value equals MISSING."""
    return tuple((field.name, _default(field)) for field in fields(kind))


def _default(field: "Field[Any]") -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _packed(value: Any) -> Any:
    if value is None or type(value) in _PLAIN or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_packed(each) for each in value]
    return value.isoformat() if isinstance(value, date) else _packed_fact(value)


def _fact_of(kind: Any, held: Mapping[str, Any]) -> Any:
    kinds = _kinds(kind)
    return kind(**{name: _value_of(kinds[name], value) for name, value in held.items()})


def _value_of(kind: Any, held: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return None if held is None else _value_of(next(each for each in get_args(kind) if each), held)
    if get_origin(kind) is tuple:
        return tuple(_value_of(get_args(kind)[0], each) for each in held)
    if is_dataclass(kind):
        return _fact_of(kind, held)
    if kind is date:
        return date.fromisoformat(held)
    return kind(held) if kind is Decimal or issubclass(kind, StrEnum) else held


@cache
def _kinds(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
