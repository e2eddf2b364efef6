"""What a plan's catalogue of registrations must be. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from portico.domains.registration.catalogue_rows import AccountType, Holds, Need, Offer, Path

MOST_OFFERS: Final = 60
LONGEST_NAME: Final = 80
LONGEST_SAYS: Final = 200
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OF_AN_OFFICE: Final = frozenset({Need.NPI, Need.TAX_ID})
_OF_A_PERSON: Final = frozenset({Need.LICENCE, Need.NPI, Need.TAX_ID})
_OF_NO_COMPANY: Final = frozenset({Need.LICENCE, Need.NPI})


class CannotSet(ValueError):
    """The catalogue cannot be set; the text says what is wrong, in one line."""


def check(offers: Sequence[Offer]) -> None:
    """Can these be in force? Raises CannotSet with the first thing that is wrong."""
    if not offers:
        raise CannotSet("a catalogue offers something")
    if len(offers) > MOST_OFFERS:
        raise CannotSet(f"a catalogue has at most {MOST_OFFERS} rows")
    for offer in offers:
        _check_words(offer)
        _check_needs(offer)
        _check_path(offer)
    _check_together(offers)


def _check_words(offer: Offer) -> None:
    if not _CODE.fullmatch(offer.code):
        raise CannotSet(f"{offer.code!r} can be no code: small letters and digits can, with _ between them")
    for what, said, most in (("name", offer.name, LONGEST_NAME), ("line", offer.says, LONGEST_SAYS)):
        if not 0 < len(said.strip()) <= most or not said.isprintable():
            raise CannotSet(f"{_called(offer)}: its {what} has 1 to {most} signs that can be seen")


def _check_needs(offer: Offer) -> None:
    if len(set(offer.needs)) != len(offer.needs):
        raise CannotSet(f"{_called(offer)}: it asks for the same thing twice")
    if offer.account_type is AccountType.BILLING_COMPANY:
        _check_company(offer)
    elif offer.holds is not Holds.NOBODY and not _OF_AN_OFFICE.issubset(offer.needs):
        raise CannotSet(f"{_called(offer)}: whoever registers gives an NPI and a tax ID")


def _check_company(offer: Offer) -> None:
    """It treats nobody: there is no licence and no NPI to ask for, and nobody there has patients."""
    if _OF_NO_COMPANY.intersection(offer.needs):
        raise CannotSet(f"{_called(offer)}: a billing company has neither a licence nor an NPI")
    if offer.holds is Holds.BOTH:
        raise CannotSet(f"{_called(offer)}: a billing company's people are given what its clients give")
    if offer.holds is Holds.ADMINISTRATOR and Need.TAX_ID not in offer.needs:
        raise CannotSet(f"{_called(offer)}: a billing company gives its tax ID")


def _check_path(offer: Offer) -> None:
    """Only a physician for the own practice, whose licence the provider file knows, comes in at once."""
    if offer.path is not Path.INSTANT:
        return
    if offer.account_type is not AccountType.PHYSICIAN or offer.holds is not Holds.BOTH:
        raise CannotSet(f"{_called(offer)}: only a physician who is both persons comes in at once")
    if not _OF_A_PERSON.issubset(offer.needs):
        raise CannotSet(f"{_called(offer)}: coming in at once takes a licence, an NPI and a tax ID")


def _check_together(offers: Sequence[Offer]) -> None:
    rows = Counter((offer.account_type, offer.code) for offer in offers)
    for (account_type, code), count in rows.items():
        if count > 1:
            raise CannotSet(f"{account_type} {code} stands there twice")
    leads = {offer.account_type for offer in offers if offer.holds is not Holds.NOBODY}
    for offer in offers:
        if offer.account_type not in leads:
            raise CannotSet(f"{offer.account_type}: nobody can register for it; offer somebody, or nobody")


def _called(offer: Offer) -> str:
    return f"{offer.account_type} {offer.code}"
