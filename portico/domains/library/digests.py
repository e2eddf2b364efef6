"""The digest: a mail, daily or weekly, that says how much is new of what somebody follows.

It goes out in the plan's morning and counts what was published since the one before; where nothing was, no
mail goes out. Which documents they are, and what about, stands in the library and not in the mail.
"""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from portico.domains.accounts import finding
from portico.domains.library import following, models
from portico.domains.library.models import Subscription
from portico.domains.library.topics import Tree
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days

MAIL: Final = "library_news"
FROM_HOUR: Final = 6
PEOPLE: Final = 50
WEEK: Final = timedelta(days=6)


def send(*, actor: Actor) -> bool:
    """Tell a chunk of people of what is new; True while more may be waiting. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        users = _waiting(actor)
        addresses = finding.addresses(given, users)
        tree = Tree(models.Topic.objects.all())
        sent = sum(_tell(actor, user_id, addresses.get(user_id, ""), tree) for user_id in users)
        given.conclude("digests_sent" if sent else "no_digest_to_send")
    return len(users) >= PEOPLE


def is_due(*, actor: Actor) -> bool:
    """Is anybody's digest due?"""
    return bool(_waiting(actor))


def _waiting(actor: Actor) -> list[int]:
    """Whose digest is due, by number, the longest-waiting first; nobody's in the small hours."""
    if days.local(actor.asked_at).hour < FROM_HOUR:
        return []
    users = _due(actor).order_by("user_id").values_list("user_id", flat=True).distinct()
    return list(users[:PEOPLE])


def _due(actor: Actor) -> "QuerySet[Subscription]":
    """What was told of last before today, or where it is weekly before the last six days."""
    today, week = days.begins(actor.today), days.begins(actor.today - WEEK)
    daily = Q(cadence=Subscription.Cadence.DAILY, since__lt=today)
    weekly = Q(cadence=Subscription.Cadence.WEEKLY, since__lt=week)
    return Subscription.objects.annotate(since=Coalesce(F("told_at"), F("made_at"))).filter(daily | weekly)


def _tell(actor: Actor, user_id: int, address: str, tree: Tree) -> bool:
    """One mail for all that is due to somebody; none where nothing is new, or nobody can be reached."""
    due = list(_due(actor).filter(user_id=user_id))
    new = {number for row in due for number in _new(row, actor.asked_at, tree)}
    Subscription.objects.filter(pk__in=[row.pk for row in due]).update(told_at=actor.asked_at)
    if not new or not address:
        return False
    daily = all(row.cadence == Subscription.Cadence.DAILY for row in due)
    try:
        outbox.enqueue(
            to=address, template=MAIL, context={"count": len(new), "kind": "daily" if daily else "weekly"}
        )
    except ValidationError:
        return False
    return True


def _new(row: Subscription, at: datetime, tree: Tree) -> set[int]:
    since = row.told_at or row.made_at
    return set(following.matching([row], tree, since=since, until=at).values_list("document", flat=True))
