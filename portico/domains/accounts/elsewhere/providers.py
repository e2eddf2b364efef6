"""Providers of identity: the plan's desk adds, changes and closes them; the sign-in page names the open ones.

A provider belongs to the plan's staff or to one office. Whom it knows is written in `linking`; what comes of
its word, in `outside`. Its client secret is sealed. Whoever it is stays as it was added: an issuer that moved
is a provider of its own, since its names of people mean other people.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.elsewhere import provider_details
from portico.domains.accounts.elsewhere.provider_details import BadProvider, Details, NewProvider
from portico.domains.accounts.proving import proof_withdrawing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = ["BadProvider", "Details", "NewProvider", "Provider", "UnknownProvider"]

_KEPT_NAMES = ("name", "vouches_for_factor", "proves_identity")


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as it stands; without `office_id` it is for the plan's staff."""

    id: int
    slug: str
    name: str
    kind: str
    office_id: int | None
    details: Details
    has_secret: bool
    vouches_for_factor: bool
    proves_identity: bool
    made_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """A provider in a list: how many it knows that wait, and how many are linked."""

    provider: Provider
    waiting: int
    linked: int


class UnknownProvider(LookupError):
    """There is no such provider."""


def add(*, actor: Actor, new: NewProvider) -> Provider:
    """Trust one provider more. Raises BadProvider, NotPermitted."""
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        checked = provider_details.checked(new)
        if models.IdentityProvider.objects.filter(slug=checked.slug).exists():
            raise BadProvider(f"there is a provider {checked.slug} already, open or closed")
        row = models.IdentityProvider.objects.create(
            slug=checked.slug,
            name=checked.name,
            kind=checked.kind,
            office_id=checked.office_id,
            details=checked.details.as_row(),
            vouches_for_factor=checked.vouches_for_factor,
            proves_identity=checked.proves_identity,
            made_at=actor.asked_at,
            made_by=actor.persona_id,
        )
        _keep_secret(row, checked.secret)
        _note(given, row, "identity_provider_added")
        return _provider(row)


def change(*, actor: Actor, changed: NewProvider) -> Provider:
    """Write down what changed of the open provider of that key; an empty secret leaves the one it has.

    Raises UnknownProvider, BadProvider (another kind, office or issuer among it), NotPermitted.
    """
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        row = _held(changed.slug)
        checked = provider_details.checked(changed)
        before = _provider(row)
        if (checked.kind, checked.office_id) != (before.kind, before.office_id):
            raise BadProvider("a provider stays what it is, and whose; add another one")
        if checked.details.issuer != before.details.issuer:
            raise BadProvider("a provider keeps its issuer: people of another one are others; add it anew")
        for name in _KEPT_NAMES:
            setattr(row, name, getattr(checked, name))
        row.details = checked.details.as_row()
        row.save(update_fields=[*_KEPT_NAMES, "details"])
        _keep_secret(row, checked.secret)
        _note(given, row, "identity_provider_changed")
        return _provider(row)


def close(*, actor: Actor, slug: str) -> None:
    """Trust the provider no more, for good: open sessions of those it is linked to end.

    Nor does it count any more where its word was the last that proved who somebody is.
    Raises UnknownProvider, also for a closed one; NotPermitted.
    """
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        row = _held(slug)
        row.closed_at = actor.asked_at
        row.save(update_fields=["closed_at"])
        known = models.User.objects.filter(outside_identities__provider=row).values("pk")
        models.User.objects.filter(pk__in=known).update(session_epoch=F("session_epoch") + 1)
        proof_withdrawing.of_provider(proof_withdrawing.proven_by(row.slug), row.slug)
        _note(given, row, "identity_provider_closed")


def listed(*, actor: Actor) -> tuple[Row, ...]:
    """Every provider, the open ones first, by name."""
    with permit(actor, Function.SIGN_IN_RULES) as given:
        given.conclude("identity_providers_listed")
        known = _counted().order_by(F("closed_at").asc(nulls_first=True), "name", "pk")
        return tuple(map(_row, known))


def one(*, actor: Actor, slug: str, lately: bool = False) -> Row:
    """The provider, open or closed; `lately` before a form that changes it. Raises UnknownProvider."""
    with permit(actor, Function.SIGN_IN_RULES, lately=lately) as given:
        row = _counted().filter(slug=slug).first()
        if row is None:
            raise UnknownProvider(f"there is no provider {slug}")
        _note(given, row, "identity_provider_shown")
        return _row(row)


def prepare(*, actor: Actor) -> None:
    """Nothing but the question whether the actor may add a provider now. Raises NotPermitted."""
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        given.conclude("identity_provider_prepared")


def offered() -> tuple[Provider, ...]:
    """The open providers that people sign in with, by name: what the sign-in page shows."""
    found = map(_provider, _open().order_by("name", "pk"))
    return tuple(each for each in found if each.details.for_sign_in)


def proving() -> tuple[Provider, ...]:
    """The open providers whose word proves an identity, by name."""
    return tuple(map(_provider, _open().filter(proves_identity=True).order_by("name", "pk")))


def opened(slug: str) -> Provider | None:
    """The provider of that key, while it is open."""
    row = _open().filter(slug=slug).first()
    return None if row is None else _provider(row)


def secret(provider_id: int) -> str:
    """What the portal signs in with at the provider; empty where it has none."""
    kept = models.IdentityProvider.objects.values_list("secret_sealed", flat=True).get(pk=provider_id)
    opened: str = settings.PORTICO_VAULT.open(bytes(kept), place=_place(provider_id)) if kept else ""
    return opened


def _open() -> QuerySet[models.IdentityProvider]:
    return models.IdentityProvider.objects.filter(closed_at__isnull=True)


def _held(slug: str) -> models.IdentityProvider:
    """The open provider; nobody changes it meanwhile."""
    row = _open().select_for_update().filter(slug=slug).first()
    if row is None:
        raise UnknownProvider(f"there is no open provider {slug}")
    return row


def _counted() -> QuerySet[models.IdentityProvider]:
    linked = Q(identities__user__isnull=False)
    return models.IdentityProvider.objects.annotate(
        waiting=Count("identities", filter=Q(identities__pk__isnull=False) & ~linked),
        linked=Count("identities", filter=linked),
    )


def _keep_secret(row: models.IdentityProvider, typed: str) -> None:
    if typed:
        row.secret_sealed = settings.PORTICO_VAULT.seal(typed, place=_place(row.pk))
        row.save(update_fields=["secret_sealed"])


def _place(provider_id: int) -> str:
    return f"accounts.identityprovider.secret:{provider_id}"


def _note(given: Permit, row: models.IdentityProvider, code: str) -> None:
    given.note_subject("identity_provider", str(row.pk))
    given.conclude(code)


def _row(row: models.IdentityProvider) -> Row:
    return Row(_provider(row), row.waiting, row.linked)  # type: ignore[attr-defined]  # both annotated


def _provider(row: models.IdentityProvider) -> Provider:
    return Provider(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        office_id=row.office_id,
        details=Details.of_row(row.details),
        has_secret=row.secret_sealed is not None,
        vouches_for_factor=row.vouches_for_factor,
        proves_identity=row.proves_identity,
        made_at=row.made_at,
        closed_at=row.closed_at,
    )
