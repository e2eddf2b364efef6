"""How the writer puts parties, persons, places and sums: the segments of 837s that stand in several loops."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.facts.submitted import Address, Party, Patient
from portico.shared.x12.joining import Value

Put = Callable[..., None]
_REASONS_IN_A_SEGMENT = 6


def number(amount: Decimal | None) -> str:
    """An amount or a quantity as X12 writes it: no zeros at the end, no exponent."""
    if amount is None:
        return ""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def day(value: date) -> str:
    """A day as eight digits."""
    return value.isoformat().replace("-", "")


def party(put: Put, role: str, told: Party, *, kind: str = "XX") -> None:
    """NM1 of a party; `kind` says which number it is known by: XX its NPI, PI the payer's."""
    identifier = told.npi if kind == "XX" else told.payer_number
    identified = (kind, identifier) if identifier else ()
    who = "1" if told.is_person else "2"
    put("NM1", role, who, told.name, told.first_name, None, None, None, *identified)


def person(put: Put, role: str, told: Patient, *, is_identified: bool) -> None:
    """NM1 of a person, by member ID where `is_identified`."""
    names = told.last_name, told.first_name, told.middle_name, None, told.suffix
    put("NM1", role, "1", *names, *(("MI", told.member_id) if is_identified and told.member_id else ()))


def address(put: Put, told: Address) -> None:
    """N3 and N4, where anything is known of them."""
    if told.street:
        put("N3", told.street, told.more)
    if told.city:
        put("N4", told.city, told.state, told.postal_code)


def birth(put: Put, told: Patient) -> None:
    """DMG, where the day is known."""
    if told.birth_date:
        put("DMG", "D8", day(told.birth_date), told.sex or "U")


def taxonomy(put: Put, role: str, told: Party) -> None:
    """PRV, where the taxonomy is known."""
    if told.taxonomy:
        put("PRV", role, "PXC", told.taxonomy)


def reference(put: Put, qualifier: str, value: str) -> None:
    """REF, where there is a value."""
    if value:
        put("REF", qualifier, value)


def adjusted(put: Put, adjustments: Iterable[Adjusted]) -> None:
    """CAS: those of one group that follow each other stand together, six at most."""
    for group, found in groupby(adjustments, key=lambda one: one.group):
        for some in _chunks(list(found)):
            put("CAS", str(group), *_reasons(some))


def _chunks(found: Sequence[Adjusted]) -> Iterator[Sequence[Adjusted]]:
    for at in range(0, len(found), _REASONS_IN_A_SEGMENT):
        yield found[at : at + _REASONS_IN_A_SEGMENT]


def _reasons(some: Sequence[Adjusted]) -> Iterator[Value]:
    for one in some:
        yield from (one.reason, number(one.amount), number(one.quantity))
