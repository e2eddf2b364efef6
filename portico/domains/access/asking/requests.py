"""Asking for what is missing: made by whoever missed it, tied to where they missed it, taken back by them.

What may be asked for is what decide() refuses for want of a grant. A wish that is open already is found again
and not made twice, so a second click changes nothing.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from portico.domains.access import models
from portico.domains.access.asking import asked, rules, words
from portico.domains.access.asking.rules import Cannot, Step, Wish
from portico.domains.access.asking.words import HoldsPatients
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import FINAL, Reason
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue, opening, policy
from portico.shared.identifiers import BadIdentifier, parse_npi

__all__ = ["Cannot", "CannotAsk", "HoldsPatients", "Step", "Wish", "hindrance", "make", "missing", "withdraw"]

State = models.AccessRequest.State


class CannotAsk(ValueError):
    """This is nothing a request can bring; `why` says what stands against it."""

    def __init__(self, why: Cannot) -> None:
        super().__init__(why)
        self.why = why


def make(*, actor: Actor, wish: Wish) -> UUID:
    """Ask for it, and answer what the request is found by; the open one where it was asked before.

    Functions that are open to the persona there already are left out. Raises CannotAsk, HoldsPatients,
    NotPermitted.
    """
    with permit(actor, Function.ACCESS_REQUEST) as given:
        refusal = _refusal(given, wish)
        if refusal is None:
            row = _kept(given, wish)
            given.note_subject("request", str(row.public_id))
            return row.public_id
        given.conclude("access_not_asked")
    raise refusal


def withdraw(*, actor: Actor, public_id: UUID) -> bool:
    """Take one's own open request back; False where none of the persona is open so. Raises NotPermitted."""
    with permit(actor, Function.ACCESS_REQUEST) as given:
        open_ones = models.AccessRequest.objects.filter(
            public_id=public_id, persona_id=actor.persona_id or 0, state=State.OPEN
        )
        ended = {"state": State.WITHDRAWN, "decided_at": actor.asked_at, "decided_by": actor.user_id}
        count = open_ones.update(**ended)
        given.conclude("access_request_withdrawn" if count else "nothing_to_withdraw")
        if count:
            given.note_subject("request", str(public_id))
        return bool(count)


def wish_of(actor: Actor, question: Question) -> Wish:
    """The wish for what was asked, there; of an administrator for patient data, to be an end user too."""
    function = question.function
    is_administrator = actor.persona_kind is PersonaKind.ADMINISTRATOR
    return Wish(
        (function,),
        tax_id=question.tax_id or "",
        line=question.line or "",
        region=question.region or "",
        provider=question.provider or "",
        wants_end_user=is_administrator and TRAITS[function].phi and function in GRANTABLE,
    )


def needs_administrator(actor: Actor, function: Function) -> bool:
    """Is it what administrators alone hold, asked for by an end user?"""
    is_end_user = actor.persona_kind is PersonaKind.END_USER
    return is_end_user and function is Function.MANAGE_USERS


def missing(actor: Actor, wish: Wish) -> Mapping[Function, tuple[Reason, ...]]:
    """The functions of the wish that are closed there, each with its reasons. No query."""
    where = (wish.tax_id or None, wish.line or None, wish.provider or None, wish.region or None)
    decisions = {function: decide(actor, Question(function, *where)) for function in wish.functions}
    return {function: found.reasons for function, found in decisions.items() if not found.allowed}


def hindrance(actor: Actor, wish: Wish) -> Cannot | None:
    """What stands against asking for it, as far as the actor alone tells; None where nothing does."""
    if actor.office_id is None or actor.persona_id is None:
        return Cannot.NO_OFFICE
    kind = PersonaKind.END_USER if wish.wants_end_user else actor.persona_kind
    if not wish.functions or not all(rules.may_hold(function, kind) for function in wish.functions):
        return Cannot.NOT_HANDED_OUT
    return _unknown(actor, wish) or _unmendable(actor, wish)


def _unknown(actor: Actor, wish: Wish) -> Cannot | None:
    """A foreign tax ID and one that nobody has are answered alike: neither is the office's."""
    if wish.tax_id and wish.tax_id not in actor.standing.tax_ids:
        return Cannot.TAX_ID
    if wish.line and wish.line not in catalogue.line_names():
        return Cannot.LINE
    if wish.region and wish.region not in {region.code for region in catalogue.regions()}:
        return Cannot.REGION
    return None if not wish.provider or _is_npi(wish.provider) else Cannot.PROVIDER


