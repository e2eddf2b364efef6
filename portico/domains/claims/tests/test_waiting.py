"""Claims that wait for the office: which ones, in which order, how many; no patient is looked up by it."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.audit import uses
from portico.domains.claims import rules, waiting
from portico.domains.claims.rules import NextAction, Owner
from portico.domains.claims.tests.asking import biller
from portico.domains.members.tests.factories import last_use, subjects_of
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import claims, world
from tests.support.actors import NOW, administrator
from tests.support.cast import FOREIGN, MEDI_CAL, SECOND
from tests.support.patients import NPI, NPI_ELSEWHERE

pytestmark = pytest.mark.usefixtures("plan")
SINCE = date(2026, 2, 1)


def numbers(size: int = 50) -> list[str]:
    return [claim.claim_number for claim in waiting.of(actor=biller(), size=size).claims]


@pytest.mark.parametrize("reason", rules.PEND_REASONS)
def test_what_waits_for_the_office_is_here_and_nothing_else(reason: str) -> None:
    claims.pended(pend_reason=reason)
    is_ours = rules.PEND_REASONS[reason].owner is Owner.OFFICE
    assert bool(numbers()) is is_ours


@pytest.mark.parametrize("make", [claims.received, claims.decided, claims.denied, claims.reversed_claim])
def test_what_is_not_pended_waits_for_nothing(make: Any) -> None:
    make()
    assert numbers() == []


@pytest.mark.parametrize(
    "facts",
    [
        {"tax_id": SECOND},
        {"tax_id": FOREIGN},
        {"provider_npi": NPI_ELSEWHERE},
        {"line_id": MEDI_CAL},
    ],
)
def test_what_is_not_granted_is_not_here(facts: dict[str, Any]) -> None:
    claims.pended(**facts)
    limits = {"lines": frozenset({"employer-hmo"}), "providers": frozenset({NPI})}
    found = waiting.of(actor=biller(**limits))
    assert (found.claims, found.count) == ((), 0)


def test_the_one_due_first_comes_first_whatever_its_day_is_counted_from() -> None:
    claims.pended("26015W0030", stated_on=SINCE)
    claims.pended("26015W0045", stated_on=SINCE, pend_reason="other_payer_decision")
    claims.pended("26015W0040", stated_on=SINCE, awaited_on=SINCE + timedelta(days=40))
    claims.pended("26015W0029", stated_on=SINCE - timedelta(days=1))
    found = waiting.of(actor=biller())
    assert [(claim.claim_number, (claim.due_on - SINCE).days) for claim in found.claims] == [
        ("26015W0029", 29),
        ("26015W0030", 30),
        ("26015W0040", 40),
        ("26015W0045", 45),
    ]
    assert found.claims[0].action is NextAction.SEND_MEDICAL_RECORDS
    assert found.count == 4


def test_the_first_few_are_told_with_how_many_there_are() -> None:
    for day in range(5):
        claims.pended(f"26015W000{day}", stated_on=SINCE + timedelta(days=day))
    found = waiting.of(actor=biller(), size=2)
    assert ([claim.claim_number for claim in found.claims], found.count) == (["26015W0000", "26015W0001"], 5)


def test_a_look_leaves_a_row_that_names_claims_and_no_member_and_proves_no_need() -> None:
    claims.pended()
    actor = biller()
    waiting.of(actor=actor)
    use = last_use()
    assert (use.function, use.conclusion) == ("claims_inquiry", uses.GLANCED)
    assert subjects_of(use) == [("claim", "26015A0002")]
    used = uses.last_by_persona([actor.user_id or 0], [actor.persona_id or 0], since=NOW)
    assert used == {}


@pytest.mark.parametrize("actor", [biller(Function.ELIGIBILITY), administrator()])
def test_a_refusal_is_written_down(actor: Any) -> None:
    before = world.last_use()
    with pytest.raises(NotPermitted):
        waiting.of(actor=actor)
    assert [use.outcome for use in world.uses(pk__gt=before)] == ["denied"]


@pytest.mark.parametrize("number", [1, 12])
def test_a_look_asks_the_same_number_of_questions(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        claims.pended(f"26015W{place:04}")
    with django_assert_max_num_queries(8):
        assert len(numbers()) == number
