"""The first use of a temporary password: by the one browser that is first, and by that one again.

Whatever is typed costs the same statements, whether there is such a user, an invitation, or neither. Who is
first is decided by one conditional UPDATE, so that of twenty at the same moment one wins.
"""

from datetime import datetime

from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from portico.domains.accounts import models
from portico.domains.accounts.joining import invitation_rules as rules
from portico.domains.accounts.joining import invitations
from portico.domains.accounts.models import Invitation
from portico.domains.permits.permit import Permit

NOBODY = 0


def take(given: Permit, user: models.User | None, typed: str, *, mark: str) -> models.User | None:
    """The user, when `typed` is the temporary password of its open invitation, for the browser of `mark`.

    None for anything else; then the invitation of that user, if one is open, counts a miss, and the tenth
    ends it. Once a password of the person's own is set, the temporary one is over.
    """
    user_id = user.pk if user and user.is_active and user.password_set_at is None else NOBODY
    at, index = given.actor.asked_at, invitations.index_of(typed, purpose=invitations.TEMPORARY_PASSWORD)
    open_ = Invitation.objects.filter(
        user_id=user_id, kind=Invitation.Kind.TEMPORARY_PASSWORD, ended_at__isnull=True
    )
    if claim(open_.filter(secret_index=index), mark=mark, at=at):
        given.note_subject("invitation", str(open_.get().pk))
        return models.User.objects.filter(pk=user_id, password_set_at__isnull=True).first()
    count_miss(open_, user_id, at=at, most=rules.MOST_MISSES)
    return None


def claim(open_: "QuerySet[Invitation]", *, mark: str, at: datetime) -> bool:
    """Take what is open for the browser of `mark`, unless its time is over or another browser was first."""
    index = invitations.mark_index(mark)
    first = open_.filter(Q(taken_at__isnull=True) | Q(taken_index=index), expires_at__gt=at)
    return bool(first.update(taken_at=Coalesce("taken_at", Value(at)), taken_index=index))


def count_miss(open_: "QuerySet[Invitation]", user_id: int, *, at: datetime, most: int) -> None:
    """Count a miss against what is open for the user; at `most` of them it ends.

    So do the sessions that took it, unless they have come as far as a password of the person's own.
    """
    last = Q(misses__gte=most - 1)
    open_.update(
        misses=F("misses") + 1,
        ended_at=Case(When(last, then=Value(at)), default=None, output_field=DateTimeField()),
        ending=Case(When(last, then=Value(Invitation.Ending.MISSES.value)), default=Value("")),
    )
    ended = Invitation.objects.filter(user_id=user_id, ended_at=at, ending=Invitation.Ending.MISSES)
    begun = models.User.objects.filter(password_set_at__isnull=True, pk__in=ended.values("user_id"))
    begun.update(session_epoch=F("session_epoch") + 1)
    models.Session.objects.filter(user__in=begun).delete()
