"""What the plan asks of everybody who signs in: the terms in force, and when identity is verified."""

from dataclasses import dataclass, fields
from typing import Final

from django.core.cache import cache

from portico.domains.permits.verification import PATIENT_DATA, Rule
from portico.domains.plan import models

REMEMBERED_SECONDS: Final = 1
_POLICY: Final = "plan.policy"

DEFAULT_RULES: Final = (
    Rule(functions=PATIENT_DATA, provers=("desk", "documents", "contact", "payment", "openid_connect")),
)
"""What is asked where the plan has written no table: patient data opens to a verified person."""


@dataclass(frozen=True, slots=True)
class AccessRules:
    """How offices hand out access (models.AccessPolicy).

    `request_hours`: business hours an access request lies with each of those it goes to; `request_days`: days
    until it expires; `recovery_days`: days in which anybody told may object; `review_months` 0: no reviews.
    """

    confirmed_by: str = ""
    personas: str = "linked"
    review_months: int = 3
    review_days: int = 30
    request_hours: int = 8
    request_days: int = 30
    recovery_days: int = 7


@dataclass(frozen=True, slots=True)
class Policy:
    """The terms in force, "" where there are none, when identity is verified, how access is handed out."""

    terms_version: str
    terms_digest: str
    rules: tuple[Rule, ...]
    access: AccessRules = AccessRules()


def current() -> Policy:
    """The policy in force. Every request asks: a process remembers it for a second."""
    known: Policy | None = cache.get(_POLICY)
    if known is None:
        known = _policy()
        cache.set(_POLICY, known, REMEMBERED_SECONDS)
    return known


def forget() -> None:
    """Ask anew: the policy was changed in this process."""
    cache.delete(_POLICY)


def written() -> tuple[Rule, ...]:
    """The plan's own table of when identity is verified; empty where it has written none."""
    return tuple(map(_rule, models.VerificationRule.objects.all()))


def access() -> AccessRules:
    """How offices hand out access, as it is written now."""
    named = [each.name for each in fields(AccessRules)]
    row = models.AccessPolicy.objects.values(*named).first()
    return AccessRules(**row) if row else AccessRules()


def _policy() -> Policy:
    terms = models.Terms.objects.order_by("-published_at", "-pk").values_list("version", "digest").first()
    version, digest = terms or ("", "")
    return Policy(version, digest, written() or DEFAULT_RULES, access())


def _rule(row: models.VerificationRule) -> Rule:
    return Rule(row.account_type, row.persona, row.functions, row.state, tuple(row.provers), row.days)
