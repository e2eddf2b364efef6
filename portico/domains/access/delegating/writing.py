"""Writing what somebody holds: grants end, grants begin or wait, one row of history, one notice.

Within a permit (acting.act), with the persona's row held. What is given lies within the giver's ceiling, and
so does what is taken away: whoever could not give it does not take it either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portico.domains.access import granting, models
from portico.domains.access.delegating import ceiling, checks, reaching, records
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.sets import FunctionAccess, Held, Item
from portico.domains.access.delegating.writing_rules import Steps, to_add, to_hold
from portico.domains.access.granting import NewGrant
from portico.domains.access.officers import standing
from portico.domains.access.officers.standing import Cause
from portico.domains.offices.offices import Office
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.plan import policy


@dataclass(frozen=True, slots=True)
class Written:
    """What was given and taken; `grants` the numbers of the new ones. `is_proposed`: some of it waits."""

    given: tuple[Item, ...] = ()
    taken: tuple[Item, ...] = ()
    grants: tuple[int, ...] = ()
    is_proposed: bool = False


def hold(given: Permit, whose: Whose, held: Held, wanted: Sequence[Item], *, kind: str) -> Written:
    """Let the main set be these items. Raises CannotGive, BeyondCeiling, LastAdministrator."""
    at_once = begins_at_once(given)
    return _write(given, whose, held, to_hold(held, wanted, on=given.actor.today, at_once=at_once), kind)


def add(
    given: Permit, whose: Whose, held: Held, added: Sequence[Item], *, kind: str, tells: bool = True
) -> Written:
    """Give these items beside what is held; not `tells`: the person is told otherwise.

    Raises CannotGive, BeyondCeiling.
    """
    steps = to_add(held, added, on=given.actor.today, at_once=begins_at_once(given))
    return _write(given, whose, held, steps, kind, tells=tells)


def end(given: Permit, whose: Whose, held: Held, ended: Sequence[FunctionAccess], *, kind: str) -> Written:
    """End these grants. Raises BeyondCeiling, LastAdministrator."""
    return _write(given, whose, held, Steps(end=tuple(ended)), kind)


def begins_at_once(given: Permit) -> bool:
    """Does what the actor gives count without anybody's confirming it? What the plan gives always does."""
    return ceiling.is_plan(given.actor) or not policy.current().access.confirmed_by


def _write(
    given: Permit, whose: Whose, held: Held, steps: Steps, kind: str, *, tells: bool = True
) -> Written:
    if steps.is_nothing:
        given.conclude("access_unchanged")
        return Written()
    lent = ceiling.client_tax_ids(whose.office.id, on=given.actor.today)
    _check(given, whose, steps, lent)
    _end(given, whose, steps)
    numbers = [_give(given, whose, item, GrantState.ACTIVE, lent) for item in steps.begin]
    numbers += [_give(given, whose, item, GrantState.PROPOSED, lent) for item in steps.propose]
    records.tell(given, whose.persona, kind, before=held.running, tells=tells)
    _settle(given, whose, steps)
    taken = tuple(each.item for each in steps.end)
    return Written((*steps.begin, *steps.propose), taken, tuple(numbers), bool(steps.propose))


def _settle(given: Permit, whose: Whose, steps: Steps) -> None:
    """See to it that the office has an administrator, after one of them came or may have gone."""
    if _loses_managing(steps):
        standing.settle(given, whose.office.id, cause=Cause.GRANT_ENDED)
    elif Function.MANAGE_USERS in {item.function for item in steps.begin}:
        standing.welcome(given, whose.office.id)


def _loses_managing(steps: Steps) -> bool:
    ended = {each.function for each in steps.end if each.state is GrantState.ACTIVE}
    return Function.MANAGE_USERS in ended - {item.function for item in steps.begin}


def check(
    given: Permit, office: Office, kind: PersonaKind, items: Sequence[Item], lent: frozenset[str]
) -> None:
    """The actor may give all of it to such a persona of the office. Raises CannotGive, BeyondCeiling."""
    checks.check(items, kind, tax_ids=lent.union(office.tax_ids), on=given.actor.today)
    ceiling.check(ceiling.of(given, office), items)


def _check(given: Permit, whose: Whose, steps: Steps, lent: frozenset[str]) -> None:
    check(given, whose.office, whose.kind, (*steps.begin, *steps.propose), lent)
    reaching.check_taking(given, whose, steps.end, lent=lent)
    refusal = standing.hindrance(given, whose.persona.pk) if _loses_managing(steps) else None
    if refusal is not None:
        raise refusal


def _end(given: Permit, whose: Whose, steps: Steps) -> None:
    ended = models.Grant.objects.filter(persona=whose.persona, pk__in=[each.grant_id for each in steps.end])
    actor = given.actor
    ended.exclude(state=GrantState.ENDED).update(
        state=GrantState.ENDED, ended_at=actor.asked_at, ended_by=actor.persona_id
    )
    for each in steps.end:
        given.note_subject("grant", str(each.grant_id))


def _give(given: Permit, whose: Whose, item: Item, state: GrantState, lent: frozenset[str]) -> int:
    new = NewGrant(
        item.function,
        tuple(sorted(item.where.tax_ids)),
        first_on=given.actor.today,
        last_on=item.where.last_on,
        lines=tuple(sorted(item.lines or ())),
        regions=tuple(sorted(item.where.regions or ())),
        providers=tuple(sorted(item.where.providers or ())),
        state=state,
        hands_out=tuple(sorted(item.hands_out or ())),
    )
    number = granting.give(given, whose.persona, whose.office, new, lent=lent)
    given.note_subject("grant", str(number))
    return number
