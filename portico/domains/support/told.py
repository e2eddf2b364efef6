"""What somebody who is not signed in tells, as a picture of whoever it would be true of. Pure.

Nobody's account is looked at. decide() is asked about the picture, so the answer has the verdict and the
fixers that the person will find after signing in, and it is the same whether the account exists or not.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Final

from portico.domains.permits.actors import (
    Account,
    AccountState,
    Actor,
    ActorKind,
    Grant,
    GrantState,
    Held,
    PersonaKind,
    Standing,
)
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.permits.verification import PATIENT_DATA, Rule, Verification
from portico.domains.plan.entrance_rules import Audience
from portico.shared.periods import Period


class Told(StrEnum):
    """What they see, of which one is chosen."""

    NO_SIGN_IN = "no_sign_in"
    NOT_ACCEPTED = "not_accepted"
    LOCKED = "locked"
    INVITATION = "invitation"
    WAITS = "waits"
    UNUSED = "unused"
    VERIFY = "verify"
    CODE = "code"
    MISSING = "missing"
    PROPOSED = "proposed"
    OTHER_LINE = "other_line"
    NO_PATIENTS = "no_patients"
    NO_NETWORK = "no_network"
    REVIEW = "review"
    ERROR = "error"


_SOME: Final = "000000000"
_HERE, _ELSEWHERE = "here", "elsewhere"
_IN_ORDER: Final = Account()
_STATES: Final = {
    Told.LOCKED: AccountState.LOCKED,
    Told.INVITATION: AccountState.INVITED,
    Told.WAITS: AccountState.PENDING,
    Told.UNUSED: AccountState.SUSPENDED,
}
_UNVERIFIED: Final = Verification((Rule(functions=PATIENT_DATA, provers=("desk",)),))


def decided(
    actor: Actor, audience: Audience, told: Told, *, function: Function = Function.CLAIMS_INQUIRY
) -> Decision | None:
    """What decide() says of whoever it is true of; None for trouble that is not about anybody's access.

    `actor` asks: the instant is theirs. `function` is what they would like to do.
    """
    if audience is Audience.PROVIDER and told is Told.ERROR:
        return None
    whole = _whole(actor, function)
    return decide(_picture(whole, audience, told), Question(function, tax_id=_SOME, line=_HERE))


def _picture(whole: Actor, audience: Audience, told: Told) -> Actor:
    if audience is not Audience.PROVIDER:
        return replace(whole, account=replace(_IN_ORDER, audience=audience))
    if told in (Told.NO_SIGN_IN, Told.NOT_ACCEPTED):
        return replace(whole, kind=ActorKind.VISITOR)
    if told in _STATES:
        return replace(whole, account=replace(_IN_ORDER, state=_STATES[told]))
    return _held_back(whole, told)


def _held_back(whole: Actor, told: Told) -> Actor:
    """Of somebody whose account is open, what stands in the way."""
    match told:
        case Told.VERIFY:
            return replace(whole, account=replace(_IN_ORDER, verification=_UNVERIFIED))
        case Told.CODE:
            return replace(whole, account=replace(_IN_ORDER, second_factor=False))
        case Told.NO_PATIENTS:
            return replace(whole, persona_kind=PersonaKind.ADMINISTRATOR, held=Held())
        case Told.NO_NETWORK:
            return replace(whole, standing=replace(whole.standing, participating=frozenset()))
        case Told.REVIEW:
            return replace(whole, standing=replace(whole.standing, review_overdue=True))
        case _:
            return replace(whole, held=Held(_grants(whole, told)))


def _grants(whole: Actor, told: Told) -> tuple[Grant, ...]:
    [grant] = whole.held.all
    if told is Told.PROPOSED:
        return (replace(grant, state=GrantState.PROPOSED),)
    return (replace(grant, lines=frozenset({_ELSEWHERE})),) if told is Told.OTHER_LINE else ()


def _whole(actor: Actor, function: Function) -> Actor:
    """Somebody of an office to whom that function is open."""
    grant = Grant(0, function, frozenset({_SOME}), Period(actor.today))
    return Actor(
        ActorKind.PERSONA,
        actor.door,
        actor.asked_at,
        actor.today,
        persona_kind=PersonaKind.END_USER,
        standing=Standing(frozenset({_SOME}), frozenset({_SOME})),
        held=Held((grant,)),
    )
