"""Applications as applicants and the plan's desk make them, at instants that lie back.

Imported once Django is set up.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from portico.demo import acting, names, practices, providers, registrations, specialties, unregistered
from portico.demo.acting import CannotFurnish
from portico.demo.chance import Chance
from portico.demo.roster import Affiliation, Practice, Provider
from portico.domains.permits.actors import Actor
from portico.domains.plan import business_time, opening, policy
from portico.domains.registration import applications, catalogue, correcting, deciding, review
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.claims import Agreement, Claim
from portico.domains.registration.deciding import Outcome

_NOT_KNOWN = ""
_LONG_AGO = timedelta(days=120)


class Claims:
    """Claims of practices of the provider file that nobody has named yet, each practice once."""

    __slots__ = ("_organizations", "_physicians", "_told")

    def __init__(self, *, members: int, seed: int, today: date) -> None:
        found = [
            each
            for each in providers.affiliations(members=members, seed=seed, today=today)
            if _is_free(each, today)
        ]
        self._organizations = _each_practice(each for each in found if each.provider.is_organization)
        self._physicians = _each_practice(each for each in found if not each.provider.is_organization)
        self._told = 0

    def organization(self) -> Claim:
        """A place's administrator; a practice's where a small plan has no place left."""
        who, where = next(self._organizations, None) or next(self._physicians)
        is_hospital = who.specialty == specialties.HOSPITAL
        kind = AccountType.HOSPITAL if is_hospital else AccountType.ANCILLARY
        return registrations.organization(kind, *self._somebody(), who, where)

    def office(self) -> Claim:
        """Somebody who runs a physician's office."""
        who, where = next(self._physicians)
        return registrations.run_by(*self._somebody(), who, where)

    def physician(self) -> Claim:
        """A physician who runs a practice."""
        return registrations.solo(*next(self._physicians))

    def _somebody(self) -> tuple[str, str]:
        self._told += 1
        chance = Chance("applicant", self._told)
        name = names.person(chance, names.family(chance), names.WOMAN if self._told % 2 else names.MAN)
        return names.without_accents(name.first), names.without_accents(name.last)


def submit(claim: Claim, *, at: datetime) -> str:
    """Send it; answers its transaction ID."""
    terms, claim = policy.current(), replace(claim, catalogue=catalogue.current().number)
    agreement = Agreement(terms.terms_version, terms.terms_digest, at, "203.0.113.20")
    return applications.submit(
        actor=acting.visitor(at), claim=claim, agreement=agreement, mark="", address=_NOT_KNOWN
    ).transaction_id


def number_of(staff: Actor, transaction_id: str) -> int:
    """The number of the application at the plan's desk."""
    [row] = review.find(actor=staff, text=transaction_id)
    return row.number


def approve(staff: Actor, number: int) -> None:
    """Say yes: the first of two, or the only one."""
    case = review.case(actor=staff, number=number)
    seen = case.seen if case else 0
    expect(deciding.approve(actor=staff, number=number, seen=seen), Outcome.DONE, Outcome.SECONDING)


def hand_in(transaction_id: str, kind: str, content: bytes, *, at: datetime) -> None:
    """The applicant hands in a file, and that is all."""
    visitor = acting.visitor(at)
    correcting.hand_in(
        actor=visitor,
        transaction_id=transaction_id,
        address=_NOT_KNOWN,
        kind=kind,
        name=f"{kind}.pdf",
        content=content,
    )
    correcting.finish(actor=visitor, transaction_id=transaction_id, address=_NOT_KNOWN)


def expect(outcome: object, *expected: object) -> None:
    """Raises CannotFurnish where it came out otherwise."""
    if outcome not in expected:
        raise CannotFurnish(f"the desk of the demo was refused: {outcome}")


def later(at: datetime, days: str) -> datetime:
    """So many business days after that instant."""
    return business_time.after(opening.hours(), at, Decimal(days))


def earlier(now: datetime, days: str) -> datetime:
    """The last full hour from which so many business days have passed until now."""
    hours, at = opening.hours(), now
    while business_time.elapsed(hours, at, now) < Decimal(days):
        at -= timedelta(hours=1)
    return at


def _is_free(each: Affiliation, today: date) -> bool:
    """Is it nobody the demo speaks of, and has it taken part for long?"""
    is_ours = each.practice in (*practices.PRACTICES, *unregistered.PRACTICES)
    return not is_ours and bool(each.lines) and each.last_on is None and each.first_on <= today - _LONG_AGO


def _each_practice(found: Iterator[Affiliation]) -> Iterator[tuple[Provider, Practice]]:
    once = {each.practice.tax_id: each for each in found}
    return ((each.provider, each.practice) for each in once.values())
