"""The actor behind a session: who is believed, what it holds, and that it costs two queries."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.access import granting, looking_after, models, personas
from portico.domains.access.tests import making
from portico.domains.permits.actors import AccountState, Actor, Grant, GrantState, PersonaKind
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.plan import policy
from portico.shared.periods import Period
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()


def reasons(actor: Actor, **asked: Any) -> tuple[Reason, ...]:
    return decide(actor, Question(Function.ELIGIBILITY, **asked)).reasons


def test_an_actor_knows_who_asks_and_for_which_office() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    actor = making.actor(user_id)
    assert (actor.user_id, actor.persona_kind, actor.name) == (user_id, PersonaKind.END_USER, "Fay Desk")
    assert actor.context == {
        "username": "fay.desk",
        "office_name": "Lakeside",
        "persona_count": "1",
        "time_zone": "",
        "line": "",
        "region": "",
        "clients": "",
        "side": str(actor.office_id),
    }
    assert actor.standing.tax_ids == {making.OWN, making.SECOND}
    assert not actor.account.verification.asked(Function.ELIGIBILITY, actor.asked_at)
    assert actor.account.second_factor


def test_a_grant_reaches_what_it_names_and_where_it_names_nothing_all() -> None:
    making.affiliated(making.NPI, making.OWN)
    limited = making.a_grant(
        tax_ids=(making.OWN, making.SECOND),
        lines=(making.HMO, making.MEDI_CAL),
        regions=(making.NORTH,),
        providers=(making.NPI,),
        last_on=date(2026, 12, 31),
        state="proposed",
    )
    user_id = making.a_person(making.an_end_user(limited, making.a_grant(Function.BENEFITS)))
    first, second = making.actor(user_id).held.all
    assert first == Grant(
        first.id,
        Function.ELIGIBILITY,
        frozenset({making.OWN, making.SECOND}),
        Period(making.JANUARY, date(2026, 12, 31)),
        frozenset({making.HMO, making.MEDI_CAL}),
        frozenset({making.NORTH}),
        frozenset({making.NPI}),
        GrantState.PROPOSED,
    )
    assert second == Grant(second.id, Function.BENEFITS, frozenset({making.OWN}), Period(making.JANUARY))


def test_several_grants_of_one_function_stay_apart() -> None:
    hmo = making.a_grant(lines=(making.HMO,))
    medi_cal = making.a_grant(tax_ids=(making.SECOND,), lines=(making.MEDI_CAL,))
    making.affiliated(making.NPI, making.OWN)
    actor = making.actor(making.a_person(making.an_end_user(hmo, medi_cal)))
    assert Reason.LINE_NOT_GRANTED in reasons(actor, tax_id=making.OWN, line=making.MEDI_CAL)
    assert Reason.LINE_NOT_GRANTED not in reasons(actor, tax_id=making.SECOND, line=making.MEDI_CAL)


@pytest.mark.parametrize("count", [1, 10, 1000])
def test_an_actor_costs_two_queries_however_much_it_holds(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant(providers=(making.NPI,))))
    making.affiliated(making.NPI, making.OWN, last=-1)
    give_many(making.personas_of(user_id)[0], count - 1)
    policy.current()  # a process remembers it
    with django_assert_num_queries(2):
        actor = making.actor(user_id)
        assert not personas.has_several(actor)
    assert len(actor.held.all) == count
    assert (making.OWN, making.NPI) in actor.standing.ended_affiliations


def test_plan_staff_cost_two_queries_too(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user_id = making.a_person(granting.NewPersona("plan_staff", desk="support"))
    policy.current()  # a process remembers it
    with django_assert_num_queries(2):
        actor = making.actor(user_id)
    assert (actor.desk, actor.office_id, actor.held.all) == (Desk.SUPPORT, None, ())
    assert actor.standing.tax_ids == frozenset()


@pytest.mark.parametrize("state", [AccountState.ACTIVE, AccountState.PENDING])
def test_the_state_of_the_account_rides_along(state: AccountState) -> None:
    actor = making.actor(making.a_person(making.an_end_user(making.a_grant()), state=state))
    assert actor.account.state is state


def test_a_disabled_user_is_nobody() -> None:
    user_id = making.a_person(making.an_end_user())
    looking_after.disable(actor=people.system(), user_id=user_id, why=looking_after.Why.LEFT)
    assert making.built(user_id, epoch=2) is None


@pytest.mark.parametrize("epoch", [0, 2])
def test_a_session_of_another_epoch_is_nobodys(epoch: int) -> None:
    user_id = making.a_person(making.an_end_user())
    assert making.built(user_id, epoch=epoch) is None


def test_a_session_ended_everywhere_is_nobodys_until_the_next_sign_in() -> None:
    user_id = making.a_person(making.an_end_user())
    why = looking_after.Why.BY_MISTAKE
    looking_after.disable(actor=people.system(), user_id=user_id, why=why)
    looking_after.enable(actor=people.system(), user_id=user_id, why=why)
    assert making.built(user_id, epoch=1) is None
    assert making.built(user_id, epoch=2) is not None


def test_a_suspended_persona_is_nobody() -> None:
    user_id = making.a_person(making.an_end_user())
    (persona_id,) = making.personas_of(user_id)
    assert granting.suspend_persona(actor=people.system(), persona_id=persona_id)
    assert making.built(user_id, persona_id) is None
    assert making.built(user_id) is None


def test_another_users_persona_is_nobodys() -> None:
    user_id = making.a_person(making.an_end_user())
    other = making.a_person(making.an_end_user(), username="ray.desk")
    assert making.built(user_id, making.personas_of(other)[0]) is None


def test_a_user_without_a_persona_is_nobody() -> None:
    assert making.built(making.a_person()) is None


def test_without_a_choice_the_end_user_goes_before_the_administrator() -> None:
    user_id = making.a_person(making.an_administrator(), making.an_end_user())
    actor = making.actor(user_id)
    assert actor.persona_kind is PersonaKind.END_USER
    assert personas.has_several(actor)


def test_a_suspended_persona_is_not_counted() -> None:
    user_id = making.a_person(making.an_administrator(), making.an_end_user())
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(user_id)[1])
    actor = making.actor(user_id)
    assert actor.persona_kind is PersonaKind.ADMINISTRATOR
    assert not personas.has_several(actor)


def test_an_ended_grant_opens_nothing_at_the_next_build() -> None:
    making.participates(making.affiliated(making.NPI, making.OWN))
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    actor = making.actor(user_id)
    assert reasons(actor, tax_id=making.OWN) == ()
    assert granting.end_grant(actor=people.system(), grant_id=actor.held.all[0].id)
    assert reasons(making.actor(user_id), tax_id=making.OWN) == (Reason.GRANT_EXPIRED,)


def test_a_tax_id_the_office_lost_is_not_reached_any_more() -> None:
    making.participates(making.affiliated(making.NPI, making.OWN))
    user_id = making.a_person(making.an_end_user(making.a_grant(tax_ids=(making.OWN, making.SECOND))))
    other = making.an_office(making.HILLCREST, making.FOREIGN)
    apps.get_model("offices", "TaxId").objects.filter(number=making.OWN).update(office_id=other.id)
    actor = making.actor(user_id)
    assert actor.held.all[0].tax_ids == {making.SECOND}
    assert reasons(actor, tax_id=making.OWN) == (Reason.TAX_ID_NOT_GRANTED,)


def test_a_function_this_version_does_not_know_opens_nothing_and_breaks_nothing() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant(), making.a_grant(Function.BENEFITS)))
    models.Grant.objects.filter(function=Function.BENEFITS).update(function="mind_reading")
    assert making.actor(user_id).held.functions() == {Function.ELIGIBILITY}


@pytest.mark.parametrize(
    ("affiliation", "participation", "takes_part"),
    [
        ((-30, None), (-30, None), True),
        ((-30, None), (-30, 0), True),
        ((-30, None), (0, None), True),
        ((-30, None), (-30, -1), False),
        ((-30, None), (1, None), False),
        ((-30, -1), (-30, None), False),
        ((-30, 0), (-30, None), True),
        ((1, None), (-30, None), False),
        ((-30, None), None, False),
    ],
)
def test_a_tax_id_takes_part_while_an_affiliation_and_its_participation_run(
    affiliation: tuple[int, int | None], participation: tuple[int, int | None] | None, takes_part: bool
) -> None:
    made = making.affiliated(making.NPI, making.OWN, *affiliation)
    if participation:
        making.participates(made, *participation)
    actor = making.actor(making.a_person(making.an_end_user(making.a_grant())))
    assert actor.standing.participating == ({making.OWN} if takes_part else frozenset())


def test_a_gap_between_two_spans_is_no_participation() -> None:
    made = making.affiliated(making.NPI, making.OWN)
    making.participates(made, -60, -30)
    making.participates(made, 30, None)
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    assert making.actor(user_id).standing.participating == frozenset()
    assert making.actor(user_id, today=making.day(30)).standing.participating == {making.OWN}


def test_one_provider_who_takes_part_is_enough_in_any_line() -> None:
    making.participates(making.affiliated(making.NPI, making.OWN), -60, -30)
    making.participates(making.affiliated(making.OTHER_NPI, making.OWN), line=making.MEDI_CAL)
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    assert making.actor(user_id).standing.participating == {making.OWN}


@pytest.mark.parametrize(
    ("spans", "has_ended"),
    [
        ([(-30, -1)], True),
        ([(-30, 0)], False),
        ([(-30, None)], False),
        ([(-60, -31), (-30, -1)], True),
        ([(-60, -31), (0, None)], False),
        ([(1, None)], True),
        ([], False),
    ],
)
def test_a_named_providers_affiliation_has_ended_when_none_runs(
    spans: list[tuple[int, int | None]], has_ended: bool
) -> None:
    for first, last in spans:
        making.affiliated(making.NPI, making.OWN, first, last)
    making.affiliated(making.OTHER_NPI, making.OWN, -30, -1)
    user_id = making.a_person(making.an_end_user(making.a_grant(providers=(making.NPI,))))
    ended = making.actor(user_id).standing.ended_affiliations
    assert ended == ({(making.OWN, making.NPI)} if has_ended else frozenset())


def give_many(persona_id: int, count: int) -> None:
    grants = models.Grant.objects.bulk_create(
        models.Grant(
            persona_id=persona_id, function=Function.BENEFITS, first_on=making.JANUARY, granted_at=making.NOW
        )
        for _ in range(count)
    )
    models.GrantLimit.objects.bulk_create(
        models.GrantLimit(grant=grant, dimension="tax_id", value=tax_id)
        for grant in grants
        for tax_id in (making.OWN, making.SECOND)
    )
