"""decide(): may this actor do this, here, now? If not: every reason, and who can change each.

Pure. The same function serves the permit, the menu, the diagnosis and access requests. Tests run in
the order of `Test`; a refusal lists all the reasons that stand in the way, first the one to mend first.
"""

from collections.abc import Sequence

from portico.domains.permits.actors import (
    Account,
    AccountState,
    Actor,
    ActorKind,
    Grant,
    GrantState,
    PersonaKind,
)
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import DESK_FUNCTIONS, TRAITS, Function, Holding, Traits
from portico.domains.permits.questions import EVERYWHERE, Question, Reach, Scope
from portico.domains.permits.reasons import Reason

_ACCOUNT_REASONS = {
    AccountState.INVITED: Reason.ACCOUNT_NOT_ACTIVATED,
    AccountState.PENDING: Reason.ACCOUNT_PENDING,
    AccountState.LOCKED: Reason.ACCOUNT_LOCKED,
    AccountState.SUSPENDED: Reason.ACCOUNT_SUSPENDED,
    AccountState.DISABLED: Reason.ACCOUNT_DISABLED,
}


_BEFORE_AGREEING = frozenset(
    {Function.OWN_ACCOUNT, Function.ACTIVATION, Function.ACCESS_REQUEST, Function.SUPPORT_CASE}
)
"""Open before the terms are accepted and identity is verified: help and the way there."""


def decide(actor: Actor, question: Question) -> Decision:
    """The verdict on `question`, asked by `actor` at its instant of asking."""
    traits = TRAITS[question.function]
    if actor.kind is ActorKind.SYSTEM:
        return _decide_for_system(question, traits)
    if traits.holding is Holding.OPEN:
        return Decision(question, True, EVERYWHERE)
    if actor.kind is ActorKind.VISITOR:
        return Decision(question, False, reasons=(Reason.NOT_SIGNED_IN,))
    reasons = _account_reasons(actor, question, traits)
    if traits.holding is Holding.GRANT:
        return _decide_by_grant(actor, question, traits, reasons)
    return _decide_by_place(actor, question, traits, reasons)


def _decide_for_system(question: Question, traits: Traits) -> Decision:
    if traits.holding is Holding.GRANT or traits.holding is Holding.SIGNED_IN:
        return Decision(question, False, reasons=(Reason.FUNCTION_NOT_GRANTED,))
    return Decision(question, True, EVERYWHERE)


def _decide_by_place(actor: Actor, question: Question, traits: Traits, reasons: list[Reason]) -> Decision:
    if traits.holding is not Holding.SIGNED_IN and not _desk_holds(actor, question.function):
        reasons.append(Reason.FUNCTION_NOT_GRANTED)
    reasons.extend(_proof_reasons(actor, question, traits))
    if reasons:
        return _refused(actor, question, reasons)
    return Decision(question, True, EVERYWHERE)


def _desk_holds(actor: Actor, function: Function) -> bool:
    return actor.desk is not None and function in DESK_FUNCTIONS[actor.desk]


def _decide_by_grant(actor: Actor, question: Question, traits: Traits, reasons: list[Reason]) -> Decision:
    is_closed = traits.phi and actor.persona_kind is PersonaKind.ADMINISTRATOR
    open_grants = [] if is_closed else _open_grants(actor, question)
    if is_closed:
        reasons.extend(filter(None, [Reason.ADMINISTRATOR_HAS_NO_PHI, _beyond_client(actor, question)]))
    elif not open_grants:
        reasons.extend(_grant_reasons(actor, question))
    reasons.extend(_provider_file_reasons(actor, question))
    if traits.phi and actor.standing.review_overdue:
        reasons.append(Reason.ACCESS_REVIEW_OVERDUE)
    if traits.phi and (late := actor.standing.late_clients):
        named = None if open_grants or is_closed else nearest(actor, question)
        if _all_late(late, [named] if named else open_grants, actor, question):
            reasons.append(Reason.CLIENT_REVIEW_OVERDUE)
        open_grants = [grant for grant in open_grants if not grant.tax_ids <= late]
    reasons.extend(_proof_reasons(actor, question, traits))
    if not actor.account.in_scope:
        reasons.append(Reason.SCOPE_NOT_GRANTED)
    if reasons:
        return _refused(actor, question, reasons)
    by_machine = actor.kind is ActorKind.MACHINE
    return Decision(question, True, _scope_of(open_grants, question), by_machine=by_machine)


