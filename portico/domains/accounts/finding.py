"""Finding accounts for those who look after them. Whose they may find is `access`' business."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.accounts import models, standings
from portico.domains.accounts.joining.provisioning_rules import Standing
from portico.domains.permits.permit import Permit
from portico.shared import pages

PAGE = 20


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom to list: `text` is part of a username or name, or a whole mail address; `standing` narrows it.

    A lock cannot be looked for: failed sign-ins are kept without the name.
    """

    text: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Who somebody is, in a list of something else."""

    username: str
    name: str


def named(given: Permit, user_ids: Collection[int]) -> Mapping[int, Named]:
    """The users of these numbers, for whoever may know whose something is. One query."""
    del given
    rows = models.User.objects.filter(pk__in=user_ids)
    found = rows.values_list("pk", "username", "first_name", "last_name")
    return {number: Named(username, f"{first} {last}".strip()) for number, username, first, last in found}


def addresses(given: Permit, user_ids: Collection[int]) -> Mapping[int, str]:
    """The mail addresses of those of these users who can sign in, for a mail they asked for. One query."""
    del given
    rows = models.User.objects.filter(pk__in=user_ids, state="active", activated_at__isnull=False)
    return dict(rows.exclude(email="").values_list("pk", "email"))


def page(
    given: Permit, *, sought: Sought, among: "QuerySet[Any, Any] | None", key: str = "", size: int = PAGE
) -> pages.Page[standings.Row]:
    """The accounts, the newest first; of those whose numbers are `among` where that is given."""
    at = given.actor.asked_at
    found = models.User.objects.filter(_like(sought.text), _standing(sought.standing, at))
    found = found if among is None else found.filter(pk__in=among)
    found = found.filter(pk__lt=int(key)) if pages.is_row(key) else found
    cut = pages.cut(list(found.order_by("-pk")[: size + 1]), size=size, key_of=lambda user: str(user.pk))
    return pages.Page(standings.rows(cut.rows, at), cut.next_key)


def exists(user_id: int) -> bool:
    """Is there a user of that number?"""
    return models.User.objects.filter(pk=user_id).exists()


def number_of(username: str) -> int | None:
    """The number of the user of that name, whatever the case; None where there is none."""
    user = models.User.objects.named(username)
    return None if user is None else user.pk


def _like(text: str) -> Q:
    """Each word is part of the username or of the name, or is the whole mail address."""
    wanted = Q()
    for word in text.split():
        named = Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
        wanted &= named | Q(email__iexact=word)
    return wanted


def _standing(asked: str, at: datetime) -> Q:
    """Those who stand so at `at`; everybody for none, nobody for what cannot be looked for."""
    if not asked:
        return Q()
    if asked == Standing.DISABLED:
        return Q(state=models.User.State.DISABLED)
    if asked in (Standing.INVITED, Standing.INVITATION_OVER):
        is_open = models.Invitation.objects.filter(user=OuterRef("pk"), ended_at=None, expires_at__gt=at)
        wanted = Exists(is_open) if asked == Standing.INVITED else ~Exists(is_open)
        return Q(wanted, activated_at=None) & ~Q(state=models.User.State.DISABLED)
    return Q(state=asked, activated_at__isnull=False)
