"""The receipt of one answer: is this provider in the network?"""

from dataclasses import replace
from datetime import date

import pytest

from portico.domains.directory import models, network_answers
from portico.domains.directory.network_answers import AnswerNotFound, UnknownQuestion, Verdict
from portico.domains.permits.permit import NotPermitted
from portico.shared import identifiers
from portico.shared.periods import Period
from tests.support import directory as building
from tests.support.actors import NOW, TODAY, front_desk, plan_staff, visitor
from tests.support.directory import GRACE, HMO, LAST_YEAR, NADIA, PPO
from tests.support.world import uses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _directory() -> None:
    building.affiliated(GRACE)
    building.refresh()


def test_a_provider_in_the_network_is_answered_with_places_and_days() -> None:
    answer = network_answers.ask(actor=front_desk(), npi=GRACE, line=HMO, on=TODAY)
    assert (answer.verdict, answer.name, answer.as_of) == (Verdict.IN_NETWORK, "Grace Lin, MD", TODAY)
    [at] = answer.places
    assert (at.place, at.period) == ("120 Harbor Street, Northlake, CA 90901", Period(LAST_YEAR))
    assert (answer.asked_at, answer.holds) == (NOW, True)
    [use] = uses(function="provider_search")
    assert (use.conclusion, use.outcome) == ("in_network", "allowed")


@pytest.mark.parametrize(
    ("line", "on"),
    [
        pytest.param(PPO, TODAY, id="another line"),
        pytest.param(HMO, date(2024, 12, 31), id="the day before"),
    ],
)
def test_a_provider_outside_is_answered_so(line: str, on: date) -> None:
    answer = network_answers.ask(actor=front_desk(), npi=GRACE, line=line, on=on)
    assert (answer.verdict, answer.places) == (Verdict.NOT_IN_NETWORK, ())


@pytest.mark.parametrize(("npi", "line"), [(NADIA, HMO), (GRACE, "no-line")], ids=["provider", "line"])
def test_what_nobody_knows_is_not_answered(npi: str, line: str) -> None:
    with pytest.raises(UnknownQuestion):
        network_answers.ask(actor=front_desk(), npi=npi, line=line, on=TODAY)
    assert not models.NetworkAnswer.objects.exists()
    [use] = uses(function="provider_search")
    assert use.conclusion == "unknown"


def test_a_visitor_gets_no_receipt() -> None:
    with pytest.raises(NotPermitted):
        network_answers.ask(actor=visitor(), npi=GRACE, line=HMO, on=TODAY)


def test_the_office_reads_it_again_as_it_was_given() -> None:
    given = network_answers.ask(actor=front_desk(), npi=GRACE, line=HMO, on=TODAY)
    building.Participation.objects.all().delete()
    building.refresh()
    typed = identifiers.group_reference(given.reference).lower()
    assert network_answers.read(actor=front_desk(), reference=typed) == given


def test_another_office_and_another_person_of_the_plan_do_not() -> None:
    given = network_answers.ask(actor=front_desk(), npi=GRACE, line=HMO, on=TODAY)
    for stranger in (front_desk(office_id=32), plan_staff()):
        with pytest.raises(AnswerNotFound):
            network_answers.read(actor=stranger, reference=given.reference)
    mine = network_answers.ask(actor=plan_staff(), npi=GRACE, line=HMO, on=TODAY)
    assert network_answers.read(actor=plan_staff(), reference=mine.reference) == mine
    with pytest.raises(AnswerNotFound):
        network_answers.read(actor=replace(plan_staff(), persona_id=99), reference=mine.reference)


def test_the_plan_verifies_it_and_sees_what_was_altered() -> None:
    given = network_answers.ask(actor=front_desk(), npi=GRACE, line=HMO, on=TODAY)
    assert network_answers.verify(actor=plan_staff(), reference=given.reference) == given
    row = models.NetworkAnswer.objects.get()
    row.content["verdict"] = "not_in_network"
    row.save()
    altered = network_answers.verify(actor=plan_staff(), reference=given.reference)
    assert altered is not None
    assert not altered.holds
    assert network_answers.verify(actor=plan_staff(), reference="nonsense") is None
    assert [use.conclusion for use in uses(function="receipt_verification")] == [
        "answer",
        "answer",
        "not_found",
    ]


def test_an_office_does_not_verify() -> None:
    with pytest.raises(NotPermitted):
        network_answers.verify(actor=front_desk(), reference="nonsense")
