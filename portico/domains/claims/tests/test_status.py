"""How claims stand, as messages ask: the same as the pages say, in one decision."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.claims import finding, reading, status
from portico.domains.claims.answers import Found, StatusAnswer
from portico.domains.claims.asked import NoClaims, NothingFound
from portico.domains.claims.tests.asking import asked, biller
from portico.domains.permits.permit import NotPermitted
from tests.support import claims, world
from tests.support.cast import FOREIGN

pytestmark = pytest.mark.usefixtures("plan")


def test_a_message_and_the_pages_say_the_same() -> None:
    made = [claims.decided(), claims.pended(), claims.denied(), claims.received(), claims.adjusted()]
    actor = biller()
    told, listed = status.of(actor=actor, asked=asked()), finding.find(actor=actor, asked=asked())
    assert isinstance(told, StatusAnswer)
    assert isinstance(listed, Found)
    assert [each.claim for each in told.claims] == list(listed.claims)
    for each in told.claims:
        page = reading.read(actor=actor, claim=each.claim.public_id)
        assert (page.claim, page.lines) == (each.claim, each.lines)
    assert len(told.claims) == len(made)


def test_one_row_is_left_however_many_claims() -> None:
    claims.decided()
    claims.pended()
    before = world.last_use()
    status.of(actor=biller(), asked=asked())
    (use,) = world.uses(pk__gt=before)
    assert (use.function, use.conclusion) == ("claims_inquiry", "found")


def test_more_than_asked_for_is_cut_and_says_so() -> None:
    claims.decided()
    claims.pended()
    answer = status.of(actor=biller(), asked=asked(), most=1)
    assert isinstance(answer, StatusAnswer)
    assert (len(answer.claims), answer.is_cut) == (1, True)


def test_nothing_to_search_by_is_told() -> None:
    answer = status.of(actor=biller(), asked=asked(subscriber_id=""))
    assert isinstance(answer, NothingFound)
    assert answer.reasons == (NoClaims.NOT_ENOUGH,)


def test_a_claim_out_of_scope_is_as_unknown_as_none() -> None:
    unknown = status.of(actor=biller(), asked=asked())
    claims.decided(tax_id=FOREIGN)
    answer = status.of(actor=biller(), asked=asked())
    assert isinstance(unknown, NothingFound)
    assert isinstance(answer, NothingFound)
    assert answer.reasons == unknown.reasons
    with pytest.raises(NotPermitted):
        status.of(actor=biller(), asked=asked(tax_id=FOREIGN))


@pytest.mark.parametrize("number", [1, 15])
def test_the_number_of_questions_does_not_grow(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        claims.decided(f"26015E{place:04}")
    status.of(actor=biller(), asked=asked())
    with django_assert_max_num_queries(10):
        status.of(actor=biller(), asked=asked())
