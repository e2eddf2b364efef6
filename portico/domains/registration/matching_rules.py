"""Which of what was claimed agrees with what is on file, and what the applicant is told of it. Pure.

A field is named only where everything else agrees with one another: so nobody learns what is on file by
trying numbers (decision record 0038).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.offices.listed import Listed, Roster
from portico.domains.registration.catalogue_rows import AccountType, Holds, Path
from portico.domains.registration.claims import Claim, Field, Finding, Reason, licence_key
from portico.shared import names

NAMED: Final[Mapping[Field, Reason]] = {
    Field.LICENCE: Reason.LICENCE_DIFFERS,
    Field.NPI: Reason.NPI_DIFFERS,
    Field.TAX_ID: Reason.TAX_ID_DIFFERS,
    Field.NAME: Reason.NAME_DIFFERS,
}
_NAMES: Final = {reason: field for field, reason in NAMED.items()}
_FORMS: Final = frozenset("INC LLC LLP LP PC PLLC PLC CORP CO LTD APC AMC THE".split())

Findings = Mapping[Field, Finding]


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides: how each field compares, whether somebody owns the licence here, the office that bills
    under a claimed tax ID already, which way the catalogue sends such an application, whether somebody else
    bills under a claimed tax ID, and whether a billing company registers.
    """

    findings: Findings
    is_claimed: bool
    office_id: int | None
    path: Path
    is_shared: bool = False
    is_company: bool = False


def differing(findings: Findings) -> tuple[Field, ...]:
    """The fields of the claim that do not agree with the provider file."""
    return tuple(field for field in NAMED if findings.get(field, Finding.AGREES) is not Finding.AGREES)


def named_by(reason: Reason | None) -> tuple[Field, ...]:
    """The field that a reason tells the applicant of, if it tells of one."""
    return (_NAMES[reason],) if reason in _NAMES else ()


def reason(facts: Facts) -> Reason | None:
    """Why it does not go through at once; None where it does. A billing company is told the same whatever is
    found: there is nothing on file that it could agree with.
    """
    if facts.is_company:
        return Reason.ALWAYS_REVIEWED
    findings = facts.findings
    differs = differing(findings)
    if differs:
        return _of_differing(differs, findings)
    if findings.get(Field.EXCLUSIONS) is Finding.EXCLUDED:
        return Reason.BEING_CHECKED
    if findings.get(Field.PARTICIPATION) is not Finding.AGREES:
        return Reason.NOT_PARTICIPATING
    return _of_licence_list(findings) or _of_what_is_here(facts)


def _of_differing(differs: tuple[Field, ...], findings: Findings) -> Reason:
    if len(differs) > 1:
        return Reason.NOTHING_MATCHES
    if findings[differs[0]] is Finding.NOT_ACTIVE:
        return Reason.NOT_PARTICIPATING  # billed under it once, and does no more
    return NAMED[differs[0]]


def _of_licence_list(findings: Findings) -> Reason | None:
    found = findings.get(Field.LICENCE_LIST, Finding.NOT_LOADED)
    if found is Finding.NOT_ACTIVE:
        return Reason.LICENCE_NOT_ACTIVE
    return None if found in (Finding.AGREES, Finding.NOT_LOADED) else Reason.BEING_CHECKED


def _of_what_is_here(facts: Facts) -> Reason | None:
    if facts.is_claimed:
        return Reason.LICENCE_CLAIMED
    if facts.office_id is not None:
        return Reason.OFFICE_EXISTS
    if facts.path is not Path.INSTANT:
        return Reason.ALWAYS_REVIEWED
    return Reason.TAX_ID_SHARED if facts.is_shared else None


def closest(roster: Roster, claim: Claim, holds: Holds) -> Listed | None:
    """The provider on file with whom most of the claim agrees, the one of its NPI first; none for a billing
    company.
    """
    if is_company(claim):
        return None

    def weight(listed: Listed) -> tuple[int, bool]:
        findings = compared(listed, roster, claim, holds)
        return len(findings) - len(differing(findings)), listed.npi == claim.npi

    return max(roster.providers, key=weight, default=None)


