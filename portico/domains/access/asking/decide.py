"""The answer to an access request: approved as it was asked, approved otherwise, or denied.

Whoever decides hands out within the own ceiling, never to oneself, and shows lately that it is they. What the
request does not name stays as it is in the person's access: approving never widens what was not asked about.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from portico.domains.access import models
from portico.domains.access.asking import asked, proposing, views, words
from portico.domains.access.asking.proposing import Offers
from portico.domains.access.asking.rules import Denial
from portico.domains.access.asking.views import Request, UnknownRequest
from portico.domains.access.asking.words import HoldsPatients
from portico.domains.access.delegating import acting, changing, creating
from portico.domains.access.delegating.ceiling_rules import Fault
from portico.domains.access.delegating.sets import Item
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import policy

__all__ = [
    "CannotDecide",
    "Case",
    "Denial",
    "HoldsPatients",
    "UnknownRequest",
    "adjust",
    "approve",
    "case",
    "deny",
]

State = models.AccessRequest.State
OWN, OVER, GONE, SEPARATE = "own_request", "not_open", "persona_gone", "separate_accounts"
KIND: Final = "request_approved"


@dataclass(frozen=True, slots=True)
class Case:
    """A request before whoever decides: what approving it gives, and in what that goes beyond their ceiling.

    `offers`: what they may give instead. `hindrance`: why they may not approve at all; "" where they may.
    """

    request: Request
    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    offers: Offers
    hindrance: str


class CannotDecide(PermissionError):
    """The actor finds this request, and may not decide it so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def case(*, actor: Actor, public_id: UUID) -> Case:
    """The request as whoever decides reads it. Raises UnknownRequest, NotPermitted."""
    with permit(actor, acting.function_of(actor)) as given:
        row = views.find(given, views.within_reach(given), public_id)
        if row is not None:
            items = proposing.items(given, row)
            ceiling = proposing.ceiling_of(given, row)
            return Case(
                request=views.whole(given, row),
                items=items,
                faults=tuple(fault for item in items for fault in ceiling.faults(item)),
                offers=proposing.offers(ceiling, proposing.kind_of(row)),
                hindrance=_hindrance(given, row, gives=True),
            )
    raise UnknownRequest("there is no request of this number")


def approve(*, actor: Actor, public_id: UUID, answer: str = "") -> bool:
    """Give what was asked for; True where it waits for somebody to confirm it.

    Raises UnknownRequest, CannotDecide, HoldsPatients, BeyondCeiling, CannotGrant, NotPermitted.
    """
    with _deciding(actor, public_id, answer, gives=True) as (given, row):
        return _give(given, row, proposing.items(given, row), State.APPROVED, answer)


def adjust(*, actor: Actor, public_id: UUID, items: Sequence[Item], answer: str = "") -> bool:
    """Give this instead; the rest as `approve`."""
    with _deciding(actor, public_id, answer, gives=True) as (given, row):
        return _give(given, row, proposing.narrowed(given, row, items), State.ADJUSTED, answer)


def deny(*, actor: Actor, public_id: UUID, why: Denial, answer: str = "") -> None:
    """Give nothing, and say why. Raises UnknownRequest, CannotDecide, HoldsPatients, NotPermitted."""
    with _deciding(actor, public_id, answer) as (given, row):
        row.decision = why
        given.note_subject("why", why)
        _end(given, row, State.DENIED, answer)


@contextmanager
def _deciding(
    actor: Actor, public_id: UUID, answer: str, *, gives: bool = False
) -> Iterator[tuple[Permit, models.AccessRequest]]:
    """The permit to decide, with the request held; a refusal leaves its row, and changes nothing."""
    with acting.act(actor) as given:
        rows = views.within_reach(given).select_related("persona__user", "office")
        row = rows.select_for_update(of=("self",)).filter(public_id=public_id).first()
        refusal = _refusal(given, row, answer, gives=gives)
        if row is not None and refusal is None:
            yield given, row
            return
        given.conclude(getattr(refusal, "code", "answer_holds_patients"))
    if refusal is not None:
        raise refusal


def _refusal(
    given: Permit, row: models.AccessRequest | None, answer: str, *, gives: bool
) -> Exception | None:
    if row is None:
        return UnknownRequest("there is no request of this number")
    given.note_subject("request", str(row.public_id))
    given.note_subject("user", str(row.persona.user_id))
    code = _hindrance(given, row, gives=gives)
    if code:
        return CannotDecide(code)
    try:
        words.check(answer=answer)
    except HoldsPatients as error:
        return error
    return None


def _hindrance(given: Permit, row: models.AccessRequest, *, gives: bool) -> str:
    user = row.persona.user
    if user.pk == given.actor.user_id:
        return OWN
    if row.state != State.OPEN:
        return OVER
    if not gives:
        return ""
    if row.persona.suspended_at or user.state == "disabled" or proposing.is_away(row):
        return GONE
    is_linked = policy.current().access.personas == "linked"
    return SEPARATE if row.wants_end_user and not is_linked else ""


def _give(given: Permit, row: models.AccessRequest, items: Sequence[Item], state: str, answer: str) -> bool:
    kind = creating.PERSONA_ADDED if row.wants_end_user else KIND
    holder = proposing.holder(given, row)
    written = changing.add(given, persona_id=holder, items=items, kind=kind, tells=False)
    began = models.Grant.State.PROPOSED if written.is_proposed else models.Grant.State.ACTIVE
    row.granted = [_kept(item, began) for item in items]
    _end(given, row, state, answer)
    return written.is_proposed


def _end(given: Permit, row: models.AccessRequest, state: str, answer: str) -> None:
    row.state, row.decided_at, row.decided_by = state, given.actor.asked_at, given.actor.user_id
    row.answer = words.sealed(answer, of=row.public_id, what=words.ANSWER)
    row.save()
    given.conclude(f"access_request_{state}")
    asked.tell_requester(given, row)


def _kept(item: Item, state: str) -> dict[str, object]:
    where = item.where
    dimensions = {
        "tax_ids": where.tax_ids,
        "lines": item.lines,
        "providers": where.providers,
        "regions": where.regions,
    }
    return {
        "function": item.function,
        "state": state,
        **{name: sorted(values or ()) for name, values in dimensions.items()},
    }
