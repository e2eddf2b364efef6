"""How a member is shown: the name written out, the SSN masked, the address in lines."""

from django.conf import settings

from portico.domains.members import models
from portico.domains.members.answers import Particulars, Person
from portico.shared import identifiers
from portico.shared.vault import CannotOpen, Vault


def person(member: models.Member) -> Person:
    """The member as pages show them."""
    return Person(
        name=name(member),
        first_name=member.first_name,
        last_name=member.last_name,
        member_id=member.member_id,
        subscriber_number=member.subscriber_number,
        relationship=member.relationship,
        birth_date=member.birth_date,
        sex=member.sex,
        ssn_masked=masked_ssn(member),
        address=_address(member),
        telephone=member.telephone,
        group_number=member.group_number,
    )


def particulars(member: models.Member) -> Particulars:
    """The member as programs are told of them, in parts."""
    return Particulars(
        middle_name=member.middle_name,
        suffix=member.suffix,
        street=tuple(line for line in (member.address, member.address_more) if line),
        city=member.city,
        state=member.state,
        postal_code=member.postal_code,
        death_date=member.death_date,
    )


def name(member: models.Member) -> str:
    """First, middle, last name and suffix, as far as the feed gave them."""
    return " ".join(filter(None, (member.first_name, member.middle_name, member.last_name, member.suffix)))


def masked_ssn(member: models.Member) -> str:
    """The SSN with its last four digits; empty when none is held or the one held cannot be opened."""
    vault: Vault = settings.PORTICO_VAULT
    if member.ssn_sealed is None:
        return ""
    try:
        ssn = vault.open(bytes(member.ssn_sealed), place=ssn_place(member.member_id))
    except CannotOpen:
        return ""
    return identifiers.mask_ssn(ssn)


def ssn_place(member_id: str) -> str:
    """The place an SSN is sealed for; a value moved to another member does not open."""
    return f"members.member.ssn:{member_id}"


def _address(member: models.Member) -> tuple[str, ...]:
    town = " ".join(filter(None, (member.state, member.postal_code)))
    lines = (member.address, member.address_more, ", ".join(filter(None, (member.city, town))))
    return tuple(line for line in lines if line)
