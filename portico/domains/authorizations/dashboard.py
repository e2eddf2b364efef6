"""The office's own desk for requests, by tax ID: what waits on whom, what is due today, who follows it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from portico.domains.access import coworkers
from portico.domains.authorizations import finding, models, reach
from portico.domains.authorizations.facts.requested import Role
from portico.domains.authorizations.facts.shown import OPEN, Listed, State
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days
from portico.shared import pages

PAGE: Final = 25
LATELY: Final = timedelta(days=14)
ACTING: Final = frozenset({Role.REQUESTING, Role.SERVICING, Role.FACILITY})
"""Who answers what the plan asks; the office of the PCP reads along."""
ME, NOBODY = "me", "nobody"


class Shelf(StrEnum):
    """A list of the desk."""

    DUE_TODAY = "due_today"
    WAITING_ON_US = "waiting_on_us"
    WAITING_ON_PLAN = "waiting_on_plan"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One list of the desk, with how many stand in each of them; `next_key` None on the last page.

    `people` are those whose own list may be asked for, by number and name; `drafts` how many are being
    written for the tax ID.
    """

    counts: Mapping[Shelf, int]
    rows: tuple[Listed, ...]
    next_key: str | None
    people: tuple[tuple[int, str], ...]
    drafts: int
    reference: str


def of(*, actor: Actor, tax_id: str, shelf: Shelf, whose: str = "", after: str = "") -> Dashboard:
    """A list of the desk of one tax ID, the soonest due first; of the answered, the latest first.

    `whose` narrows it to those assigned to ME, to NOBODY, or to the colleague with that number. A constant
    number of queries. Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_INQUIRY, tax_id=tax_id) as given:
        people = coworkers.using(given, Function.AUTHORIZATION_INQUIRY)
        wanted = _all(given, tax_id).filter(_of(given, whose, {each.persona_id for each in people}))
        counts = _counts(given, wanted)
        found = _ordered(wanted.filter(_on(given)[shelf]), shelf, after)
        page = pages.cut(list(found[: PAGE + 1]), size=PAGE, key_of=lambda row: str(row.public_id))
        told = finding.shown(given, page.rows)
        return Dashboard(
            counts,
            told,
            page.next_key,
            tuple((each.persona_id, each.name) for each in people),
            _drafts(given, tax_id),
            given.reference,
        )


def _all(given: Permit, tax_id: str) -> "QuerySet[models.Authorization]":
    """Those not decided and those decided lately, with when the next thing of them is due."""
    lately = given.actor.asked_at - LATELY
    asked = models.InformationRequest.objects.filter(
        authorization=OuterRef("pk"), state=models.InformationRequest.State.OPEN
    )
    soonest = Subquery(asked.order_by("due_at").values("due_at")[:1], output_field=DateTimeField())
    found = reach.reached_under(given, tax_id).filter(Q(state__in=sorted(OPEN)) | Q(decided_at__gte=lately))
    return found.annotate(
        next_at=Coalesce(soonest, F("due_at"), F("received_at"), output_field=DateTimeField()),
        is_ours=reach.stands_as(given, tax_id, ACTING),
    )


def _on(given: Permit) -> Mapping[Shelf, Q]:
    """What stands on each list."""
    tomorrow = days.begins(given.actor.today + timedelta(days=1))
    ours = Q(state=State.PENDED, is_ours=True)
    return {
        Shelf.DUE_TODAY: (ours | Q(state=State.IN_REVIEW, due_at__isnull=False)) & Q(next_at__lt=tomorrow),
        Shelf.WAITING_ON_US: ours,
        Shelf.WAITING_ON_PLAN: Q(state=State.IN_REVIEW),
        Shelf.ANSWERED: ~Q(state__in=sorted(OPEN)) & Q(decided_at__isnull=False),
    }


def _counts(given: Permit, wanted: "QuerySet[models.Authorization]") -> Mapping[Shelf, int]:
    counted = wanted.aggregate(**{str(shelf): Count("pk", filter=on) for shelf, on in _on(given).items()})
    return {shelf: counted[str(shelf)] for shelf in Shelf}


def _ordered(
    found: "QuerySet[models.Authorization]", shelf: Shelf, after: str
) -> "QuerySet[models.Authorization]":
    """In their order, from behind the request of the page before; a key that is none begins anew."""
    field, is_back = ("decided_at", True) if shelf is Shelf.ANSWERED else ("next_at", False)
    last = found.filter(public_id=key).first() if (key := _number(after)) else None
    if last is not None:
        at, way = getattr(last, field), "lt" if is_back else "gt"
        found = found.filter(Q(**{f"{field}__{way}": at}) | Q(**{field: at, f"pk__{way}": last.pk}))
    return found.order_by(f"-{field}", "-pk") if is_back else found.order_by(field, "pk")


def _of(given: Permit, whose: str, people: Collection[int]) -> Q:
    """Those assigned to somebody; what somebody had who left is nobody's."""
    if not whose:
        return Q()
    held = models.Assignment.objects.filter(
        authorization=OuterRef("pk"), office_id=given.actor.office_id or 0, persona_id__in=people
    )
    if whose == NOBODY:
        return ~Q(Exists(held))
    number = given.actor.persona_id if whose == ME else int(whose) if pages.is_row(whose) else 0
    return Q(Exists(held.filter(persona_id=number)))


def _drafts(given: Permit, tax_id: str) -> int:
    """How many requests of the own office are being written for the tax ID."""
    open_ones = models.Draft.objects.filter(state=models.Draft.State.OPEN, tax_id=tax_id)
    return open_ones.filter(office_id=given.actor.office_id or 0).count()


def _number(key: str) -> UUID | None:
    """The id a key stands for; anybody may write anything into an address."""
    try:
        return UUID(key)
    except ValueError:
        return None
