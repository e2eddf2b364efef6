"""What a fixer's step changes, as a pure picture: the actor as it would be after the step.

Nothing is written here. The diagnosis uses it to promise only what is true ("do this and it opens"),
and a property test holds the promise: the fixers, one after another, open the same question.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from portico.domains.permits.actors import (
    AccountState,
    Actor,
    ActorKind,
    Grant,
    GrantState,
    Held,
    PersonaKind,
)
from portico.domains.permits.functions import DESK_FUNCTIONS, TRAITS, Desk, Holding
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Remedy
from portico.domains.permits.rules import nearest
from portico.domains.permits.verification import NOTHING_ASKED
from portico.shared.periods import Period

Step = Callable[[Actor, Question], Actor]


def after(remedy: Remedy, actor: Actor, question: Question) -> Actor:
    """The actor as it would be once `remedy` was done for `question`."""
    return _STEPS[remedy](actor, question)


def _granted(actor: Actor, question: Question) -> Actor:
    match TRAITS[question.function].holding:
        case Holding.GRANT:
            return _with_grant(actor, question)
        case Holding.DESK:
            return replace(actor, desk=_desk_of(question))
        case Holding.SYSTEM:
            return replace(actor, kind=ActorKind.SYSTEM)
        case _:
            return actor


def _desk_of(question: Question) -> Desk:
    return next(desk for desk, functions in DESK_FUNCTIONS.items() if question.function in functions)


def _with_grant(actor: Actor, question: Question) -> Actor:
    tax_ids = frozenset((question.tax_id,)) if question.tax_id else actor.standing.tax_ids
    grant = Grant(0, question.function, tax_ids, Period(actor.today))
    return replace(actor, held=Held((*actor.held.all, grant)))


def _as_end_user(actor: Actor, question: Question) -> Actor:
    switched = replace(actor, persona_kind=PersonaKind.END_USER, held=Held())
    return _granted(switched, question)


def _signed_in(actor: Actor, question: Question) -> Actor:
    return _as_end_user(replace(actor, kind=ActorKind.PERSONA), question)


def _account(**changes: object) -> Step:
    def step(actor: Actor, question: Question) -> Actor:
        del question
        return replace(actor, account=replace(actor.account, **changes))  # type: ignore[arg-type]

    return step


def _grant(change: Callable[[Grant, Actor, Question], Grant]) -> Step:
    def step(actor: Actor, question: Question) -> Actor:
        old = nearest(actor, question)
        if old is None:
            return actor
        held = (change(grant, actor, question) if grant is old else grant for grant in actor.held.all)
        return replace(actor, held=Held(held))

    return step


def _renew(grant: Grant, actor: Actor, question: Question) -> Grant:
    del question
    first = min(grant.period.first, actor.today)
    return replace(grant, state=GrantState.ACTIVE, period=Period(first, actor.today + timedelta(days=365)))


def _start(grant: Grant, actor: Actor, question: Question) -> Grant:
    del question
    return replace(grant, period=Period(actor.today, grant.period.last))


def _confirm(grant: Grant, actor: Actor, question: Question) -> Grant:
    del actor, question
    return replace(grant, state=GrantState.ACTIVE)


def _with(held: frozenset[str] | None, asked: str | None) -> frozenset[str] | None:
    return held if held is None or asked is None else held | {asked}


def _affiliated(actor: Actor, question: Question) -> Actor:
    ended = actor.standing.ended_affiliations - {(question.tax_id or "", question.provider or "")}
    return replace(actor, standing=replace(actor.standing, ended_affiliations=ended))


def _client_again(actor: Actor, question: Question) -> Actor:
    """The client's tax ID is reached again, by the grant that reached it before."""
    tax_id = question.tax_id or ""
    standing = replace(
        actor.standing,
        former_clients=actor.standing.former_clients - {tax_id},
        tax_ids=actor.standing.tax_ids | {tax_id},
        participating=actor.standing.participating | {tax_id},
    )
    regained = _grant(lambda g, a, q: replace(g, tax_ids=g.tax_ids | {tax_id}))
    return regained(replace(actor, standing=standing), question)


def _on_that_side(actor: Actor, question: Question) -> Actor:
    """The side that the tax ID is of, where the grant reaches it; what its client gave is told there."""
    tax_id = question.tax_id or ""
    standing = replace(
        actor.standing,
        other_sides=actor.standing.other_sides - {tax_id},
        lent=tuple(each for each in actor.standing.lent if each.tax_id != tax_id),
    )
    return _client_again(replace(actor, standing=standing), question)


def _client_gives(actor: Actor, question: Question) -> Actor:
    """The client gave this too, or every client of the side where none is named; the grant reaches it."""
    tax_id, line = question.tax_id or "", question.line
    lent = tuple(
        replace(each, functions=each.functions | {question.function}, lines=_with(each.lines, line))
        if tax_id in ("", each.tax_id)
        else each
        for each in actor.standing.lent
    )
    given = replace(actor, standing=replace(actor.standing, lent=lent))
    return _grant(lambda g, a, q: replace(g, tax_ids=g.tax_ids | {tax_id}, lines=_with(g.lines, line)))(
        given, question
    )


def _reviewed(actor: Actor, question: Question) -> Actor:
    """The own office's review, and those of the clients of this side, are finished."""
    del question
    lent = tuple(replace(each, is_late=False) for each in actor.standing.lent)
    return replace(actor, standing=replace(actor.standing, review_overdue=False, lent=lent))


_STEPS: Mapping[Remedy, Step] = {
    Remedy.SIGN_IN: _signed_in,
    Remedy.USE_YOUR_OWN_SITE: _account(audience="provider"),
    Remedy.WAIT_FOR_APPROVAL: _account(state=AccountState.ACTIVE),
    Remedy.ACTIVATE: _account(state=AccountState.ACTIVE),
    Remedy.UNLOCK: _account(state=AccountState.ACTIVE),
    Remedy.REACTIVATE: _account(state=AccountState.ACTIVE),
    Remedy.ACCEPT_TERMS: _account(terms_accepted=True),
    Remedy.VERIFY_IDENTITY: _account(verification=NOTHING_ASKED),
    Remedy.PASS_SECOND_FACTOR: _account(second_factor=True),
    Remedy.CONFIRM_IT_IS_YOU: _account(proven_lately=True),
    Remedy.ASK_FOR_SCOPE: _account(in_scope=True),
    Remedy.USE_END_USER_PERSONA: _as_end_user,
    Remedy.GRANT_FUNCTION: _granted,
    Remedy.CONFIRM_GRANT: _grant(_confirm),
    Remedy.START_GRANT: _grant(_start),
    Remedy.RENEW_GRANT: _grant(_renew),
    Remedy.ADD_TAX_ID: _grant(lambda g, a, q: replace(g, tax_ids=g.tax_ids | {q.tax_id or ""})),
    Remedy.ADD_PROVIDER: _grant(lambda g, a, q: replace(g, providers=_with(g.providers, q.provider))),
    Remedy.ADD_LINE: _grant(lambda g, a, q: replace(g, lines=_with(g.lines, q.line))),
    Remedy.ADD_REGION: _grant(lambda g, a, q: replace(g, regions=_with(g.regions, q.region))),
    Remedy.REPORT_AFFILIATION: _affiliated,
    Remedy.RENEW_CLIENT_ACCESS: _client_again,
    Remedy.WIDEN_CLIENT_ACCESS: _client_gives,
    Remedy.SWITCH_SIDE: _on_that_side,
    Remedy.FINISH_ACCESS_REVIEW: _reviewed,
}
