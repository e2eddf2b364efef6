"""The steps of the first sign-in, in order, and which is due. Pure.

    terms -> password -> factor -> codes -> question -> done

What is due is computed from what is kept of the account alone, never from where somebody has been: no step
can be left out by its address, and each goes on where it was after a pause.
"""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """A step, and what is left when none is."""

    TERMS = "terms"
    PASSWORD = "password"  # noqa: S105 - a step's name, no secret
    FACTOR = "factor"
    CODES = "codes"
    QUESTION = "question"
    FINISH = "finish"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is asked of somebody (`asks_…`) and what is there already.

    `has_passed_factor`: a second factor is set up, and this session passed it.
    """

    is_activated: bool = False
    asks_terms: bool = False
    has_agreed: bool = False
    has_password: bool = False
    has_passed_factor: bool = False
    has_codes: bool = False
    asks_question: bool = False
    has_question: bool = False


def steps(progress: Progress) -> tuple[Step, ...]:
    """The steps there are, in order; a plan may have published no terms, or asks no question."""
    asked = ((Step.TERMS, progress.asks_terms), (Step.QUESTION, progress.asks_question))
    left_out = {step for step, is_asked in asked if not is_asked}
    every = (Step.TERMS, Step.PASSWORD, Step.FACTOR, Step.CODES, Step.QUESTION)
    return tuple(step for step in every if step not in left_out)


def due(progress: Progress) -> Step:
    """The first step that is not done; FINISH when all are, DONE when that was said too."""
    if progress.is_activated:
        return Step.DONE
    is_done = {
        Step.TERMS: progress.has_agreed,
        Step.PASSWORD: progress.has_password,
        Step.FACTOR: progress.has_passed_factor,
        Step.CODES: progress.has_codes,
        Step.QUESTION: progress.has_question,
    }
    return next((step for step in steps(progress) if not is_done[step]), Step.FINISH)
