"""Two of the desk at the same moment, or the desk and the applicant: one decision, on what was read."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from portico.domains.registration import deciding, models, standing
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import Denial
from portico.domains.registration.tests import deciding_on, registering
from portico.domains.registration.tests.deciding_on import ana, ben, row
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def test_of_several_who_approve_at_once_one_does_and_one_link_is_mailed() -> None:
    number, people = deciding_on.waiting(), [ana(), ben(), ana(2), ben(2)]
    outcomes = together([partial(deciding.approve, actor=who, number=number, seen=0) for who in people])
    assert Counter(outcomes) == {Outcome.DONE: 1, Outcome.GONE: 3}
    assert models.Link.objects.count() == 1


def test_of_a_yes_and_a_no_at_once_a_denial_is_the_end_or_nothing() -> None:
    number, one, other = deciding_on.waiting(), ana(), ben()
    together(
        [
            lambda: deciding.approve(actor=one, number=number, seen=0),
            lambda: deciding.deny(actor=other, number=number, reason=Denial.NOT_VERIFIED),
        ]
    )
    assert row(number).state == "denied"
    assert not models.Link.objects.filter(ended_at=None).exists()


def test_two_first_yeses_at_once_are_one() -> None:
    number, people = deciding_on.waiting(), [ana(), ana(2)]
    models.Application.objects.update(four_eyes=True)
    outcomes = together([partial(deciding.approve, actor=who, number=number, seen=0) for who in people])
    assert Counter(outcomes) == {Outcome.SECONDING: 1, Outcome.STOPPED: 1}
    assert row(number).state == "seconding"


def test_a_correction_at_the_same_moment_is_read_or_comes_too_late() -> None:
    submitted = registering.submit(registering.HOSPITAL, mark="")
    number, who = registering.application().pk, ana()
    late = replace(registering.visitor(), asked_at=who.asked_at)

    def correct() -> bool:
        return registering.correct(submitted, actor=late, office_name="Another Hospital")

    def approve() -> Outcome:
        return deciding.approve(actor=who, number=number, seen=0)

    changed, outcome = together([correct, approve])
    assert (changed, outcome) in ((True, Outcome.CHANGED), (False, Outcome.DONE))
    assert (standing.seen(row(number)) > 0) is (outcome is Outcome.CHANGED)
