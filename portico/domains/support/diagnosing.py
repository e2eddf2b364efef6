"""Which it is that is in somebody's way, and who can change it: asked by the person, or before signing in.

Every verdict is decide()'s. Here the question is put together, from what was chosen or from the reference of
what failed, and asked; then it is asked again for other lines, so that the wrong line names the right one.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from portico.domains.audit import helping
from portico.domains.audit.helping import Use
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import DESK_FUNCTIONS, GRANTABLE, Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.domains.plan.entrances import Audience
from portico.domains.support import told as told_rules
from portico.domains.support import verdicts
from portico.domains.support.told import Told
from portico.domains.support.verdicts import Verdict

ELSEWHERE_ONLY: Final = frozenset({Verdict.WRONG_LINE})


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody misses, and where; "" leaves a dimension open. `reference`: what an error page showed."""

    function: Function
    tax_id: str = ""
    line: str = ""
    provider: str = ""
    region: str = ""
    reference: str = ""

    @property
    def question(self) -> Question:
        """The same as a question."""
        return Question(
            self.function,
            self.tax_id or None,
            self.line or None,
            self.provider or None,
            self.region or None,
        )


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Which it is. `decision` is decide()'s, of `asked`; `missing` what is closed there beside it.

    `opens_in`: the lines of business in which it is open. `use`: what the reference led to; None where it led
    nowhere, or none was named.
    """

    verdict: Verdict
    asked: Asked
    decision: Decision
    opens_in: tuple[str, ...] = ()
    missing: tuple[Function, ...] = ()
    use: Use | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Supposed:
    """Which it would be by what was told; `decision` is None where it is about nobody's access."""

    verdict: Verdict
    decision: Decision | None


def supposed(*, actor: Actor, audience: Audience, told: Told) -> Supposed:
    """Which it is by what somebody tells, without looking at anybody's account."""
    with permit(actor, Function.DIAGNOSIS) as given:
        decision = told_rules.decided(actor, audience, told)
        verdict = Verdict.SYSTEM_TROUBLE if decision is None else verdicts.of(decision)
        given.conclude(f"supposed_{verdict}")
        return Supposed(verdict, decision)


def own(*, actor: Actor, asked: Asked) -> Diagnosis:
    """Which it is for the one who asks. One audit row; nothing else is written."""
    with permit(actor, Function.DIAGNOSIS) as given:
        found = of(actor, asked, user_id=actor.user_id)
        given.conclude(f"diagnosed_{found.verdict}")
        return found


def of(actor: Actor, asked: Asked, *, user_id: int | None) -> Diagnosis:
    """Which it is for that actor, who may be a picture; `user_id`: whose references count."""
    use = helping.of_reference(asked.reference, user_id=user_id) if asked.reference else None
    wanted = asked if use is None else _of_use(asked, use)
    decision = decide(actor, wanted.question)
    return Diagnosis(
        verdict=Verdict.SYSTEM_TROUBLE if use is not None and use.crashed else verdicts.of(decision),
        asked=wanted,
        decision=decision,
        opens_in=_opens_in(actor, wanted) if verdicts.of(decision) in ELSEWHERE_ONLY else (),
        missing=missing(actor, wanted),
        use=use,
    )


def choices(actor: Actor) -> tuple[Function, ...]:
    """What somebody like this actor may miss: what an office hands out, or what desks of the plan hold."""
    if actor.desk is None:
        return GRANTABLE
    held = frozenset().union(*DESK_FUNCTIONS.values())
    return tuple(function for function in Function if function in held)


def missing(actor: Actor, asked: Asked) -> tuple[Function, ...]:
    """What is closed to the actor, among all they may miss, where they asked: by line and region."""
    where = Question(Function.ELIGIBILITY, line=asked.line or None, region=asked.region or None)
    return tuple(each for each in choices(actor) if not decide(actor, replace(where, function=each)).allowed)


def _opens_in(actor: Actor, asked: Asked) -> tuple[str, ...]:
    """The lines in which the same is open in every region."""
    elsewhere = replace(asked.question, region=None)
    lines = catalogue.line_names()
    return tuple(line for line in lines if decide(actor, replace(elsewhere, line=line)).allowed)


def _of_use(asked: Asked, use: Use) -> Asked:
    """What was asked when it failed; what a use leaves open stays as it was chosen."""
    if use.function not in set(GRANTABLE) | set(frozenset().union(*DESK_FUNCTIONS.values())):
        return asked
    return Asked(
        Function(use.function),
        use.tax_id or asked.tax_id,
        use.line or asked.line,
        use.provider or asked.provider,
        use.region or asked.region,
        asked.reference,
    )