def _unmendable(actor: Actor, wish: Wish) -> Cannot | None:
    reasons = missing(actor, wish)
    if not reasons:
        return Cannot.NOTHING_MISSING
    if any(FINAL.intersection(each) for each in reasons.values()):
        return Cannot.NOT_BY_GRANT
    if wish.wants_end_user:
        if actor.persona_kind is not PersonaKind.ADMINISTRATOR:
            return Cannot.NOT_HANDED_OUT
        return None if policy.current().access.personas == "linked" else Cannot.SEPARATE_ACCOUNTS
    return None if any(map(rules.can_be_mended, reasons.values())) else Cannot.NOT_BY_GRANT


def _refusal(given: Permit, wish: Wish) -> CannotAsk | HoldsPatients | None:
    actor = given.actor
    why = hindrance(actor, wish) or _too_much(actor, wish)
    if why is not None:
        return CannotAsk(why)
    try:
        words.check(note=wish.note)
    except HoldsPatients as error:
        return error
    return None


def _too_much(actor: Actor, wish: Wish) -> Cannot | None:
    """Holds the persona, so that what it asks at the same moment is counted one after the other."""
    models.Persona.objects.select_for_update().get(pk=actor.persona_id or 0)
    if wish.wants_end_user:
        own = models.Persona.objects.filter(user_id=actor.user_id or 0, office_id=actor.office_id or 0)
        if own.filter(kind=models.Persona.Kind.END_USER).exists():
            return Cannot.NOTHING_MISSING
    return _too_many(actor, rules.digest(_narrowed(actor, wish)))


def _too_many(actor: Actor, digest: str) -> Cannot | None:
    made = models.AccessRequest.objects.filter(persona_id=actor.persona_id or 0)
    open_ones = made.filter(state=State.OPEN)
    if open_ones.filter(digest=digest).exists():
        return None
    if open_ones.count() >= rules.MOST_OPEN:
        return Cannot.TOO_MANY
    lately = made.filter(made_at__gt=actor.asked_at - timedelta(days=1))
    return Cannot.TOO_OFTEN if lately.count() >= rules.MOST_A_DAY else None


def _narrowed(actor: Actor, wish: Wish) -> Wish:
    """The wish without what is open already or no grant would open, in the order of the functions."""
    reasons = missing(actor, wish)
    wanted = tuple(
        function
        for function in Function
        if function in reasons and (wish.wants_end_user or rules.can_be_mended(reasons[function]))
    )
    return Wish(wanted, wish.tax_id, wish.line, wish.region, wish.provider, wish.wants_end_user, wish.note)


def _kept(given: Permit, wish: Wish) -> models.AccessRequest:
    actor, wanted = given.actor, _narrowed(given.actor, wish)
    open_one = models.AccessRequest.objects.filter(
        persona_id=actor.persona_id or 0, digest=rules.digest(wanted), state=State.OPEN
    ).first()
    if open_one is not None:
        given.conclude("access_asked_before")
        return open_one
    row = _made(given, wanted)
    for function in wanted.functions:
        given.note_subject("function", function)
    given.conclude("access_asked")
    asked.tell(given, row, () if row.first is None else (row.first,))
    return row


def _made(given: Permit, wish: Wish) -> models.AccessRequest:
    actor, asks = given.actor, policy.current().access
    persona_id, office_id = actor.persona_id or 0, actor.office_id or 0
    present = asked.present(office_id, on=actor.today)
    maker = asked.maker_of(persona_id)
    step, first = rules.begins_with(present, requester=actor.user_id or 0, maker=maker)
    row = models.AccessRequest(
        persona_id=persona_id,
        office_id=office_id,
        functions=list(wish.functions),
        wants_end_user=wish.wants_end_user,
        line=wish.line,
        region=wish.region,
        tax_id=wish.tax_id,
        provider=wish.provider,
        reasons=_reasons(actor, wish),
        digest=rules.digest(wish),
        step=step,
        first=first,
        made_at=actor.asked_at,
        due_at=rules.due_at(opening.hours(), actor.asked_at, business_hours=asks.request_hours),
        expires_at=actor.asked_at + timedelta(days=asks.request_days),
    )
    row.note = words.sealed(wish.note, of=row.public_id, what=words.NOTE)
    row.save()
    return row


def _reasons(actor: Actor, wish: Wish) -> list[str]:
    found = {reason for reasons in missing(actor, wish).values() for reason in reasons}
    return [reason for reason in Reason if reason in found]


def _is_npi(typed: str) -> bool:
    try:
        return parse_npi(typed) == typed
    except BadIdentifier:
        return False