def own(listed: Listed | None, claim: Claim) -> Listed | None:
    """The provider where its NPI is claimed; None for one who only comes close."""
    return listed if listed is not None and listed.npi == claim.npi else None


def is_company(claim: Claim) -> bool:
    """Does a billing company register, which no provider file knows?"""
    return claim.account_type is AccountType.BILLING_COMPANY


def compared(listed: Listed | None, roster: Roster, claim: Claim, holds: Holds) -> dict[Field, Finding]:
    """How each field of the claim compares with that provider; of a billing company, what a person has to
    make sure of.
    """
    if is_company(claim):
        is_known = not frozenset(claim.tax_ids).isdisjoint(roster.tax_ids)
        tax_id = Finding.DIFFERS if is_known else Finding.NOT_FOUND
        return {Field.TAX_ID: tax_id, Field.NAME: Finding.NOT_FOUND}
    found = {}
    if claim.licence_number:
        found[Field.LICENCE] = _finding(listed, listed is not None and _same_licence(listed, claim))
    found[Field.NPI] = _npi(listed, roster, claim)
    found[Field.TAX_ID] = _tax_ids(listed, roster, claim)
    found[Field.NAME] = _finding(listed, listed is not None and _same_name(listed, roster, claim, holds))
    takes_part = listed is not None and bool(listed.participating.intersection(claim.tax_ids))
    found[Field.PARTICIPATION] = Finding.AGREES if takes_part else Finding.NOT_ACTIVE
    return found


def same_person(claim: Claim, *, last_name: str, first_name: str, middle_name: str = "") -> bool:
    """Is it the same name, written the one way or the other? An initial or a short form will do."""
    if not names.key(claim.last_name) or names.key(claim.last_name) != names.key(last_name):
        return False
    told = names.key(claim.first_name)
    on_file = (names.key(first_name), names.key(middle_name))
    if not any(on_file):
        return True  # nothing on file that could differ
    return bool(told) and any(one.startswith(told) or told.startswith(one) for one in on_file if one)


def _finding(listed: Listed | None, agrees: bool) -> Finding:
    if listed is None:
        return Finding.NOT_FOUND
    return Finding.AGREES if agrees else Finding.DIFFERS


def _same_licence(listed: Listed, claim: Claim) -> bool:
    key = licence_key(claim.licence_number)
    same = bool(key) and licence_key(listed.licence_number) == key
    return same and listed.licence_state.upper() == claim.licence_state.upper()


def _npi(listed: Listed | None, roster: Roster, claim: Claim) -> Finding:
    if listed is not None and listed.npi == claim.npi:
        return Finding.AGREES
    is_known = any(each.npi == claim.npi for each in roster.providers)
    return Finding.DIFFERS if is_known else Finding.NOT_FOUND


def _tax_ids(listed: Listed | None, roster: Roster, claim: Claim) -> Finding:
    """Each of them has to be in force for that provider."""
    asked = frozenset(claim.tax_ids)
    if listed is not None and asked and asked <= listed.in_force:
        return Finding.AGREES
    if listed is not None and asked and asked <= listed.billed:
        return Finding.NOT_ACTIVE
    return Finding.DIFFERS if asked.intersection(roster.tax_ids) else Finding.NOT_FOUND


def _same_name(listed: Listed, roster: Roster, claim: Claim, holds: Holds) -> bool:
    """Who comes in as both is the provider; whoever runs an office names the office.

    What a tax ID of somebody else is called counts for nothing: trying names would tell whose it is.
    """
    if holds is Holds.BOTH:
        return not listed.is_organization and same_person(
            claim,
            last_name=listed.last_name,
            first_name=listed.first_name,
            middle_name=listed.middle_name,
        )
    told = _office_key(claim.office_name)
    own = (each for each in claim.tax_ids if each in listed.billed)
    called = [listed.last_name, *(roster.tax_ids[each] for each in own if each in roster.tax_ids)]
    return bool(told) and told in map(_office_key, called)


def _office_key(name: str) -> str:
    """The name without what says only which form of company it is, and without AND or &."""
    words = re.split(r"[\s,&]+", name.upper())
    plain = (re.sub(r"[.'’]", "", word) for word in words)
    return "".join(names.key(word) for word in plain if word not in _FORMS and word != "AND")