def _all_late(late: frozenset[str], grants: list[Grant], actor: Actor, question: Question) -> bool:
    """Has every client that the grants reach, or the side has, not finished its review?"""
    if question.tax_id is not None:
        return question.tax_id in late
    reached = frozenset[str]().union(*(grant.tax_ids for grant in grants)) or actor.standing.tax_ids
    return bool(reached) and reached <= late


def _refused(actor: Actor, question: Question, reasons: list[Reason]) -> Decision:
    by_machine = actor.kind is ActorKind.MACHINE
    return Decision(question, False, reasons=tuple(reasons), by_machine=by_machine)


def _account_reasons(actor: Actor, question: Question, traits: Traits) -> list[Reason]:
    account, reasons = actor.account, []
    if account.audience != "provider":
        reasons.append(Reason.WRONG_AUDIENCE)
    if account.state is not AccountState.ACTIVE and not _is_activating(account, question):
        reasons.append(_ACCOUNT_REASONS[account.state])
    if question.function in _BEFORE_AGREEING:
        return reasons
    if not account.terms_accepted:
        reasons.append(Reason.TERMS_NOT_ACCEPTED)
    if account.verification.asked(question.function, actor.asked_at):
        reasons.append(Reason.VERIFICATION_REQUIRED)
    return reasons


def _is_activating(account: Account, question: Question) -> bool:
    """The steps of the first sign-in are all that is open before they are done."""
    return account.state is AccountState.INVITED and question.function is Function.ACTIVATION


def _proof_reasons(actor: Actor, question: Question, traits: Traits) -> list[Reason]:
    """What the session has not proven: a second factor, or lately that it is still they."""
    reasons = []
    if traits.second_factor and not actor.account.second_factor:
        reasons.append(Reason.STEP_UP_REQUIRED)
    if (traits.lately or question.lately) and not actor.account.proven_lately:
        reasons.append(Reason.CONFIRMATION_REQUIRED)
    return reasons


def _open_grants(actor: Actor, question: Question) -> list[Grant]:
    if _beyond_client(actor, question) is not None:
        return []
    return [grant for grant in _candidates(actor, question) if _opens(grant, actor, question)]


def _beyond_client(actor: Actor, question: Question) -> Reason | None:
    """Why no grant helps here: another side's, or more than the client gave. Users are the own office's."""
    standing, tax_id = actor.standing, question.tax_id
    if question.function is Function.MANAGE_USERS:
        return None
    if tax_id is None:
        return None if standing.tax_ids else _no_side(actor, question)
    if tax_id in standing.other_sides:
        return Reason.OTHER_SIDE
    lent = next((each for each in standing.lent if each.tax_id == tax_id), None)
    is_given = lent is None or lent.holds(question.function, question.line)
    return None if is_given else Reason.CLIENT_DID_NOT_GIVE


def _reaches_nobody(grant: Grant, actor: Actor, question: Question) -> Reason | None:
    """Why a grant is left without a tax ID on this side of a billing company; None of any other office."""
    if question.tax_id is not None or grant.tax_ids:
        return None
    return _no_side(actor, question)


def _no_side(actor: Actor, question: Question) -> Reason | None:
    """Why there is no tax ID to ask for on this side of a billing company; None of any other office."""
    standing = actor.standing
    if standing.lent and not any(each.holds(question.function, question.line) for each in standing.lent):
        return Reason.CLIENT_DID_NOT_GIVE
    if standing.other_sides:
        return Reason.OTHER_SIDE
    return Reason.CLIENT_ACCESS_ENDED if standing.former_clients else None


def _candidates(actor: Actor, question: Question) -> list[Grant]:
    if question.tax_id is None:
        return actor.held.of(question.function)
    return actor.held.reaching(question.function, question.tax_id)


