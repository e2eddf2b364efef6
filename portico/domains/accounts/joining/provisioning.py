"""How far one account is, step by step, for those who look after it.

Whom somebody may look after is `access`' business: this is called within its permits (access.people).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Max, Min

from portico.domains.accounts import models, standings
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.joining.provisioning_rules import Facts, Identity, Seen, Stuck, steps, stuck
from portico.domains.accounts.proving import proofs
from portico.domains.accounts.proving.proof_views import Stand
from portico.domains.accounts.standings import Row
from portico.domains.permits.permit import Permit
from portico.domains.plan import policy


@dataclass(frozen=True, slots=True)
class Account:
    """One account with its steps; `is_shared`: another account has the same mail address.

    `question` is the code of the recovery question, where the plan's desk asks callers.
    """

    row: Row
    email: str
    is_shared: bool
    is_invited: bool
    question: str
    steps: tuple[Seen, ...]
    stuck: Stuck | None


def one(given: Permit, user_id: int, *, identity_asked: bool) -> Account | None:
    """The account of that number, step by step; None where there is none.

    `identity_asked`: the plan asks for a proof of who it is before something the person may do.
    """
    user, at = models.User.objects.filter(pk=user_id).first(), given.actor.asked_at
    if user is None:
        return None
    facts = _facts(given, user, identity_asked)
    seen = steps(facts, at)
    namesakes = models.User.objects.filter(email__iexact=user.email).exclude(pk=user.pk)
    return Account(
        row=standings.row(user, facts, at),
        email=user.email,
        is_shared=bool(user.email) and namesakes.exists(),
        is_invited=user.activated_at is None,
        question=_question(user_id),
        steps=seen,
        stuck=stuck(seen),
    )


def _question(user_id: int) -> str:
    if settings.RECOVERY_QUESTION != questions.HELPDESK:
        return ""
    asked = models.RecoveryQuestion.objects.filter(user_id=user_id).values_list("question", flat=True)
    return asked.first() or ""


def _facts(given: Permit, user: models.User, identity_asked: bool) -> Facts:
    [outline] = standings.outlines([user], given.actor.asked_at)
    asked = policy.current().terms_digest
    accepted = user.acceptances.aggregate(last=Max("at"))["last"]
    elsewhere = user.outside_identities.filter(mapped_at__isnull=False, provider__closed_at=None)
    return replace(
        outline,
        password_set_at=user.password_set_at,
        factor_since=_factor_since(user),
        elsewhere_since=elsewhere.aggregate(first=Min("mapped_at"))["first"],
        elsewhere_with_factor=elsewhere.filter(provider__vouches_for_factor=True).exists(),
        identity=_identity(given, user, identity_asked),
        terms_asked=asked not in ("", user.terms_digest),
        terms_at=accepted,
        suspended_at=user.suspended_at,
        signed_in_at=user.last_login,
    )


def _factor_since(user: models.User) -> datetime | None:
    firsts = (held.aggregate(first=Min("created_at"))["first"] for held in (user.factors, user.passkeys))
    return min((first for first in firsts if first is not None), default=None)


def _identity(given: Permit, user: models.User, is_asked: bool) -> Identity:
    """When it was verified last, and the proof under way or refused: first what waits for the plan."""
    tasks = proofs.state_of(given, user.pk).tasks
    verified = max((task.passed_at for task in tasks if task.passed_at is not None), default=None)
    for stand in (Stand.HANDED_IN, Stand.ASKED, Stand.REFUSED):
        for task in tasks:
            if task.stand is stand:
                return Identity(verified, is_asked, stand, task.decided_at or task.asked_at)
    return Identity(verified, is_asked)
