"""What a table of when identity is verified asks of whom, in few lines, and what it leaves open. Pure.

Everything is asked of `permits.verification`, as decide() does; nothing here reads a row in a way of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import TRAITS, Function
from portico.domains.permits.verification import (
    ACTIVE,
    PATIENT_DATA,
    PLAN,
    REACTIVATED,
    Rule,
    Speaking,
    Verification,
    speaking,
)
from portico.domains.plan.verification_rules import EVERYBODY, OPEN_STATES, STATES, Who, functions_of

EVERYTHING: Final = "everything"
"""As a topic: whatever such a person may be given, one's own account aside."""

STAFF: Final = Who(PLAN, PersonaKind.PLAN_STAFF)
_ANYTIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Asked(NamedTuple):
    """What is asked: any one of these provers, and for how many days it holds; 0: for good.

    `anew`: a proof from before the account was reactivated does not count.
    """

    provers: tuple[str, ...] = ()
    days: int = 0
    anew: bool = False


class Answer(NamedTuple):
    """What is asked of these people, with their accounts in one of these states, to open these topics.

    A topic is a function's code, PATIENT_DATA, or EVERYTHING.
    """

    who: tuple[Who, ...]
    states: tuple[str, ...]
    topics: tuple[str, ...]
    asked: Asked


class Danger(StrEnum):
    """What a table does that its writer may not have meant; stable codes."""

    OPEN_TO_NOBODY = "open_to_nobody"
    OPEN_TO_UNPROVEN = "open_to_unproven"
    STAFF_NEED_PROOF = "staff_need_proof"
    PROVER_IS_OFF = "prover_is_off"
    NEVER_REACHED = "never_reached"


@dataclass(frozen=True, slots=True)
class Caution:
    """A danger, with the row it lies in (from 1; 0: in none) or the kinds of people it concerns."""

    danger: Danger
    row: int = 0
    who: tuple[Who, ...] = ()


def answers(rules: Sequence[Rule]) -> tuple[Answer, ...]:
    """Everybody of whom the table asks something, having proven nothing, and what, in few lines."""
    people: dict[tuple[tuple[str, ...], tuple[str, ...], Asked], list[Who]] = defaultdict(list)
    for who in EVERYBODY:
        for said in _asked_of(rules, who):
            people[said].append(who)
    return tuple(Answer(tuple(who), *said) for said, who in people.items())


def asked(rules: Sequence[Rule], who: Who, state: str, function: Function) -> Asked:
    """What the table asks of somebody who has proven nothing, to open one function."""
    return _asked(_speaking(rules, who, state), function)


def closes_to(rules: Sequence[Rule], actor: Actor, function: Function) -> bool:
    """Would the table close the function to this member of the plan's staff, as things are now?"""
    known = actor.account.verification
    state = REACTIVATED if known.reactivated_at else ACTIVE
    found = _speaking(rules, STAFF, state)
    anew = Verification(found.rules, known.passed, known.reactivated_at, found.as_active)
    return bool(anew.asked(function, actor.asked_at))


def cautions(rules: Sequence[Rule], *, provers: Collection[str]) -> tuple[Caution, ...]:
    """What the table does that its writer may not have meant, with these `provers` on; worst first."""
    on = set(provers)
    of_people = (
        (
            Danger.OPEN_TO_NOBODY,
            _patients(rules, lambda each: bool(each.provers) and not on & {*each.provers}),
        ),
        (Danger.OPEN_TO_UNPROVEN, _patients(rules, lambda each: not each.provers)),
        (Danger.STAFF_NEED_PROOF, _staff_held_up(rules)),
    )
    off = [number for number, rule in enumerate(rules, 1) if not on.issuperset(rule.provers)]
    return (
        *(Caution(danger, who=who) for danger, who in of_people if who),
        *(Caution(Danger.PROVER_IS_OFF, row) for row in off),
        *(Caution(Danger.NEVER_REACHED, row) for row in _never_reached(rules)),
    )


def _speaking(rules: Sequence[Rule], who: Who, state: str) -> Speaking:
    return speaking(rules, account_type=who.account_type, persona=who.persona, state=state)


def _asked(found: Speaking, function: Function) -> Asked:
    provers = Verification(found.rules, as_active=found.as_active).asked(function, _ANYTIME)
    rule = found.deciding(function)
    return Asked(provers, rule.days, rule.state == REACTIVATED) if rule and provers else Asked()


def _asked_of(rules: Sequence[Rule], who: Who) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Asked]]:
    """States of these people's accounts that are treated alike, topics, and what is asked for them."""
    alike: dict[tuple[tuple[Asked, tuple[str, ...]], ...], list[str]] = defaultdict(list)
    for state in STATES:
        alike[_topics(rules, who, state)].append(state)
    for by_answer, states in alike.items():
        for said, topics in by_answer:
            yield tuple(states), topics, said


def _topics(rules: Sequence[Rule], who: Who, state: str) -> tuple[tuple[Asked, tuple[str, ...]], ...]:
    """The topics for which something is asked, by what; those asked alike stand together."""
    said_of_them = _speaking(rules, who, state)
    by_function = {each: _asked(said_of_them, each) for each in functions_of(who.persona)}
    found: dict[Asked, list[str]] = defaultdict(list)
    for topic, said in _merged(by_function).items():
        found[said].append(topic)
    return tuple((said, tuple(topics)) for said, topics in found.items() if said.provers)


def _merged(by_function: dict[Function, Asked]) -> dict[str, Asked]:
    """The same by topic: everything is one where it is all asked alike, and so is patient data."""
    if len(set(by_function.values())) == 1:
        return {EVERYTHING: next(iter(by_function.values()))}
    of_patients = {said for each, said in by_function.items() if TRAITS[each].phi}
    if len(of_patients) != 1:
        return {str(each): said for each, said in by_function.items()}
    others = {str(each): said for each, said in by_function.items() if not TRAITS[each].phi}
    return {PATIENT_DATA: of_patients.pop(), **others}


def _patients(rules: Sequence[Rule], is_so: Callable[[Asked], bool]) -> tuple[Who, ...]:
    """Those to whom some patient data opens on such terms, in some state in which anything opens."""
    return tuple(
        who
        for who in EVERYBODY
        if any(
            is_so(asked(rules, who, state, each))
            for state in OPEN_STATES
            for each in functions_of(who.persona)
            if TRAITS[each].phi
        )
    )


def _staff_held_up(rules: Sequence[Rule]) -> tuple[Who, ...]:
    """The plan's staff, where they need a proof to review proofs or to mend the table itself."""
    needed = (Function.IDENTITY_REVIEW, Function.SIGN_IN_RULES)
    held_up = any(asked(rules, STAFF, state, each).provers for state in OPEN_STATES for each in needed)
    return (STAFF,) if held_up else ()


def _never_reached(rules: Sequence[Rule]) -> list[int]:
    """The rows that decide nothing for anybody: rows before them fit whomever they fit."""
    deciding = {
        id(rule)
        for who in EVERYBODY
        for state in STATES
        for rule in _deciding(_speaking(rules, who, state).rules, functions_of(who.persona))
    }
    return [number for number, rule in enumerate(rules, 1) if id(rule) not in deciding]


def _deciding(rules: Sequence[Rule], functions: Sequence[Function]) -> Iterator[Rule]:
    """The first row that fits each function."""
    for function in functions:
        yield from [rule for rule in rules if rule.covers(function)][:1]
