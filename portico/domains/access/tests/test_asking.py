"""Asking for access: what is kept and who is told, what cannot be asked for, taking it back, who reads it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from portico.domains.access import granting, models
from portico.domains.access.asking import asked, requests, rules, views
from portico.domains.access.asking.requests import Cannot, CannotAsk, HoldsPatients
from portico.domains.access.asking.rules import Step, Wish
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.access.tests.making import the_plan_says
from portico.domains.accounts.users import NewUser
from portico.domains.permits.actors import AccountState, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.shared.pages import Page
from tests.support import actors as people

pytestmark = pytest.mark.django_db
BENEFITS = Wish((Function.BENEFITS,))


@pytest.fixture
def house() -> Lakeside:
    made = houses.lakeside()
    making.participates(making.affiliated(making.NPI, making.OWN))
    making.participates(making.affiliated(making.NPI, making.SECOND))
    return made


def only() -> Any:
    """The one request there is."""
    return models.AccessRequest.objects.get()


def asks(actor: Actor, **wanted: Any) -> UUID:
    """A request for benefits, or for what is said."""
    return requests.make(actor=actor, wish=replace(BENEFITS, **wanted))


def refused(actor: Actor, **wanted: Any) -> Cannot:
    """Why this cannot be asked for; it leaves its row and nothing else."""
    before = models.AccessRequest.objects.count()
    with pytest.raises(CannotAsk) as refusal:
        asks(actor, **wanted)
    assert looking.last_use()[:3] == ("access_request", "allowed", "access_not_asked")
    assert models.AccessRequest.objects.count() == before
    return refusal.value.why


def test_a_request_says_what_was_missed_and_where_and_why(house: Lakeside) -> None:
    asks(house.as_("fay"), functions=(Function.ELIGIBILITY,), tax_id=making.SECOND, line=making.MEDI_CAL)
    row = only()
    assert (row.functions, row.tax_id, row.line) == (["eligibility"], making.SECOND, making.MEDI_CAL)
    assert row.reasons == [Reason.TAX_ID_NOT_GRANTED]
    assert (row.persona_id, row.office_id) == (house.persona("fay", "end_user"), house.office)


def test_it_leaves_its_row_and_names_no_words(house: Lakeside) -> None:
    made = asks(house.as_("fay"), note="I take over from Gus")
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("access_request", "allowed", "access_asked")
    assert subjects == [("function", "benefits"), ("request", str(made))]
    assert b"Gus" not in bytes(only().note)


def test_the_longest_serving_administrator_is_told_first_and_nobody_else(house: Lakeside) -> None:
    asks(house.as_("fay"))
    assert (only().step, only().first) == (Step.FIRST, house.ann)
    assert houses.notices("access_request") == [(None, house.ann)]
    assert looking.mails("access_request") == [("ann.admin@example.org", "asked")]


def test_whoever_made_the_persona_is_told_first(house: Lakeside) -> None:
    models.AccessChange.objects.create(
        persona_id=house.persona("fay", "end_user"),
        office_id=house.office,
        kind="created",
        at=people.NOW,
        by=house.bea,
    )
    asks(house.as_("fay"))
    assert only().first == house.bea


def test_the_first_grant_says_who_made_a_persona_that_has_no_history(house: Lakeside) -> None:
    grants = models.Grant.objects.filter(persona_id=house.persona("fay", "end_user"))
    grants.update(granted_by=house.persona("bea"))
    asks(house.as_("fay"))
    assert only().first == house.bea


def test_an_office_without_another_administrator_asks_the_plan(house: Lakeside) -> None:
    houses.suspend(house, "bea")
    asks(house.as_("ann"), functions=(Function.PAYMENT_ENROLMENT,))
    assert (only().step, only().first) == (Step.PLAN, None)
    assert houses.notices("access_request") == []


def test_it_is_due_and_expires_as_the_plan_says(house: Lakeside) -> None:
    the_plan_says(request_hours=2, request_days=3)
    asks(house.as_("fay"))
    assert only().due_at.isoformat() == "2026-03-12T19:00:00+00:00"
    assert only().expires_at.isoformat() == "2026-03-15T17:00:00+00:00"


def test_a_second_click_finds_the_first_request(house: Lakeside) -> None:
    first = asks(house.as_("fay"))
    assert asks(house.as_("fay"), note="Please") == first
    assert looking.last_use()[2] == "access_asked_before"
    assert houses.notices("access_request") == [(None, house.ann)]


def test_what_is_open_already_is_left_out(house: Lakeside) -> None:
    asks(house.as_("fay"), functions=(Function.ELIGIBILITY, Function.REPORTS, Function.BENEFITS))
    assert only().functions == ["benefits", "reports"]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        pytest.param({"functions": ()}, Cannot.NOT_HANDED_OUT, id="nothing"),
        pytest.param(
            {"functions": (Function.MANAGE_USERS,)}, Cannot.NOT_HANDED_OUT, id="what_administrators_hold"
        ),
        pytest.param({"functions": (Function.AUDIT_READING,)}, Cannot.NOT_HANDED_OUT, id="what_desks_hold"),
        pytest.param({"functions": (Function.LOADING,)}, Cannot.NOT_HANDED_OUT, id="the_systems"),
        pytest.param({"functions": (Function.ELIGIBILITY,)}, Cannot.NOTHING_MISSING, id="what_is_open"),
        pytest.param({"tax_id": making.FOREIGN}, Cannot.TAX_ID, id="a_foreign_tax_id"),
        pytest.param({"tax_id": "189999999"}, Cannot.TAX_ID, id="nobodys_tax_id"),
        pytest.param({"line": "levitation"}, Cannot.LINE, id="no_line"),
        pytest.param({"region": "atlantis"}, Cannot.REGION, id="no_region"),
        pytest.param({"provider": "2000000017"}, Cannot.PROVIDER, id="no_npi"),
        pytest.param({"wants_end_user": True}, Cannot.NOT_HANDED_OUT, id="an_end_user_persona_twice"),
    ],
)
def test_what_cannot_be_asked_for(house: Lakeside, wanted: dict[str, Any], why: Cannot) -> None:
    assert refused(house.as_("fay"), **wanted) is why


def test_what_takes_part_in_nothing_is_not_asked_for(house: Lakeside) -> None:
    actor = house.as_("fay")
    outside = replace(actor, standing=replace(actor.standing, participating=frozenset({making.OWN})))
    assert refused(outside, tax_id=making.SECOND) is Cannot.NOT_BY_GRANT


def test_what_only_a_proof_is_missing_for_is_not_asked_for(house: Lakeside) -> None:
    actor = house.as_("fay")
    unverified = replace(actor, account=replace(actor.account, verification=people.UNVERIFIED))
    assert refused(unverified, functions=(Function.ELIGIBILITY,)) is Cannot.NOT_BY_GRANT
    requests.make(actor=unverified, wish=BENEFITS)
    assert only().functions == ["benefits"]


def test_the_plans_own_people_ask_their_own_colleagues(house: Lakeside) -> None:
    assert refused(house.as_("sue")) is Cannot.NO_OFFICE


def test_an_administrator_asks_for_an_end_user_persona(house: Lakeside) -> None:
    asks(house.as_("ann"), functions=(Function.ELIGIBILITY,), wants_end_user=True)
    assert (only().wants_end_user, only().first) == (True, house.bea)
    assert only().reasons == [Reason.ADMINISTRATOR_HAS_NO_PHI]


def test_whoever_has_an_end_user_persona_asks_for_none(house: Lakeside) -> None:
    granting.add_person(
        actor=people.system(),
        user=NewUser("cy.both", "morning coffee by the lake", "Cy", "Both"),
        personas=[
            making.an_administrator(making.a_grant(Function.MANAGE_USERS)),
            making.an_end_user(making.a_grant()),
        ],
    )
    persona = models.Persona.objects.get(user__username="cy.both", kind="administrator")
    actor = making.actor(persona.user_id, persona.pk)
    assert refused(actor, wants_end_user=True) is Cannot.NOTHING_MISSING


def test_where_the_plan_wants_two_accounts_no_persona_is_asked_for(house: Lakeside) -> None:
    the_plan_says(personas="separate")
    assert refused(house.as_("ann"), wants_end_user=True) is Cannot.SEPARATE_ACCOUNTS


def test_ten_open_requests_are_enough(house: Lakeside) -> None:
    actor = house.as_("fay")
    functions = [each for each in Function if rules.may_hold(each, actor.persona_kind)]
    places = [{"line": making.MEDI_CAL}, {}]
    wishes = [(each, place) for place in places for each in functions if each not in HELD][: rules.MOST_OPEN]
    for function, place in wishes:
        asks(actor, functions=(function,), **place)
    assert refused(actor, region=making.NORTH) is Cannot.TOO_MANY
    function, place = wishes[0]
    asks(actor, functions=(function,), **place)
    assert looking.last_use()[2] == "access_asked_before"


def test_whoever_asks_and_takes_it_back_again_and_again_floods_nobody(house: Lakeside) -> None:
    actor = house.as_("fay")
    for _ in range(rules.MOST_A_DAY):
        assert requests.withdraw(actor=actor, public_id=asks(actor))
    assert refused(actor) is Cannot.TOO_OFTEN
    assert len(houses.mailed(asked.MAIL)) == rules.MOST_A_DAY
    asks(house.as_("fay", after=timedelta(days=1)))


HELD = (Function.ELIGIBILITY, Function.CLAIMS_INQUIRY)


def test_a_note_that_points_at_a_patient_is_not_taken(house: Lakeside) -> None:
    with pytest.raises(HoldsPatients) as refusal:
        asks(house.as_("fay"), note="for member ID NLH88420193, born 03/12/1984")
    assert set(refusal.value.found) == {"note"}
    assert "8842" not in str(refusal.value)
    assert looking.last_use()[2] == "access_not_asked"
    assert not models.AccessRequest.objects.exists()


@pytest.mark.parametrize(
    "state", [AccountState.SUSPENDED, AccountState.PENDING, AccountState.INVITED], ids=str
)
def test_an_account_that_is_not_open_asks_for_nothing(house: Lakeside, state: AccountState) -> None:
    actor = house.as_("fay")
    with pytest.raises(NotPermitted):
        asks(replace(actor, account=replace(actor.account, state=state)))
    assert looking.last_use()[:2] == ("access_request", "denied")


def test_one_takes_back_ones_own(house: Lakeside) -> None:
    made = asks(house.as_("fay"))
    assert requests.withdraw(actor=house.as_("fay"), public_id=made)
    assert (only().state, only().decided_by) == ("withdrawn", house.fay)
    assert looking.last_use()[2:] == ("access_request_withdrawn", [("request", str(made))])
    assert not requests.withdraw(actor=house.as_("fay"), public_id=made)


@pytest.mark.parametrize("who", ["gus", "ann"])
def test_nobody_takes_back_somebody_elses(house: Lakeside, who: str) -> None:
    made = asks(house.as_("fay"))
    assert not requests.withdraw(actor=house.as_(who), public_id=made)
    assert looking.last_use()[2:] == ("nothing_to_withdraw", [])
    assert only().state == "open"


def test_after_it_was_taken_back_it_can_be_asked_for_again(house: Lakeside) -> None:
    first = asks(house.as_("fay"))
    requests.withdraw(actor=house.as_("fay"), public_id=first)
    assert asks(house.as_("fay")) != first


def test_the_requester_sees_with_whom_it_lies_and_what_they_wrote(house: Lakeside) -> None:
    made = asks(house.as_("fay"), note="I take over from Gus")
    found = views.my_own(actor=house.as_("fay"), public_id=made)
    assert (found.first, found.step, found.is_late, found.is_open) == ("Ann Admin", Step.FIRST, False, True)
    assert (found.note, found.answer) == ("I take over from Gus", "")
    assert views.open_one(house.as_("fay"), rules.digest(BENEFITS)) == made


@pytest.mark.parametrize("who", ["gus", "ann", "sue"])
def test_somebody_elses_request_is_as_unknown_as_nobodys(house: Lakeside, who: str) -> None:
    made = asks(house.as_("fay"))
    for number in (made, uuid4()):
        with pytest.raises(views.UnknownRequest):
            views.my_own(actor=house.as_(who), public_id=number)
        assert looking.last_use()[1:] == ("allowed", "not_found", [])
    assert views.mine(actor=house.as_(who)).rows == ()


def test_ones_own_come_in_pages_the_newest_first(house: Lakeside) -> None:
    made = [asks(house.as_("fay"), functions=(each,)) for each in (Function.REPORTS, Function.BENEFITS)]
    first = views.mine(actor=house.as_("fay"), size=1)
    second = views.mine(actor=house.as_("fay"), size=1, key=first.next_key or "")
    assert [row.public_id for row in (*first.rows, *second.rows)] == made[::-1]
    assert second.next_key is None
    assert views.mine(actor=house.as_("fay"), key="x").rows[0].public_id == made[1]


def test_an_inbox_shows_the_own_office_alone_and_what_is_open(house: Lakeside) -> None:
    closed = asks(house.as_("fay"))
    requests.withdraw(actor=house.as_("fay"), public_id=closed)
    waiting = asks(house.as_("gus"))
    inbox = views.inbox(actor=house.as_("ann"))
    assert ([row.public_id for row in inbox.page.rows], inbox.waiting) == ([waiting], 1)
    every = views.inbox(actor=house.as_("ann"), open_only=False)
    assert [row.public_id for row in every.page.rows] == [waiting, closed]
    assert looking.last_use()[:3] == ("manage_users", "allowed", "access_requests_shown")


def test_another_offices_inbox_is_empty(house: Lakeside) -> None:
    asks(house.as_("fay"))
    making.an_office(making.HILLCREST, making.FOREIGN)
    managing = making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,))
    hill = making.a_person(making.an_administrator(managing, office=making.HILLCREST), username="hil.admin")
    assert views.inbox(actor=making.actor(hill)) == views.Inbox(Page((), None), 0)


def test_the_plans_inbox_shows_what_lies_with_the_plan(house: Lakeside) -> None:
    asks(house.as_("fay"))
    houses.suspend(house, "bea")
    made = asks(house.as_("ann"), functions=(Function.PAYMENT_ENROLMENT,))
    inbox = views.inbox(actor=house.as_("sue"))
    assert ([row.public_id for row in inbox.page.rows], inbox.waiting) == ([made], 1)


def test_an_end_user_has_no_inbox(house: Lakeside) -> None:
    with pytest.raises(NotPermitted):
        views.inbox(actor=house.as_("fay"))
