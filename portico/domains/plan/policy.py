"""What the plan asks of everybody who signs in: the terms in force, and when identity is verified."""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from portico.domains.permits.verification import PATIENT_DATA, Rule
from portico.domains.plan import models

REMEMBERED_SECONDS: Final = 1
_POLICY: Final = "plan.policy"

DEFAULT_RULES: Final = (
    Rule(functions=PATIENT_DATA, provers=("desk", "documents", "contact", "openid_connect")),
)
"""What is asked where the plan has written no table: patient data opens to a verified person."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The terms in force, "" where none were published, and the table of when identity is verified."""

    terms_version: str
    terms_digest: str
    rules: tuple[Rule, ...]


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


def _policy() -> Policy:
    terms = models.Terms.objects.order_by("-published_at", "-pk").values_list("version", "digest").first()
    version, digest = terms or ("", "")
    return Policy(version, digest, written() or DEFAULT_RULES)


def _rule(row: models.VerificationRule) -> Rule:
    return Rule(row.account_type, row.persona, row.functions, row.state, tuple(row.provers), row.days)
