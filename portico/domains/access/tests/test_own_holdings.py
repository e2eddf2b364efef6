"""What a person takes home of what access keeps: every persona and grant of theirs, past ones too."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.access import granting, own_holdings
from portico.domains.access.own_holdings import OwnGrant
from portico.domains.access.tests import making
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()


def proven(user_id: int) -> Actor:
    """The user, who has just shown who they are."""
    actor = making.actor(user_id)
    return replace(actor, account=replace(actor.account, proven_lately=True))


def test_every_persona_comes_with_its_grants_and_their_limits() -> None:
    grant = making.a_grant(
        tax_ids=(making.SECOND, making.OWN), lines=(making.HMO,), providers=("2000000016",)
    )
    user_id = making.a_person(making.an_administrator(), making.an_end_user(grant))
    making.a_person(making.an_end_user(making.a_grant()), username="ray.desk")
    administrator, end_user = own_holdings.every(actor=proven(user_id))
    assert (administrator.kind, administrator.office, administrator.grants) == (
        "administrator",
        "Lakeside",
        (),
    )
    assert end_user.grants == (
        OwnGrant(
            function="eligibility",
            state="active",
            first_on=making.JANUARY,
            last_on=None,
            granted_at=making.NOW,
            ended_at=None,
            tax_ids=(making.OWN, making.SECOND),
            lines=(making.HMO,),
            regions=(),
            providers=("2000000016",),
        ),
    )


def test_what_was_taken_away_is_still_told() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant()), making.an_administrator())
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(user_id)[1])
    actor = proven(user_id)
    granting.end_grant(actor=people.system(), grant_id=actor.held.all[0].id)
    end_user, administrator = own_holdings.every(actor=actor)
    assert [(grant.state, grant.ended_at) for grant in end_user.grants] == [("ended", making.NOW)]
    assert administrator.suspended_at == making.NOW


def test_the_plans_staff_are_told_their_desk() -> None:
    user_id = making.a_person(granting.NewPersona("plan_staff", desk="operations"))
    [holding] = own_holdings.every(actor=proven(user_id))
    assert (holding.desk, holding.office, holding.grants) == ("operations", "", ())


@pytest.mark.parametrize("more", [1, 12])
def test_three_queries_whatever_somebody_holds(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grants = [making.a_grant(function) for function in list(Function)[:more]]
    actor = proven(making.a_person(making.an_end_user(*grants)))
    with django_assert_num_queries(3 + 3):  # a savepoint, its end, the audit row
        own_holdings.every(actor=actor)


def test_an_open_session_alone_takes_nothing_home() -> None:
    stale = making.actor(making.a_person(making.an_end_user()))
    with pytest.raises(NotPermitted) as refused:
        own_holdings.every(actor=stale)
    assert refused.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)
