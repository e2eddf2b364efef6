"""A member's row after a record of the feed: what was sent replaces what is held, what was not sent stays."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from portico.domains.members.enrolment_facts import SentMember, SentName
from portico.domains.members.enrolment_people import COLUMNS, OtherKey, Person, ssn_index
from portico.domains.members.identity_rules import Identity
from portico.domains.members.people import ssn_place
from portico.shared import names

Row = dict[str, Any]

_NAMES = ("last_name", "first_name", "middle_name", "suffix")
_EMPTY: Row = dict.fromkeys(COLUMNS) | dict.fromkeys(
    ("first_name", "middle_name", "suffix", "first_key", "sex", "telephone", "group_number"), ""
)
_EMPTY |= dict.fromkeys(("address", "address_more", "city", "state", "postal_code"), "")
_KEY_LENGTHS = {"last_key": 80, "first_key": 60}


def after(held: Mapping[str, Any] | None, sent: SentMember, sent_as: Identity, *, member_id: str) -> Row:
    """The row after `sent`, whose identity is `sent_as`; `held` None for somebody new, who gets
    `member_id`.
    """
    row = dict(held) if held else {**_EMPTY, "member_id": member_id}
    sent_now = {
        "relationship": sent.relationship,
        "subscriber_number": sent.subscriber_number,
        "birth_date": sent.name.birth_date,
        "death_date": sent.death_date,
        "sex": sent.sex,
        "telephone": sent.telephone,
        "group_number": sent.group_number,
    }
    row |= {name: value for name, value in sent_now.items() if value}
    _put_names(row, sent)
    _put_address(row, sent)
    _put_ssn(row, sent.name.ssn, sent_as.ssn)
    return row


def identity(sent: SentMember) -> Identity:
    """What tells the person sent from others."""
    return _identity(sent, sent.name)


def prior_identity(sent: SentMember) -> Identity | None:
    """How the person sent was wrongly known before; what the feed leaves out of it is as now."""
    if sent.prior is None:
        return None
    now, prior = sent.name, sent.prior
    complete = SentName(
        last_name=prior.last_name,
        first_name=prior.first_name or now.first_name,
        middle_name=prior.middle_name,
        birth_date=prior.birth_date,
        ssn=prior.ssn or now.ssn,
    )
    return _identity(sent, complete)


def others_after(person: Person | None, sent: SentMember) -> dict[OtherKey, Row]:
    """Other coverage after `sent`: one for each payer and order of payment."""
    others = {key: dict(other) for key, other in person.others.items()} if person else {}
    for coverage in sent.coverages:
        for other in coverage.others:
            key = (other.order, other.payer_name)
            held = others.setdefault(key, {"id": None, "order": other.order, "payer_name": other.payer_name})
            for name in ("policy_number", "first_on", "last_on"):
                held[name] = getattr(other, name) or held.get(name, "" if name == "policy_number" else None)
    return others


def _identity(sent: SentMember, name: SentName) -> Identity:
    return Identity(
        own_id=sent.own_id,
        is_self=sent.is_subscriber,
        last_key=_key("last_key", name.last_name),
        first_key=_key("first_key", name.first_name),
        middle=name.middle_name.upper(),
        birth_date=name.birth_date,
        ssn=ssn_index(name.ssn),
    )


def _put_names(row: Row, sent: SentMember) -> None:
    is_corrected = sent.is_corrected or sent.prior is not None
    for name in _NAMES:
        row[name] = getattr(sent.name, name) if is_corrected else getattr(sent.name, name) or row[name]
    row["last_key"], row["first_key"] = (
        _key("last_key", row["last_name"]),
        _key("first_key", row["first_name"]),
    )


def _put_address(row: Row, sent: SentMember) -> None:
    if sent.contact is not None:
        for name in ("address", "address_more", "city", "state", "postal_code"):
            row[name] = getattr(sent.contact, name)


def _put_ssn(row: Row, ssn: str, index: bytes | None) -> None:
    if index is not None and index != row["ssn_index"]:
        row["ssn_index"] = index
        row["ssn_sealed"] = settings.PORTICO_VAULT.seal(ssn, place=ssn_place(row["member_id"]))


@lru_cache(maxsize=32_768)
def _key(column: str, name: str) -> str:
    return names.key(name)[: _KEY_LENGTHS[column]]
