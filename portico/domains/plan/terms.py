"""The terms of use: the version in force, every older one, and publishing the next. Anybody may read them.

A version is never changed once it is published: what somebody agreed to can always be read again. What binds
a person to a text is its digest (accounts.terms).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import models, policy, rules
from portico.domains.plan.rules import CannotPublish

__all__ = ["CannotPublish", "Terms", "current", "of", "publish", "versions"]


@dataclass(frozen=True, slots=True)
class Terms:
    """One version: its name, its text with plain line ends, the SHA-256 of that, since when it is."""

    version: str
    text: str
    digest: str
    published_at: datetime


def current() -> Terms | None:
    """The version in force; None before the first."""
    row = models.Terms.objects.order_by("-published_at", "-pk").first()
    return None if row is None else _terms(row)


def versions() -> tuple[Terms, ...]:
    """Every version, the one in force first."""
    return tuple(map(_terms, models.Terms.objects.order_by("-published_at", "-pk")))


def of(version: str) -> Terms | None:
    """The version of that name; None where there is none."""
    row = models.Terms.objects.filter(version=version).first()
    return None if row is None else _terms(row)


def publish(*, actor: Actor, version: str, text: str) -> Terms:
    """Put a new version in force: everybody is asked to agree to it at their next request.

    Raises CannotPublish for a name or a text that will not do or was there before, and NotPermitted.
    """
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        rules.check_version(version)
        told = rules.terms_text(text)
        digest = hashlib.sha256(told.encode()).hexdigest()
        _check_new(version, digest)
        row = models.Terms.objects.create(
            version=version,
            text=told,
            digest=digest,
            published_at=actor.asked_at,
            published_by=actor.user_id,
        )
        given.note_subject("terms", version)
        given.conclude("terms_published")
        policy.forget()
        transaction.on_commit(policy.forget)  # what was asked for in between is remembered as it was before
    return _terms(row)


def _check_new(version: str, digest: str) -> None:
    if models.Terms.objects.filter(version__iexact=version).exists():
        raise CannotPublish(f"version {version} is published already; a version never changes")
    same = models.Terms.objects.filter(digest=digest).first()
    if same is not None:
        raise CannotPublish(f"this text is that of version {same.version}, to the letter")


def _terms(row: models.Terms) -> Terms:
    return Terms(row.version, row.text, row.digest, row.published_at)
