"""Agreeing to the plan's terms of use: which version, when, and from which network address.

Whoever agrees names the digest of the text they read, so nobody agrees to a version that was published while
they were reading an older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Count

from portico.domains.accounts import models
from portico.domains.permits.actors import AccountState, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import policy
from portico.domains.plan import terms as plan_terms


class Agreement(StrEnum):
    """What came of agreeing."""

    AGREED = "agreed"
    OTHER_IN_FORCE = "other_in_force"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One version somebody agreed to; `address` is the network address it came from, empty if not known."""

    version: str
    digest: str
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms in force, None where there are none, and when the actor agreed to them, None if not yet."""

    terms: plan_terms.Terms | None
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people agreed to each version (by its digest), and how many of those in use have yet to.

    `open` counts active people who have not agreed to the version in force; 0 where there is none.
    """

    agreed: Mapping[str, int] = field(default_factory=dict)
    open: int = 0


def asked(*, actor: Actor) -> Asked:
    """What the actor is asked to agree to; the audit says that they were shown it. Raises NotPermitted."""
    with permit(actor, _function(actor)) as given:
        terms = plan_terms.current()
        digest = terms.digest if terms else ""
        mine = models.TermsAcceptance.objects.filter(user_id=actor.user_id or 0, digest=digest)
        if terms is not None:
            given.note_subject("terms", terms.version)
        given.conclude("terms_shown" if terms else "no_terms")
        return Asked(terms, mine.values_list("at", flat=True).first())


def accept(*, actor: Actor, digest: str, address: str = "") -> Agreement:
    """Agree to the terms whose text has this digest; OTHER_IN_FORCE where that is not the text in force.

    A step of the first sign-in, and asked again of everybody when a version is published. Who agrees twice
    agreed the first time. Raises NotPermitted.
    """
    with permit(actor, _function(actor)) as given:
        return agree(given, digest=digest, address=address)


def agree(given: Permit, *, digest: str, address: str = "") -> Agreement:
    """The same within a permit of the actor's own."""
    terms = plan_terms.current()
    if terms is None or terms.digest != digest:
        given.conclude("other_terms_in_force")
        return Agreement.OTHER_IN_FORCE
    row = models.TermsAcceptance(
        user_id=given.actor.user_id or 0,
        version=terms.version,
        digest=digest,
        at=given.actor.asked_at,
        address=address or None,
    )
    models.TermsAcceptance.objects.bulk_create([row], ignore_conflicts=True)
    models.User.objects.filter(pk=given.actor.user_id or 0).update(terms_digest=digest)
    policy.forget()  # what this process remembers may be older than what was agreed to
    given.note_subject("terms", terms.version)
    given.conclude("terms_agreed")
    return Agreement.AGREED


def accepted(user_id: int) -> tuple[Acceptance, ...]:
    """What the user agreed to, the latest first."""
    rows = models.TermsAcceptance.objects.filter(user_id=user_id).order_by("-at", "-pk")
    return tuple(Acceptance(row.version, row.digest, row.at, row.address or "") for row in rows)


def tally(*, actor: Actor) -> Tally:
    """How many agreed to what, for the desk that publishes terms. Raises NotPermitted."""
    with permit(actor, Function.SIGN_IN_RULES) as given:
        given.conclude("terms_tallied")
        counted = models.TermsAcceptance.objects.order_by().values_list("digest").annotate(Count("pk"))
        terms = plan_terms.current()
        if terms is None:
            return Tally()
        in_use = models.User.objects.filter(state=models.User.State.ACTIVE, activated_at__isnull=False)
        return Tally(dict(counted), in_use.exclude(terms_digest=terms.digest).count())


def _function(actor: Actor) -> Function:
    """A step of the first sign-in until that is done."""
    is_first = actor.account.state is AccountState.INVITED
    return Function.ACTIVATION if is_first else Function.OWN_ACCOUNT
