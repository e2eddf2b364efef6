"""How long one decision takes for somebody who holds a thousand grants, allowed and refused.

    python -m benchmarks.decide [--grants N]

The floor is the least an answer could be: one look into a dictionary and one frozen dataclass made. The
grants are spread over ten functions and a hundred tax IDs; or, the worst there is, all of one function on
one tax ID, each for a provider of its own, so that an answer has to look at every one of them.
"""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from benchmarks import ratios
from portico.domains.permits.actors import Actor, ActorKind, Door, Grant, Held, PersonaKind, Standing
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.shared.periods import Period

AIM_US = 10
ASKED = 50
FLOOR = "floor: a dictionary and a dataclass"
LINES = frozenset({"employer-hmo", "medi-cal"})
FUNCTIONS = tuple(function for function in GRANTABLE if TRAITS[function].phi)
TAX_IDS = tuple(f"17{number:07}" for number in range(100))
TAX_ID, FOREIGN = TAX_IDS[50], "181234567"
ELIGIBILITY = Function.ELIGIBILITY

# What is asked, and of whom: the questions of a page with PHI have an aim, the others are there to be known.
AIMED_AT: Mapping[str, Question] = {
    "allowed: tax ID and line named": Question(ELIGIBILITY, TAX_ID, "medi-cal"),
    "refused: line not granted": Question(ELIGIBILITY, TAX_ID, "employer-ppo"),
    "refused: tax ID not granted": Question(ELIGIBILITY, FOREIGN, "medi-cal"),
}
EVERY_GRANT_OF_A_FUNCTION: Mapping[str, Question] = {
    "allowed: nothing named, as the menu asks": Question(ELIGIBILITY),
    "refused: two reasons at every grant": Question(ELIGIBILITY, FOREIGN, "employer-ppo"),
}
EVERY_GRANT: Mapping[str, Question] = {
    "allowed: provider named": Question(ELIGIBILITY, TAX_ID, provider=f"{500:010}"),
    "allowed: no provider named": Question(ELIGIBILITY, TAX_ID),
    "refused: provider not granted": Question(ELIGIBILITY, TAX_ID, provider="none"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """As many fields as a decision has."""

    question: Question
    allowed: bool
    scope: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def main() -> None:
    """Prints what each question takes, its ratio to the floor, and whether the aim, if it has one, is met."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--grants", type=int, default=1000)
    grants = options.parse_args().grants
    spread, gathered = _actor(_spread(grants)), _actor(_gathered(grants))
    _measure(f"{grants:,} grants over functions and tax IDs", spread, AIMED_AT, aim=AIM_US)
    _measure("The same, a tenth of the grants to be looked at", spread, EVERY_GRANT_OF_A_FUNCTION)
    _measure(f"{grants:,} grants of one function on one tax ID, each to be looked at", gathered, EVERY_GRANT)


def _spread(grants: int) -> Iterable[Grant]:
    for number in range(grants):
        function = FUNCTIONS[number % len(FUNCTIONS)]
        tax_id = TAX_IDS[number // len(FUNCTIONS) % len(TAX_IDS)]
        yield Grant(number, function, frozenset({tax_id}), Period(date(2026, 1, 1)), lines=LINES)


def _gathered(grants: int) -> Iterable[Grant]:
    for number in range(grants):
        only = frozenset({f"{number:010}"})
        since = Period(date(2026, 1, 1))
        yield Grant(number, ELIGIBILITY, frozenset({TAX_ID}), since, lines=LINES, providers=only)


def _actor(grants: Iterable[Grant]) -> Actor:
    return Actor(
        ActorKind.PERSONA,
        Door.WEB,
        datetime(2026, 3, 12, 17, tzinfo=UTC),
        date(2026, 3, 12),
        user_id=1,
        persona_id=1,
        persona_kind=PersonaKind.END_USER,
        office_id=1,
        standing=Standing(frozenset(TAX_IDS), participating=frozenset(TAX_IDS)),
        held=Held(grants),
    )


def _measure(title: str, actor: Actor, asked: Mapping[str, Question], *, aim: float | None = None) -> None:
    works: dict[str, ratios.Work] = {FLOOR: _floor(actor)} | {
        what: _decisions(actor, question, is_allowed=what.startswith("allowed"))
        for what, question in asked.items()
    }
    times = ratios.interleaved(works, repeats=25)
    print(f"\n{title}")
    for what, seconds in times.items():
        each = seconds / ASKED * 1e6
        line = f"  {what:<44} {each:10.2f} µs   {seconds / times[FLOOR]:8.1f} x"
        if aim is not None and what != FLOOR:
            line += f"   aim {aim:g} µs: {'met' if each < aim else 'not met'}"
        print(line)


def _decisions(actor: Actor, question: Question, *, is_allowed: bool) -> ratios.Work:
    assert decide(actor, question).allowed is is_allowed

    def run() -> None:
        for _ in range(ASKED):
            decide(actor, question)

    return run


def _floor(actor: Actor) -> ratios.Work:
    held, question = {(ELIGIBILITY, TAX_ID): actor}, AIMED_AT["allowed: tax ID and line named"]

    def run() -> None:
        for _ in range(ASKED):
            Answer(question, held[question.function, TAX_ID] is actor)

    return run


if __name__ == "__main__":
    main()
