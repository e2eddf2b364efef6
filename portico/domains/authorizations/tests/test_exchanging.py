"""How requests stand as a message asks: what is found, one audit row, as many queries for one as for ten."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.authorizations import exchanging
from portico.domains.authorizations.asked import NoAuthorizations, NothingFound
from portico.domains.authorizations.facts.exchanged import Standings
from portico.domains.authorizations.tests.asking import asked, clerk, elsewhere
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, world
from tests.support.cast import FOREIGN

pytestmark = pytest.mark.usefixtures("plan")
NUMBER = "A123456786"


def test_each_request_is_told_with_its_services_and_what_the_plan_waits_for() -> None:
    authorizations.partly()
    authorizations.pended()
    told = exchanging.of(actor=clerk(), asked=asked())
    assert isinstance(told, Standings)
    states = {one.listed.state: [service.state for service in one.services] for one in told.found}
    assert states == {"partly": ["partly", "denied"], "pended": ["pended", "in_review"]}
    (question,) = next(one.asked for one in told.found if one.listed.state == "pended")
    assert (question.text, question.service) == (authorizations.ASKED, 1)


def test_no_more_are_told_than_asked_for_and_it_is_said() -> None:
    for _ in range(3):
        authorizations.in_review()
    told = exchanging.of(actor=clerk(), asked=asked(), most=2)
    assert isinstance(told, Standings)
    assert (len(told.found), told.is_cut) == (2, True)


def test_a_question_is_one_use_of_the_function() -> None:
    authorizations.in_review(NUMBER)
    exchanging.of(actor=clerk(), asked=asked())
    (use,) = world.uses(function=Function.AUTHORIZATION_INQUIRY)
    assert (use.outcome, use.conclusion) == ("allowed", "found")


def test_to_others_a_request_is_what_never_was() -> None:
    authorizations.in_review(NUMBER)
    other, nothing = (
        exchanging.of(actor=elsewhere(), asked=replace(asked(number=number), tax_id=FOREIGN))
        for number in (NUMBER, "A999999999")
    )
    assert isinstance(other, NothingFound)
    assert isinstance(nothing, NothingFound)
    assert replace(other, reference="") == replace(nothing, reference="")


def test_too_little_to_search_by_is_said() -> None:
    told = exchanging.of(actor=clerk(), asked=asked(member_id=""))
    assert isinstance(told, NothingFound)
    assert told.reasons == (NoAuthorizations.NOT_ENOUGH,)


def test_who_does_not_hold_the_function_is_refused() -> None:
    with pytest.raises(NotPermitted):
        exchanging.of(actor=clerk(Function.ELIGIBILITY), asked=asked())


def test_ten_cost_as_many_queries_as_one() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            exchanging.of(actor=clerk(), asked=asked())
        return len(queries)

    authorizations.pended()
    first = cost()
    for _ in range(9):
        authorizations.partly()
    assert cost() == first
