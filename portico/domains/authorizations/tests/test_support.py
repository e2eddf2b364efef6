"""The requests that tests are given are as the use cases leave them."""

from collections.abc import Callable

import pytest

from portico.domains.authorizations import numbers, sealing, state_rules
from portico.domains.authorizations.models import Authorization
from portico.domains.members.tests import factories
from tests.support import authorizations

pytestmark = pytest.mark.django_db

MAKERS: tuple[tuple[Callable[[], Authorization], str], ...] = (
    (authorizations.in_review, "in_review"),
    (authorizations.pended, "pended"),
    (authorizations.approved, "approved"),
    (authorizations.partly, "partly"),
    (authorizations.denied, "denied"),
    (authorizations.expedited, "in_review"),
    (authorizations.referral, "in_review"),
    (authorizations.admission, "in_review"),
    (authorizations.cancelled, "cancelled"),
    (authorizations.not_needed, "not_needed"),
)


@pytest.fixture(autouse=True)
def _plan(db: None) -> None:
    factories.a_plan()


@pytest.mark.parametrize(("make", "state"), MAKERS, ids=[make.__name__ for make, _ in MAKERS])
def test_each_stands_as_its_name_says(make: Callable[[], Authorization], state: str) -> None:
    row = make()

    assert row.state == state
    assert state_rules.whole([service.state for service in row.services.all()]) == state
    assert numbers.parse(row.number) == row.number
    assert [event.sequence for event in row.events.all()] == list(range(1, row.events.count() + 1))


def test_pended_has_an_open_question_that_can_be_read() -> None:
    (question,) = authorizations.pended().asked_for.all()

    place = sealing.place(question, "text")
    assert sealing.opened(question.text_sealed, place=place) == authorizations.ASKED


def test_numbers_and_columns_are_the_tests_to_choose() -> None:
    row = authorizations.approved(numbers.of("12345678"), place="22")

    assert (row.number, row.place) == (numbers.of("12345678"), "22")
