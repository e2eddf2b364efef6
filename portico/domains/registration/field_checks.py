"""What is wrong with what an applicant types, field by field, and what looks unusual. Pure.

Codes; the words are the edges'. A fault keeps a claim from being submitted, a hint does not. Fields go by
their names in claims.Claim; "tax_id" is one of the tax IDs.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from portico.domains.accounts.own import profile_rules
from portico.domains.registration.catalogue_rows import Need, Offer
from portico.domains.registration.claims import Claim, licence_key
from portico.domains.registration.licence_shapes import STATES, is_usual
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

MISSING: Final = "missing"
MOST_TAX_IDS: Final = 20
OF_EVERYBODY: Final = ("first_name", "last_name", "email", "telephone", "office_name")
OF_A_NEED: Final[Mapping[Need, tuple[str, ...]]] = {
    Need.LICENCE: ("licence_number", "licence_state"),
    Need.NPI: ("npi",),
    Need.TAX_ID: ("tax_ids",),
    Need.ADDRESS: ("address", "city", "state_code", "postal_code"),
}
_LONGEST: Final = {"office_name": 160, "address": 160, "city": 80}
_NEVER_ISSUED: Final = frozenset("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split())
"""What no employer identification number begins with, as far as the tax authority's prefixes tell."""
_LICENCE: Final = re.compile(r"[A-Z0-9][A-Z0-9 .,/#-]{0,39}")
_BETWEEN: Final = re.compile(r"[\s,;]+")


class _Fault(ValueError):
    """What is wrong with a field; its code."""


def check(field: str, typed: str, *, state: str = "") -> tuple[str, ...]:
    """The faults of one field; nothing for a field that is fine. What was typed is never said back.

    `state` is that of the licence, for fields that depend on it.
    """
    del state  # a licence's shape is a hint in every state
    try:
        _parsed(field, typed)
    except _Fault as fault:
        return (str(fault),)
    return ()


def hints(field: str, typed: str, *, state: str = "") -> tuple[str, ...]:
    """What looks unusual and may be right all the same: licence_unusual, tax_id_prefix."""
    if check(field, typed):
        return ()
    if field == "licence_number" and not is_usual(typed, state.strip().upper()):
        return ("licence_unusual",)
    if field == "tax_id" and _parsed(field, typed)[:2] in _NEVER_ISSUED:
        return ("tax_id_prefix",)
    return ()


def canonical(field: str, typed: str) -> str:
    """What was typed as it is kept and compared; as it was typed where it is faulty."""
    try:
        return _parsed(field, typed)
    except _Fault:
        return typed


def tax_ids_in(typed: str) -> tuple[str, ...]:
    """Each tax ID of a text that holds several, as it was typed."""
    return tuple(filter(None, _BETWEEN.split(typed)))


def needed(needs: Sequence[Need]) -> tuple[str, ...]:
    """The names of the claim's fields that a type with these needs fills in, in the order they are asked."""
    return (*(name for need in needs for name in OF_A_NEED[need]), *OF_EVERYBODY)


def of_claim(claim: Claim, offer: Offer, *, regions: Iterable[str]) -> dict[str, str]:
    """The faults of a whole claim: the first code of each field by its name; `regions` are the plan's."""
    faults = {name: _of_field(claim, name) for name in needed(offer.needs)}
    faults["regions"] = _of_regions(claim.regions, frozenset(regions))
    return {name: code for name, code in faults.items() if code}


def tidied(claim: Claim, offer: Offer) -> Claim:
    """The claim in canonical form, without what its type does not ask for."""
    asked = needed(offer.needs)
    names = [*OF_EVERYBODY, *(name for names in OF_A_NEED.values() for name in names)]
    values: dict[str, Any] = {
        name: canonical(name, getattr(claim, name)) if name in asked else ""
        for name in names
        if name != "tax_ids"
    }
    values["tax_ids"] = tuple(canonical("tax_id", each) for each in claim.tax_ids if "tax_ids" in asked)
    return replace(claim, **values, regions=tuple(dict.fromkeys(claim.regions)))


def of_tax_ids(tax_ids: Sequence[str]) -> str:
    """The first fault of a list of tax IDs; "" where there is none."""
    if not tax_ids:
        return MISSING
    if len(tax_ids) > MOST_TAX_IDS:
        return "too_many"
    faults = [code for each in tax_ids for code in check("tax_id", each)]
    same = {canonical("tax_id", each) for each in tax_ids}
    return faults[0] if faults else "" if len(same) == len(tax_ids) else "duplicate"


def _of_field(claim: Claim, name: str) -> str:
    if name == "tax_ids":
        return of_tax_ids(claim.tax_ids)
    return next(iter(check(name, getattr(claim, name))), "")


def _of_regions(chosen: Sequence[str], known: frozenset[str]) -> str:
    """Where the plan has regions, at least one is chosen, and none that is not there."""
    if not known.issuperset(chosen):
        return "region_unknown"
    return MISSING if known and not chosen else ""


def _parsed(field: str, typed: str) -> str:
    """The canonical form. Raises _Fault."""
    if not typed.strip():
        raise _Fault(MISSING)
    parse = _PARSERS.get(field)
    if parse is None:
        raise _Fault("not_asked")
    try:
        return parse(typed)
    except BadIdentifier as error:
        raise _Fault(error.code) from error


def _licence(typed: str) -> str:
    told = " ".join(typed.upper().split())
    if not _LICENCE.fullmatch(told) or not licence_key(told):
        raise _Fault("licence_format")
    return told


def _state(typed: str) -> str:
    code = typed.strip().upper()
    if code not in STATES:
        raise _Fault("state_unknown")
    return code


def _name(typed: str) -> str:
    told = profile_rules.name(typed)
    if told is None:
        raise _Fault("name_format")
    return told


def _email(typed: str) -> str:
    told = profile_rules.mail_address(typed)
    if told is None:
        raise _Fault("email_format")
    return told


def _telephone(typed: str) -> str:
    """Ten digits, without the country's 1; neither area nor exchange begins with 0 or 1."""
    found = re.fullmatch(r"(?:\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})", re.sub(r"[\s().-]", "", typed))
    if found is None or not typed.isascii():
        raise _Fault("telephone_format")
    return found[1]


def _postal_code(typed: str) -> str:
    found = re.fullmatch(r"([0-9]{5})(?:[ -]?([0-9]{4}))?", typed.strip())
    if found is None or not typed.isascii():
        raise _Fault("postal_code_format")
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def _line_of(field: str) -> Callable[[str], str]:
    def parse(typed: str) -> str:
        told = " ".join(typed.split(" ")).strip()
        told = re.sub(" {2,}", " ", told)
        if not told.isprintable() or not any(sign.isalnum() for sign in told):
            raise _Fault(f"{field}_format")
        if len(told) > _LONGEST[field]:
            raise _Fault("too_long")
        return told

    return parse


_PARSERS: Final[Mapping[str, Callable[[str], str]]] = {
    "npi": identifiers.parse_npi,
    "tax_id": identifiers.parse_tax_id,
    "licence_number": _licence,
    "licence_state": _state,
    "state_code": _state,
    "first_name": _name,
    "last_name": _name,
    "email": _email,
    "telephone": _telephone,
    "postal_code": _postal_code,
    **{field: _line_of(field) for field in _LONGEST},
}
