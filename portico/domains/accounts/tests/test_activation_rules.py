"""Which step of the first sign-in is due, from what is there."""

from dataclasses import replace

import pytest

from portico.domains.accounts.joining.activation_rules import Progress, Step, due, steps

BEGUN = Progress(asks_terms=True, asks_question=True)
ALL = (Step.TERMS, Step.PASSWORD, Step.FACTOR, Step.CODES, Step.QUESTION)
FACTS = ("has_agreed", "has_password", "has_passed_factor", "has_codes", "has_question")
LEFT_OUT = {(True, True): set(), (False, True): {Step.TERMS}, (True, False): {Step.QUESTION}}


@pytest.mark.parametrize("place", range(5), ids=[str(step) for step in ALL])
def test_the_steps_follow_one_another(place: int) -> None:
    so_far = replace(BEGUN, **dict.fromkeys(FACTS[:place], True))
    assert due(so_far) is ALL[place]


@pytest.mark.parametrize("place", range(5), ids=[str(step) for step in ALL])
def test_no_step_is_left_out_because_the_later_ones_are_done(place: int) -> None:
    others = [fact for fact in FACTS if fact != FACTS[place]]
    assert due(replace(BEGUN, **dict.fromkeys(others, True))) is ALL[place]


@pytest.mark.parametrize(("terms", "question"), LEFT_OUT, ids=["both", "no terms", "no question"])
def test_a_plan_may_leave_out_terms_and_question(terms: bool, question: bool) -> None:
    asked = Progress(asks_terms=terms, asks_question=question)
    assert set(ALL) - set(steps(asked)) == LEFT_OUT[(terms, question)]
    assert due(asked) is (Step.TERMS if terms else Step.PASSWORD)


@pytest.mark.parametrize("question", [True, False], ids=["question", "no question"])
def test_when_every_step_is_done_only_the_finish_is_left(question: bool) -> None:
    done = replace(BEGUN, asks_question=question, **dict.fromkeys(FACTS, True))
    assert due(done) is Step.FINISH
    assert due(replace(done, is_activated=True)) is Step.DONE


def test_an_account_that_is_open_has_no_step_left() -> None:
    assert due(Progress(is_activated=True, asks_terms=True)) is Step.DONE
