"""Confirming what was proposed, where the plan wants a second person to agree before it counts.

    proposed -> confirmed: active from then on     another administrator of the office, or the plan
             `-> declined: ended

Never whoever proposed it, nor whose access it is; and nobody confirms what they could not give. Where the
office has no other administrator, the plan's desk is asked (proposals); it may always.
"""

from collections.abc import Collection, Sequence

from portico.domains.access import models
from portico.domains.access.delegating import acting, ceiling, grants, reaching, records, writing_rules
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.ceiling_rules import Ceiling
from portico.domains.access.delegating.confirming_rules import Facts, Hindrance, MayNotConfirm, hindrance
from portico.domains.access.delegating.reaching import Hindrance as Closed
from portico.domains.access.delegating.sets import FunctionAccess
from portico.domains.access.officers import standing
from portico.domains.permits.actors import Actor, GrantState
from portico.domains.permits.permit import Permit
from portico.domains.plan import policy

__all__ = ["Hindrance", "MayNotConfirm", "confirm", "decline", "why_not"]

CONFIRMED, DECLINED = "confirmed", "declined"
BY_PLAN = "plan"


def confirm(*, actor: Actor, persona_id: int, grant_ids: Collection[int]) -> int:
    """Let these proposed grants of the persona count from now on; answers how many did wait.

    What they give whole was given by others before: those end. Raises UnknownPerson, MayNotConfirm,
    NotPermitted.
    """
    with acting.act(actor) as given:
        whose = acting.whose(given, persona_id)
        waiting = _waiting(given, whose, grant_ids)
        if not waiting:
            given.conclude("nothing_to_confirm")
            return 0
        _check(given, whose, waiting)
        before = grants.held(whose.persona, on=actor.today).running
        _count(given, waiting)
        _end_superseded(given, waiting, before)
        records.tell(given, whose.persona, CONFIRMED, before=before)
        standing.welcome(given, whose.office.id)
        return len(waiting)


def decline(*, actor: Actor, persona_id: int, grant_ids: Collection[int]) -> int:
    """End these proposed grants of the persona; answers how many did wait. Whoever proposed them may, too.

    Raises UnknownPerson, OutOfReach, BeyondCeiling, NotPermitted.
    """
    with acting.act(actor) as given:
        whose = acting.whose(given, persona_id)
        reaching.check_user(given, whose.persona.user_id)
        waiting = _waiting(given, whose, grant_ids)
        if not waiting:
            given.conclude("nothing_to_decline")
            return 0
        lent = ceiling.client_tax_ids(whose.office.id, on=actor.today)
        reaching.check_taking(given, whose, list(map(grants.read, waiting)), lent=lent)
        before = grants.held(whose.persona, on=actor.today).running
        _end(given, [row.pk for row in waiting])
        records.tell(given, whose.persona, DECLINED, before=before)
        return len(waiting)


def why_not(
    given: Permit, waiting: Sequence[models.Grant], *, closed: Closed | None, reach: Ceiling
) -> Hindrance | None:
    """What keeps the actor from confirming these; None: nothing does.

    `closed`: what keeps it from changing what that user holds, `reach`: its ceiling in that office.
    """
    facts = Facts(
        is_plan=ceiling.is_plan(given.actor),
        is_owner=closed is Closed.OWN_ACCOUNT,
        is_below=closed is Closed.DESK_ABOVE,
        is_proposer=given.actor.user_id is not None
        and given.actor.user_id in {row.proposed_by for row in waiting},
        plan_confirms=policy.current().access.confirmed_by == BY_PLAN,
        is_beyond=any(not reach.holds(grants.read(row).item) for row in waiting),
    )
    return hindrance(facts)


def _check(given: Permit, whose: Whose, waiting: Sequence[models.Grant]) -> None:
    closed, reach = reaching.of_user(given, whose.persona.user_id), ceiling.of(given, whose.office)
    found = why_not(given, waiting, closed=closed, reach=reach)
    if found is not None:
        raise MayNotConfirm(found)


def _waiting(given: Permit, whose: Whose, grant_ids: Collection[int]) -> list[models.Grant]:
    rows = grants.rows(given.actor.today).filter(persona=whose.persona, state=GrantState.PROPOSED)
    return list(rows.filter(pk__in=grant_ids).prefetch_related("limits").order_by("pk"))


def _count(given: Permit, waiting: Sequence[models.Grant]) -> None:
    models.Grant.objects.filter(pk__in=[row.pk for row in waiting]).update(
        state=GrantState.ACTIVE, confirmed_at=given.actor.asked_at, confirmed_by=given.actor.user_id
    )
    for row in waiting:
        given.note_subject("grant", str(row.pk))


def _end_superseded(
    given: Permit, confirmed: Sequence[models.Grant], before: Sequence[FunctionAccess]
) -> None:
    """End what the confirmed ones give whole."""
    numbers = {row.pk for row in confirmed}
    others = [each for each in before if each.grant_id not in numbers]
    found = (writing_rules.superseded(grants.read(row), others) for row in confirmed)
    _end(given, sorted({each.grant_id for ended in found for each in ended}))


def _end(given: Permit, grant_ids: Collection[int]) -> None:
    models.Grant.objects.filter(pk__in=grant_ids).update(
        state=GrantState.ENDED, ended_at=given.actor.asked_at, ended_by=given.actor.persona_id
    )
    for number in grant_ids:
        given.note_subject("grant", str(number))
