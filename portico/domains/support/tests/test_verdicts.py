"""Every reason has its verdict, and pictures of what is told open again by the fixers they name."""

import pytest

from portico.domains.permits.functions import GRANTABLE, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.plan.entrances import Audience
from portico.domains.support import goals, told, verdicts
from portico.domains.support.told import Told
from portico.domains.support.verdicts import Verdict
from tests.support import actors


def test_every_reason_has_a_verdict_and_every_verdict_a_reason() -> None:
    assert set(verdicts.OF) == set(Reason)
    assert set(verdicts.OF.values()) == set(Verdict) - {Verdict.OPEN, Verdict.SYSTEM_TROUBLE}


def test_the_verdict_is_that_of_the_reason_to_mend_first() -> None:
    asked = Question(Function.ELIGIBILITY, line=actors.OTHER_LINE)
    decision = decide(actors.front_desk(), asked)
    assert decision.reasons == (Reason.LINE_NOT_GRANTED,)
    assert verdicts.of(decision) is Verdict.WRONG_LINE
    assert verdicts.of(decide(actors.front_desk(), Question(Function.ELIGIBILITY))) is Verdict.OPEN


@pytest.mark.parametrize("code", [each for each in Told if each is not Told.ERROR], ids=str)
def test_a_picture_has_one_thing_in_its_way(code: Told) -> None:
    decision = told.decided(actors.visitor(), Audience.PROVIDER, code)
    assert decision is not None
    assert len(decision.reasons) == 1
    assert len(decision.fixers) + len(decision.roads) == 1


@pytest.mark.parametrize("function", GRANTABLE, ids=str)
def test_each_function_an_office_hands_out_has_its_blocker(function: Function) -> None:
    found = goals.blocker(actors.visitor(), function)
    assert found is not None
    assert found.decision.question.function is function
    assert found.decision.reasons == (Reason.FUNCTION_NOT_GRANTED,)


def test_what_nobody_hands_out_has_none() -> None:
    assert goals.blocker(actors.visitor(), Function.OWN_NOTICES) is None


def test_the_other_blockers_are_each_told_once() -> None:
    found = goals.everywhere(actors.visitor())
    assert [each.told for each in found] == list(goals.EVERYWHERE)
    assert len({each.decision.reasons for each in found}) == len(found)
