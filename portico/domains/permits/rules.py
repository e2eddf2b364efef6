"""decide(): may this actor do this, here, now? If not: every reason, and who can change each.

Pure. The same function serves the permit, the menu, the diagnosis and access requests. Tests run in
the order of `Test`; a refusal lists all the reasons that stand in the way, first the one to mend first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from portico.domains.permits.actors import AccountState, Actor, ActorKind, Grant, GrantState, PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, TRAITS, Function, Holding, Traits
from portico.domains.permits.reasons import FINAL, FIXERS, ROADS, Fixer, Reason, Road


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked to be done, and where; None leaves a dimension open (all that is granted)."""

    function: Function
    tax_id: str | None = None
    line: str | None = None
    provider: str | None = None
    region: str | None = None


class Reach(NamedTuple):
    """One grant's share of a scope; None means every one. A tuple, because a scope may hold a thousand."""

    tax_ids: frozenset[str]
    lines: frozenset[str] | None
    providers: frozenset[str] | None
    regions: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a permit reaches: the union of its reaches. `everything` is for the plan and the system."""

    reaches: tuple[Reach, ...] = ()
    everything: bool = False

    def lines(self) -> frozenset[str] | None:
        """Every line some reach holds; None when one of them holds all."""
        if self.everything or any(reach.lines is None for reach in self.reaches):
            return None
        return frozenset().union(*(reach.lines or () for reach in self.reaches))

    def tax_ids(self) -> frozenset[str]:
        """Every tax ID some reach holds."""
        return frozenset().union(*(reach.tax_ids for reach in self.reaches))


class Test(StrEnum):
    """What is tested, in this order."""

    SIGNED_IN = "signed_in"
    AUDIENCE = "audience"
    ACCOUNT = "account"
    TERMS = "terms"
    VERIFICATION = "verification"
    PERSONA = "persona"
    FUNCTION = "function"
    GRANT = "grant"
    TAX_ID = "tax_id"
    PROVIDER = "provider"
    LINE = "line"
    REGION = "region"
    PROVIDER_FILE = "provider_file"
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one question: reasons and fixers are empty when it is allowed."""

    question: Question
    allowed: bool
    scope: Scope = Scope()
    reasons: tuple[Reason, ...] = ()

    @property
    def fixers(self) -> tuple[Fixer, ...]:
        """Who can change each reason; final reasons have a road instead."""
        return tuple(FIXERS[reason] for reason in self.reasons if reason not in FINAL)

    @property
    def roads(self) -> tuple[Road, ...]:
        """Where the final reasons lead."""
        return tuple(ROADS[reason] for reason in self.reasons if reason in FINAL)

    @property
    def tested(self) -> tuple[tuple[Test, Reason | None], ...]:
        """What was tested, in order, each with the reason it failed for, or None.

        A test the question does not ask for, or that an earlier failure leaves without an object, is left out.
        """
        failed = {TEST_OF[reason]: reason for reason in reversed(self.reasons)}
        left_out = _left_out(self.question, self.reasons)
        return tuple((test, failed.get(test)) for test in Test if test in failed or test not in left_out)


TEST_OF = {
    Reason.NOT_SIGNED_IN: Test.SIGNED_IN,
    Reason.WRONG_AUDIENCE: Test.AUDIENCE,
    Reason.ACCOUNT_PENDING: Test.ACCOUNT,
    Reason.ACCOUNT_LOCKED: Test.ACCOUNT,
    Reason.ACCOUNT_DISABLED: Test.ACCOUNT,
    Reason.TERMS_NOT_ACCEPTED: Test.TERMS,
    Reason.VERIFICATION_REQUIRED: Test.VERIFICATION,
    Reason.ADMINISTRATOR_HAS_NO_PHI: Test.PERSONA,
    Reason.FUNCTION_NOT_GRANTED: Test.FUNCTION,
    Reason.GRANT_PROPOSED: Test.GRANT,
    Reason.GRANT_NOT_YET_ACTIVE: Test.GRANT,
    Reason.GRANT_EXPIRED: Test.GRANT,
    Reason.TAX_ID_NOT_GRANTED: Test.TAX_ID,
    Reason.PROVIDER_NOT_GRANTED: Test.PROVIDER,
    Reason.LINE_NOT_GRANTED: Test.LINE,
    Reason.REGION_NOT_GRANTED: Test.REGION,
    Reason.REGION_NOT_SERVED: Test.REGION,
    Reason.AFFILIATION_ENDED: Test.PROVIDER_FILE,
    Reason.NOT_PARTICIPATING: Test.PROVIDER_FILE,
    Reason.STEP_UP_REQUIRED: Test.SECOND_FACTOR,
}

_ABOUT_GRANTS = frozenset({Test.GRANT, Test.TAX_ID, Test.PROVIDER, Test.LINE, Test.REGION})
_ABOUT_PHI = frozenset({Test.VERIFICATION, Test.PERSONA, Test.SECOND_FACTOR})
_WITHOUT_OBJECT = {
    Reason.NOT_SIGNED_IN: frozenset(Test),
    Reason.ADMINISTRATOR_HAS_NO_PHI: _ABOUT_GRANTS | {Test.FUNCTION, Test.PROVIDER_FILE},
    Reason.FUNCTION_NOT_GRANTED: _ABOUT_GRANTS | {Test.PROVIDER_FILE},
}
_ACCOUNT_REASONS = {
    AccountState.PENDING: Reason.ACCOUNT_PENDING,
    AccountState.LOCKED: Reason.ACCOUNT_LOCKED,
    AccountState.DISABLED: Reason.ACCOUNT_DISABLED,
}
_EVERYTHING = Scope(everything=True)


