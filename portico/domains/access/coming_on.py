"""People on their way from an account to their first task: how far each is, and whom one may follow.

The plan's desk follows everybody who works for an office, an administrator the people of the own office.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from portico.domains.access import models
from portico.domains.access.actors import verification_of
from portico.domains.accounts.joining import coming_on
from portico.domains.accounts.joining.coming_on import Newcomer
from portico.domains.audit import helping
from portico.domains.permits.functions import GRANTABLE, Function
from portico.domains.permits.permit import Permit
from portico.domains.plan import days, policy
from portico.shared import pages

CHUNK: Final = 200
PROPOSED, NOT_YET, ENDED, NONE = "proposed", "not_yet", "ended", "none"


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was given: when the first of it began to count, and whether some counts today.

    `code` says why none does: proposed, not_yet, ended, none.
    """

    since: datetime | None
    is_active: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody on the way: the account, where they work, their role; `asks_identity`: a proof is owed."""

    account: Newcomer
    office_ids: tuple[int, ...]
    office_names: tuple[str, ...]
    role: Role
    asks_identity: bool


def page(given: Permit, *, key: str = "", size: int) -> pages.Page[Coming]:
    """Those who have not done a first task, the newest first. Five queries."""
    did = helping.any_of("pk", GRANTABLE)
    found = coming_on.page(given, among=_among(given), did=did, key=key, size=size)
    return pages.Page(_coming(given, found.rows), found.next_key)


def made(given: Permit, *, since: datetime, until: datetime) -> Iterator[Coming]:
    """All whose accounts were made from `since` until before `until`, in order; five queries a chunk."""
    after, first_task = 0, helping.first_of("pk", GRANTABLE)
    while True:
        found = coming_on.made(
            given,
            among=_among(given),
            first_task=first_task,
            since=since,
            until=until,
            after=after,
            size=CHUNK,
        )
        yield from _coming(given, found)
        if len(found) < CHUNK:
            return
        after = found[-1].user_id


def _among(given: Permit) -> "QuerySet[Any, Any]":
    held = models.Persona.objects.filter(office__isnull=False, suspended_at__isnull=True)
    if given.question.function is Function.MANAGE_USERS:
        held = held.filter(office_id=given.actor.office_id or 0)
    return held.values("user_id")


def _coming(given: Permit, found: Sequence[Newcomer]) -> tuple[Coming, ...]:
    held = _personas(given, [each.user_id for each in found])
    grants = _grants([persona.pk for personas in held.values() for persona in personas])
    return tuple(_one(given, each, held[each.user_id], grants) for each in found)


def _personas(given: Permit, user_ids: Collection[int]) -> Mapping[int, list[models.Persona]]:
    rows = models.Persona.objects.filter(
        user__in=user_ids, office__isnull=False, suspended_at__isnull=True
    ).select_related("user", "office")
    if given.question.function is Function.MANAGE_USERS:
        rows = rows.filter(office_id=given.actor.office_id or 0)
    held: dict[int, list[models.Persona]] = defaultdict(list)
    for persona in rows.order_by("pk"):
        held[persona.user_id].append(persona)
    return held


def _grants(persona_ids: Collection[int]) -> Mapping[int, list[models.Grant]]:
    held: dict[int, list[models.Grant]] = defaultdict(list)
    for grant in models.Grant.objects.filter(persona__in=persona_ids).order_by("pk"):
        held[grant.persona_id or 0].append(grant)
    return held


def _one(
    given: Permit,
    account: Newcomer,
    personas: Sequence[models.Persona],
    grants: Mapping[int, list[models.Grant]],
) -> Coming:
    of_all = [grant for persona in personas for grant in grants.get(persona.pk, ())]
    offices = {persona.office_id: persona.office.name for persona in personas if persona.office}
    return Coming(
        account=account,
        office_ids=tuple(number for number in offices if number),
        office_names=tuple(offices.values()),
        role=_role(of_all, given.actor.today),
        asks_identity=any(_asks(given, persona, grants.get(persona.pk, ())) for persona in personas),
    )


def _asks(given: Permit, persona: models.Persona, grants: Sequence[models.Grant]) -> bool:
    """Is a proof of identity owed before something this persona may do today?"""
    verification = verification_of(persona, policy.current().rules)
    running = {Function(each.function) for each in grants if _runs(each, given.actor.today)}
    return any(verification.asked(function, given.actor.asked_at) for function in running)


def _role(grants: Sequence[models.Grant], today: date) -> Role:
    since = min((_begins(each) for each in grants if _counted(each)), default=None)
    if any(_runs(each, today) for each in grants):
        return Role(since, is_active=True)
    if any(each.state == models.Grant.State.PROPOSED for each in grants):
        return Role(None, is_active=False, code=PROPOSED)
    if any(each.state == models.Grant.State.ACTIVE and each.first_on > today for each in grants):
        return Role(None, is_active=False, code=NOT_YET)
    return Role(since, is_active=False, code=ENDED if since else NONE)


def _counted(grant: models.Grant) -> bool:
    """Did it ever count? A proposal that nobody confirmed never did."""
    was_confirmed = grant.proposed_by is None or grant.confirmed_at is not None
    return grant.state != models.Grant.State.PROPOSED and was_confirmed


def _runs(grant: models.Grant, today: date) -> bool:
    is_over = grant.last_on is not None and grant.last_on < today
    return grant.state == models.Grant.State.ACTIVE and grant.first_on <= today and not is_over


def _begins(grant: models.Grant) -> datetime:
    """From when it counted: when it was given or confirmed, but not before its first day began."""
    given_at = grant.confirmed_at or grant.granted_at
    return max(given_at, days.begins(grant.first_on))
