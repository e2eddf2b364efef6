"""Whom a provider knows, and which user that is: only the plan's desk says so, and the user is told.

A link opens exactly what the user holds, so whoever makes it looks after that account. Taking it away ends
the user's open sessions, since one of them may have been begun by whoever was linked, and what the provider
said of who they are counts no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Final

from django.db.models import F, QuerySet

from portico.domains.accounts import models, telling
from portico.domains.accounts.elsewhere import outside
from portico.domains.accounts.elsewhere.outside import Belongs
from portico.domains.accounts.proving import proof_withdrawing
from portico.domains.accounts.proving.deciders import LooksAfter
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages
from portico.shared.identifiers import parse_reference

MAIL = "sign_in_linked"
PAGE = 20
SHOWN_SIGNS: Final = 4


class CannotLink(ValueError):
    """The two cannot be linked; the text says why."""


class WrongReference(CannotLink):
    """What was typed is not the reference that this person was told."""


class UnknownIdentity(LookupError):
    """There is no such identity of an open provider, or it does not wait, or is not linked."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as a provider knows them: by which subject, and what it said of them (name, mail).

    `username` of the user they are linked to; empty while they wait. `asked_by`: the user who was signed in
    here when they came. `begins`: how the reference begins that they were told; the rest they tell the desk.
    """

    id: int
    provider: str
    subject: str
    name: str
    email: str
    asked_by: str
    begins: str
    username: str
    first_at: datetime
    last_at: datetime
    linked_at: datetime | None


def waiting(*, actor: Actor, slug: str, key: str = "", size: int = PAGE) -> pages.Page[Identity]:
    """Those of the provider who wait to be linked, the latest first."""
    return _page(actor, _of(slug).filter(user=None), "waiting_listed", key, size)


def linked(*, actor: Actor, slug: str, key: str = "", size: int = PAGE) -> pages.Page[Identity]:
    """Those of the provider who are linked to a user, the latest first."""
    return _page(actor, _of(slug).exclude(user=None), "linked_listed", key, size)


def one(*, actor: Actor, identity_id: int) -> Identity:
    """One who waits, before the form that links them. Raises UnknownIdentity, NotPermitted."""
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        row = _open().filter(pk=identity_id, user=None).first()
        if row is None:
            raise UnknownIdentity("nobody like this waits")
        _note(given, row, "waiting_shown")
        return _identity(row)


def link(
    *,
    actor: Actor,
    identity_id: int,
    username: str,
    reference: str,
    belongs: Belongs,
    looks_after: LooksAfter,
) -> Identity:
    """Say which user it is; from now on they sign in so. `reference`: what the person read to the desk.

    Name and mail are what the provider was told, perhaps by anybody: it is the reference that shows who came.
    Raises UnknownIdentity, WrongReference, CannotLink, NotPermitted.
    """
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        row = _open().filter(pk=identity_id, user=None).select_for_update(of=("self",)).first()
        if row is None:
            raise UnknownIdentity("nobody like this waits")
        _check_reference(row, reference)
        user = _user(row, username, belongs)
        if not looks_after(actor, user.pk):
            raise CannotLink("this is your own account, or one of a desk that may do more; ask a colleague")
        row.user, row.mapped_at, row.mapped_by = user, actor.asked_at, actor.persona_id
        row.save(update_fields=["user", "mapped_at", "mapped_by"])
        _note(given, row, "identity_linked")
        telling.by_mail(given, user, MAIL, kind="linked")
        return _identity(row)


def unlink(*, actor: Actor, identity_id: int) -> None:
    """Take the link away: they wait again, and the user's open sessions end.

    Raises UnknownIdentity, NotPermitted.
    """
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        linked_ones = models.OutsideIdentity.objects.select_related("provider", "user").exclude(user=None)
        row = linked_ones.filter(pk=identity_id).select_for_update(of=("self",)).first()
        if row is None or row.user is None:
            raise UnknownIdentity("nobody like this is linked")
        _note(given, row, "identity_unlinked")
        telling.by_mail(given, row.user, MAIL, kind="unlinked")
        models.User.objects.filter(pk=row.user.pk).update(session_epoch=F("session_epoch") + 1)
        proof_withdrawing.of_provider([row.user.pk], row.provider.slug)
        row.user = row.mapped_at = row.mapped_by = None
        row.save(update_fields=["user", "mapped_at", "mapped_by"])


def _check_reference(row: models.OutsideIdentity, typed: str) -> None:
    told = outside.waiting_reference(row.pk)
    if not compare_digest(told.encode(), parse_reference(typed).encode()):
        raise WrongReference("this is not the reference that this person was told")


def _user(row: models.OutsideIdentity, username: str, belongs: Belongs) -> models.User:
    user = models.User.objects.named(username)
    if user is None:
        raise CannotLink("nobody has this username")
    if not user.is_active:
        raise CannotLink("this user is disabled")
    if models.OutsideIdentity.objects.filter(provider=row.provider, user=user).exists():
        raise CannotLink("this user is linked to somebody else of this provider already")
    if row.provider.details.get("for_sign_in", True) and not belongs(user.pk, row.provider.office_id):
        whose = "the plan's staff" if row.provider.office_id is None else "this office"
        raise CannotLink(f"this user acts for others than {whose}, and this provider speaks for no others")
    return user


def _of(slug: str) -> "QuerySet[models.OutsideIdentity]":
    return models.OutsideIdentity.objects.filter(provider__slug=slug).select_related("provider", "user")


def _open() -> "QuerySet[models.OutsideIdentity]":
    return models.OutsideIdentity.objects.filter(provider__closed_at=None).select_related("provider", "user")


def _page(
    actor: Actor, found: "QuerySet[models.OutsideIdentity]", code: str, key: str, size: int
) -> pages.Page[Identity]:
    with permit(actor, Function.SIGN_IN_RULES) as given:
        given.conclude(code)
        after = found.filter(pk__lt=int(key)) if pages.is_row(key) else found
        rows = list(after.order_by("-pk")[: size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: str(row.pk))
        return pages.Page(tuple(map(_identity, cut.rows)), cut.next_key)


def _note(given: Permit, row: models.OutsideIdentity, code: str) -> None:
    given.note_subject("identity_provider", str(row.provider_id))
    given.note_subject("outside_identity", str(row.pk))
    if row.user_id is not None:
        given.note_subject("user", str(row.user_id))
    given.conclude(code)


def _identity(row: models.OutsideIdentity) -> Identity:
    told: Mapping[str, str] = row.told
    return Identity(
        id=row.pk,
        provider=row.provider.slug,
        subject=row.subject,
        name=told.get("name", ""),
        email=told.get("email", ""),
        asked_by=told.get("username", ""),
        begins=outside.waiting_reference(row.pk)[:SHOWN_SIGNS],
        username=row.user.username if row.user else "",
        first_at=row.first_at,
        last_at=row.last_at,
        linked_at=row.mapped_at,
    )