def _opens(grant: Grant, actor: Actor, question: Question) -> bool:
    return (
        grant.state is GrantState.ACTIVE
        and grant.period.holds(actor.today)
        and (question.line is None or grant.lines is None or question.line in grant.lines)
        and (question.provider is None or grant.providers is None or question.provider in grant.providers)
        and (question.region is None or grant.regions is None or question.region in grant.regions)
        and _reaches_nobody(grant, actor, question) is None
    )


def grant_reasons(grant: Grant, actor: Actor, question: Question) -> list[Reason]:
    """Why this one grant does not open the question; empty when it does."""
    reasons, beyond = _state_reasons(grant, actor), _beyond_client(actor, question)
    if beyond is not None:
        reasons.append(beyond)
    elif question.tax_id is not None and question.tax_id not in grant.tax_ids:
        is_former = question.tax_id in actor.standing.former_clients
        reasons.append(Reason.CLIENT_ACCESS_ENDED if is_former else Reason.TAX_ID_NOT_GRANTED)
    elif (nowhere := _reaches_nobody(grant, actor, question)) is not None:
        reasons.append(nowhere)
    if _lacks(grant.providers, question.provider):
        reasons.append(Reason.PROVIDER_NOT_GRANTED)
    if beyond is not Reason.CLIENT_DID_NOT_GIVE and _lacks(grant.lines, question.line):
        reasons.append(Reason.LINE_NOT_GRANTED)
    if _lacks(grant.regions, question.region):
        reasons.append(Reason.REGION_NOT_GRANTED)
    return reasons


def nearest(actor: Actor, question: Question) -> Grant | None:
    """The grant a refusal speaks of: with the fewest reasons against it, the first of equals."""
    held = actor.held.of(question.function)
    return min(held, key=lambda grant: len(grant_reasons(grant, actor, question)), default=None)


def _grant_reasons(actor: Actor, question: Question) -> Sequence[Reason]:
    """Those of the grant with the fewest, the first of equals: where none opens, one reason is the fewest."""
    fewest: list[Reason] = []
    for grant in actor.held.of(question.function):
        reasons = grant_reasons(grant, actor, question)
        if not fewest or len(reasons) < len(fewest):
            fewest = reasons
        if len(fewest) == 1:
            break
    beyond = _beyond_client(actor, question)
    return fewest or [Reason.FUNCTION_NOT_GRANTED, *filter(None, [beyond])]


def _lacks(held: frozenset[str] | None, asked: str | None) -> bool:
    return asked is not None and held is not None and asked not in held


def _state_reasons(grant: Grant, actor: Actor) -> list[Reason]:
    if grant.state is GrantState.ENDED or grant.period.is_over(actor.today):
        return [Reason.GRANT_EXPIRED]
    reasons = [Reason.GRANT_PROPOSED] if grant.state is GrantState.PROPOSED else []
    if grant.period.first > actor.today:
        reasons.append(Reason.GRANT_NOT_YET_ACTIVE)
    return reasons


def _provider_file_reasons(actor: Actor, question: Question) -> list[Reason]:
    standing, reasons = actor.standing, []
    if _lacks(standing.regions, question.region):
        reasons.append(Reason.REGION_NOT_SERVED)
    if question.tax_id is None or question.tax_id not in standing.tax_ids:
        return reasons
    if question.provider is not None and (question.tax_id, question.provider) in standing.ended_affiliations:
        reasons.append(Reason.AFFILIATION_ENDED)
    if question.tax_id not in standing.participating and question.function not in standing.open_outside:
        reasons.append(Reason.NOT_PARTICIPATING)
    return reasons


def _scope_of(grants: list[Grant], question: Question) -> Scope:
    asked = None if question.tax_id is None else frozenset((question.tax_id,))
    line = None if question.line is None else frozenset((question.line,))
    provider = None if question.provider is None else frozenset((question.provider,))
    return Scope(
        tuple(
            Reach(asked or grant.tax_ids, line or grant.lines, provider or grant.providers, grant.regions)
            for grant in grants
        )
    )
