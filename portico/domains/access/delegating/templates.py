"""What people of a role usually need: a beginning to tick from, no limit. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from portico.domains.permits.functions import GRANTABLE, Function


@dataclass(frozen=True, slots=True)
class Template:
    """A role, and the functions it usually needs, in the order of Function."""

    code: str
    functions: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What was ticked beyond the template, and what of it was not."""

    added: tuple[Function, ...]
    missing: tuple[Function, ...]

    @property
    def is_none(self) -> bool:
        """Is it the template as it stands?"""
        return not (self.added or self.missing)


class UnknownTemplate(LookupError):
    """There is no such role."""


TEMPLATES: Final = (
    Template("front_desk", (Function.ELIGIBILITY, Function.BENEFITS, Function.AUTHORIZATION_INQUIRY)),
    Template(
        "biller",
        (
            Function.ELIGIBILITY,
            Function.BENEFITS,
            Function.CLAIMS_INQUIRY,
            Function.CLAIM_SUBMISSION,
            Function.REMITTANCE,
        ),
    ),
    Template(
        "authorization_coordinator",
        (
            Function.ELIGIBILITY,
            Function.BENEFITS,
            Function.AUTHORIZATION_INQUIRY,
            Function.AUTHORIZATION_SUBMISSION,
            Function.REFERRALS,
        ),
    ),
    Template(
        "clinician",
        (
            Function.ELIGIBILITY,
            Function.BENEFITS,
            Function.AUTHORIZATION_INQUIRY,
            Function.AUTHORIZATION_SUBMISSION,
            Function.REFERRALS,
            Function.ENCOUNTERS,
        ),
    ),
    Template(
        "read_only",
        (
            Function.ELIGIBILITY,
            Function.BENEFITS,
            Function.CLAIMS_INQUIRY,
            Function.REMITTANCE,
            Function.AUTHORIZATION_INQUIRY,
        ),
    ),
)


def of(code: str) -> Template:
    """The role of that code. Raises UnknownTemplate."""
    found = next((each for each in TEMPLATES if each.code == code), None)
    if found is None:
        raise UnknownTemplate(f"there is no role {code!r}")
    return found


def difference(code: str, functions: Collection[Function]) -> Difference:
    """How what is ticked differs from the role. Raises UnknownTemplate."""
    usual, ticked = of(code).functions, frozenset(functions)
    added = tuple(each for each in GRANTABLE if each in ticked and each not in usual)
    return Difference(added, tuple(each for each in usual if each not in ticked))