def decide(actor: Actor, question: Question) -> Decision:
    """The verdict on `question`, asked by `actor` at its instant of asking."""
    traits = TRAITS[question.function]
    if actor.kind is ActorKind.SYSTEM:
        return _decide_for_system(question, traits)
    if traits.holding is Holding.OPEN:
        return Decision(question, True, _EVERYTHING)
    if actor.kind is ActorKind.VISITOR:
        return Decision(question, False, reasons=(Reason.NOT_SIGNED_IN,))
    reasons = _account_reasons(actor, question, traits)
    if traits.holding is Holding.GRANT:
        return _decide_by_grant(actor, question, traits, reasons)
    return _decide_by_place(actor, question, traits, reasons)


def _decide_for_system(question: Question, traits: Traits) -> Decision:
    if traits.holding is Holding.GRANT or traits.holding is Holding.SIGNED_IN:
        return Decision(question, False, reasons=(Reason.FUNCTION_NOT_GRANTED,))
    return Decision(question, True, _EVERYTHING)


def _decide_by_place(actor: Actor, question: Question, traits: Traits, reasons: list[Reason]) -> Decision:
    if traits.holding is not Holding.SIGNED_IN and not _desk_holds(actor, question.function):
        reasons.append(Reason.FUNCTION_NOT_GRANTED)
    if traits.phi and not actor.account.second_factor:
        reasons.append(Reason.STEP_UP_REQUIRED)
    if reasons:
        return Decision(question, False, reasons=tuple(reasons))
    return Decision(question, True, _EVERYTHING)


def _desk_holds(actor: Actor, function: Function) -> bool:
    return actor.desk is not None and function in DESK_FUNCTIONS[actor.desk]


def _decide_by_grant(actor: Actor, question: Question, traits: Traits, reasons: list[Reason]) -> Decision:
    if traits.phi and actor.persona_kind is PersonaKind.ADMINISTRATOR:
        reasons.append(Reason.ADMINISTRATOR_HAS_NO_PHI)
    else:
        open_grants = [grant for grant in _candidates(actor, question) if _opens(grant, actor, question)]
        if not open_grants:
            reasons.extend(_grant_reasons(actor, question))
        reasons.extend(_provider_file_reasons(actor, question))
    if traits.phi and not actor.account.second_factor:
        reasons.append(Reason.STEP_UP_REQUIRED)
    if reasons:
        return Decision(question, False, reasons=tuple(reasons))
    return Decision(question, True, _scope_of(open_grants, question))


def _left_out(question: Question, reasons: Sequence[Reason]) -> frozenset[Test]:
    traits = TRAITS[question.function]
    asked = {
        Test.TAX_ID: question.tax_id,
        Test.PROVIDER: question.provider,
        Test.LINE: question.line,
        Test.REGION: question.region,
        Test.PROVIDER_FILE: question.tax_id,
    }
    left_out = {test for test, value in asked.items() if value is None}
    left_out |= frozenset() if traits.phi else _ABOUT_PHI
    left_out |= frozenset() if traits.holding is Holding.GRANT else _ABOUT_GRANTS | {Test.PROVIDER_FILE}
    return frozenset(left_out.union(*(_WITHOUT_OBJECT.get(reason, ()) for reason in reasons)))


def _account_reasons(actor: Actor, question: Question, traits: Traits) -> list[Reason]:
    account, reasons = actor.account, []
    if account.audience != "provider":
        reasons.append(Reason.WRONG_AUDIENCE)
    if account.state is not AccountState.ACTIVE:
        reasons.append(_ACCOUNT_REASONS[account.state])
    if question.function is Function.OWN_ACCOUNT:
        return reasons
    if not account.terms_accepted:
        reasons.append(Reason.TERMS_NOT_ACCEPTED)
    if traits.phi and not account.verified:
        reasons.append(Reason.VERIFICATION_REQUIRED)
    return reasons


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
    )


def grant_reasons(grant: Grant, actor: Actor, question: Question) -> list[Reason]:
    """Why this one grant does not open the question; empty when it does."""
    reasons = _state_reasons(grant, actor)
    if question.tax_id is not None and question.tax_id not in grant.tax_ids:
        reasons.append(Reason.TAX_ID_NOT_GRANTED)
    if _lacks(grant.providers, question.provider):
        reasons.append(Reason.PROVIDER_NOT_GRANTED)
    if _lacks(grant.lines, question.line):
        reasons.append(Reason.LINE_NOT_GRANTED)
    if _lacks(grant.regions, question.region):
        reasons.append(Reason.REGION_NOT_GRANTED)
    return reasons


def _grant_reasons(actor: Actor, question: Question) -> Sequence[Reason]:
    """Those of the grant with the fewest, the first of equals: where none opens, one reason is the fewest."""
    fewest: list[Reason] = []
    for grant in actor.held.of(question.function):
        reasons = grant_reasons(grant, actor, question)
        if not fewest or len(reasons) < len(fewest):
            fewest = reasons
        if len(fewest) == 1:
            break
    return fewest or [Reason.FUNCTION_NOT_GRANTED]


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
    if question.tax_id not in standing.participating:
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
