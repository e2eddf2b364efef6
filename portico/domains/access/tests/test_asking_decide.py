"""Answering access requests: what a yes gives and no more, who may not say it, a no, and what is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from portico.domains.access import granting, models
from portico.domains.access.asking import decide, requests, views
from portico.domains.access.asking.decide import CannotDecide, Denial, HoldsPatients, UnknownRequest
from portico.domains.access.asking.rules import Wish
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.delegating.sets import Item, Where
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.access.tests.making import the_plan_says
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide as decided
from portico.shared import identifiers

pytestmark = pytest.mark.django_db
BENEFITS = Wish((Function.BENEFITS,))
NPI = identifiers.npi_with_check_digit("200000001")
HERE = Where(frozenset({making.OWN}))
Answer = Callable[..., Any]
ANSWERS: dict[str, Answer] = {
    "approve": decide.approve,
    "adjust": lambda **named: decide.adjust(items=(Item(Function.BENEFITS, HERE),), **named),
    "deny": lambda **named: decide.deny(why=Denial.NOT_NEEDED, **named),
}


@pytest.fixture
def house() -> Lakeside:
    made = houses.lakeside()
    for tax_id in (making.OWN, making.SECOND):
        making.participates(making.affiliated(NPI, tax_id))
    return made


def asks(house: Lakeside, who: str = "fay", **wanted: Any) -> UUID:
    """A request for benefits, or for what is said."""
    return requests.make(actor=house.as_(who), wish=replace(BENEFITS, **wanted))


def row(public_id: UUID) -> Any:
    """The request's row."""
    return models.AccessRequest.objects.get(public_id=public_id)


def limits(function: Function, persona: int) -> dict[str, set[str]]:
    """The limits of the persona's last grant of the function."""
    grant = models.Grant.objects.filter(persona=persona, function=function).latest("pk")
    found: dict[str, set[str]] = {}
    for limit in grant.limits.all():
        found.setdefault(limit.dimension, set()).add(limit.value)
    return found


def grants(house: Lakeside) -> int:
    """How many grants the office's people hold."""
    return models.Grant.objects.filter(persona__office=house.office).count()


@pytest.mark.parametrize(
    "missed",
    [
        pytest.param({}, id="a_function"),
        pytest.param({"line": making.MEDI_CAL}, id="a_function_in_a_line"),
        pytest.param({"functions": (Function.ELIGIBILITY,), "tax_id": making.SECOND}, id="a_tax_id"),
        pytest.param(
            {"functions": (Function.CLAIMS_INQUIRY,), "tax_id": making.SECOND, "provider": NPI},
            id="a_tax_id_for_a_provider",
        ),
        pytest.param({"functions": (Function.BENEFITS, Function.REPORTS)}, id="several_functions"),
        pytest.param({"region": making.NORTH}, id="a_function_in_a_region"),
    ],
)
def test_what_was_closed_opens_once_it_is_approved(house: Lakeside, missed: dict[str, Any]) -> None:
    made = asks(house, **missed)
    wish = replace(BENEFITS, **missed)
    assert decide.approve(actor=house.as_("ann"), public_id=made) is False
    assert requests.missing(house.as_("fay"), wish) == {}


def test_a_yes_gives_the_place_that_was_asked_for_and_no_other(house: Lakeside) -> None:
    made = asks(house, tax_id=making.SECOND, line=making.MEDI_CAL)
    decide.approve(actor=house.as_("ann"), public_id=made)
    assert limits(Function.BENEFITS, house.persona("fay", "end_user")) == {
        "tax_id": {making.SECOND},
        "line": {making.MEDI_CAL},
    }
    where = Question(Function.BENEFITS, making.OWN)
    assert decided(house.as_("fay"), where).reasons == (Reason.TAX_ID_NOT_GRANTED,)


def test_what_was_not_asked_about_stays_as_narrow_as_it_is(house: Lakeside) -> None:
    narrow = making.a_grant(providers=(NPI,), lines=(making.HMO,), last_on=making.day(30))
    user = looking.a_user("hal.desk", making.an_end_user(narrow))
    made = requests.make(actor=making.actor(user), wish=BENEFITS)
    decide.approve(actor=house.as_("ann"), public_id=made)
    persona = making.personas_of(user)[0]
    assert limits(Function.BENEFITS, persona) == {
        "tax_id": {making.OWN},
        "provider": {NPI},
        "line": {making.HMO},
    }
    assert models.Grant.objects.get(persona=persona, function="benefits").last_on == making.day(30)


def test_somebody_with_nothing_left_gets_eligibility_besides(house: Lakeside) -> None:
    for grant in models.Grant.objects.filter(persona=house.persona("fay", "end_user")):
        granting.end_grant(actor=houses.system(), grant_id=grant.pk)
    decide.approve(actor=house.as_("ann"), public_id=asks(house))
    opened = {each.function for each in house.as_("fay").held.all if each.state == "active"}
    assert opened == {Function.ELIGIBILITY, Function.BENEFITS}


def test_nothing_is_given_to_an_end_user_persona_that_was_taken_away(house: Lakeside) -> None:
    making.the_plan_says(personas="linked")
    wish = Wish((Function.ELIGIBILITY,), wants_end_user=True)
    made = requests.make(actor=house.as_("ann"), wish=wish)
    away = {"created_at": making.NOW, "suspended_at": making.NOW}
    models.Persona.objects.create(user_id=house.ann, kind="end_user", office_id=house.office, **away)
    with pytest.raises(CannotDecide, match=decide.GONE):
        decide.approve(actor=house.as_("bea"), public_id=made)
    assert row(made).state == "open"


@pytest.mark.parametrize("how", ["over", "ended"])
def test_access_that_is_over_comes_back_no_wider_than_it_was(house: Lakeside, how: str) -> None:
    narrow = making.a_grant(providers=(NPI,), lines=(making.HMO,), last_on=making.day(30))
    user = looking.a_user("hal.desk", making.an_end_user(narrow))
    persona = making.personas_of(user)[0]
    held = models.Grant.objects.filter(persona=persona)
    if how == "over":
        held.update(last_on=making.day(-1))
    else:
        granting.end_grant(actor=houses.system(), grant_id=held.get().pk)
    made = requests.make(actor=making.actor(user), wish=BENEFITS)
    decide.approve(actor=house.as_("ann"), public_id=made)
    assert limits(Function.BENEFITS, persona) == limits(Function.ELIGIBILITY, persona) == LIMITED


LIMITED = {"tax_id": {making.OWN}, "provider": {NPI}, "line": {making.HMO}}


def test_what_was_proposed_and_never_confirmed_is_nothing_to_go_by(house: Lakeside) -> None:
    narrow = looking.a_user("hal.desk", making.an_end_user(making.a_grant(providers=(NPI,))))
    persona = making.personas_of(narrow)[0]
    held = models.Grant.objects.get(persona=persona)
    granting.end_grant(actor=houses.system(), grant_id=held.pk)
    models.Grant.objects.create(
        persona_id=persona,
        function="eligibility",
        state="ended",
        first_on=making.TODAY,
        granted_at=making.NOW,
        proposed_by=house.ann,
        ended_at=making.NOW,
    )
    made = requests.make(actor=making.actor(narrow), wish=BENEFITS)
    [eligibility, benefits] = decide.case(actor=house.as_("ann"), public_id=made).items
    assert eligibility.where == benefits.where == replace(HERE, providers=frozenset({NPI}))


HANDED_OUT: dict[str, Answer] = {
    "approve": decide.approve,
    "adjust": lambda **named: decide.adjust(
        items=(Item(Function.MANAGE_USERS, Where(frozenset({making.SECOND}))),), **named
    ),
}


@pytest.mark.parametrize("how", HANDED_OUT)
def test_an_administrator_of_a_part_gets_no_more_to_hand_out(house: Lakeside, how: str) -> None:
    managing = models.Grant.objects.get(persona=house.persona("bea"))
    managing.limits.filter(value=making.SECOND).delete()
    managing.limits.create(dimension="function", value="eligibility")
    wish = Wish((Function.MANAGE_USERS,), tax_id=making.SECOND)
    made = requests.make(actor=house.as_("bea"), wish=wish)
    HANDED_OUT[how](actor=house.as_("ann"), public_id=made)
    assert limits(Function.MANAGE_USERS, house.persona("bea")) == {
        "tax_id": {making.SECOND},
        "function": {"eligibility"},
    }


def test_a_yes_leaves_its_row_a_change_and_the_answer(house: Lakeside) -> None:
    made = asks(house)
    decide.approve(actor=house.as_("ann"), public_id=made, answer="Welcome to billing")
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("manage_users", "allowed", "access_request_approved")
    assert {("request", str(made)), ("user", str(house.fay))} <= set(subjects)
    change = models.AccessChange.objects.latest("pk")
    assert (change.kind, change.by, change.by_plan) == ("request_approved", house.ann, False)
    assert houses.notices("access_request_answered") == [(None, house.fay)]
    assert houses.notices("access_changed") == [], "one act is told once"
    assert b"billing" not in bytes(row(made).answer)
    found = views.my_own(actor=house.as_("fay"), public_id=made)
    assert (found.state, found.decided_by, found.answer) == ("approved", "Ann Admin", "Welcome to billing")
    assert [(each.function, each.tax_ids, each.state) for each in found.given] == [
        (Function.BENEFITS, (making.OWN,), "active")
    ]


def test_a_decider_reads_what_a_yes_would_give(house: Lakeside) -> None:
    case = decide.case(actor=house.as_("ann"), public_id=asks(house, tax_id=making.SECOND))
    assert [(item.function, item.where.tax_ids) for item in case.items] == [
        (Function.BENEFITS, frozenset({making.SECOND}))
    ]
    assert (case.faults, case.hindrance, case.request.who) == ((), "", "Fay Desk")
    assert Function.MANAGE_USERS not in case.offers.functions
    assert case.offers.tax_ids == (making.OWN, making.SECOND)
    assert looking.last_use()[:3] == ("manage_users", "allowed", "access_request_shown")


def test_something_else_can_be_given(house: Lakeside) -> None:
    made = asks(house, functions=(Function.CLAIM_SUBMISSION,))
    instead = Item(Function.BENEFITS, replace(HERE, last_on=making.day(10)), frozenset({making.HMO}))
    decide.adjust(actor=house.as_("bea"), public_id=made, items=(instead,))
    assert row(made).state == "adjusted"
    assert looking.last_use()[2] == "access_request_adjusted"
    actor = house.as_("fay")
    assert decided(actor, Question(Function.BENEFITS, line=making.HMO)).allowed
    assert not decided(actor, Question(Function.CLAIM_SUBMISSION)).allowed


def test_a_no_says_why_and_gives_nothing(house: Lakeside) -> None:
    made, before = asks(house), grants(house)
    decide.deny(actor=house.as_("bea"), public_id=made, why=Denial.OTHERS_DO_IT, answer="Ask Gus")
    function, _, conclusion, subjects = looking.last_use()
    assert (function, conclusion) == ("manage_users", "access_request_denied")
    assert ("why", "others_do_it") in subjects
    found = views.my_own(actor=house.as_("fay"), public_id=made)
    assert (found.state, found.decision, found.answer, found.decided_by) == (
        *("denied", "others_do_it", "Ask Gus"),
        "Bea Admin",
    )
    assert grants(house) == before
    assert houses.notices("access_request_answered") == [(None, house.fay)]


@pytest.mark.parametrize("answer", ANSWERS)
def test_nobody_decides_about_their_own(house: Lakeside, answer: str) -> None:
    made, before = asks(house, "ann", functions=(Function.PAYMENT_ENROLMENT,)), grants(house)
    with pytest.raises(CannotDecide) as refusal:
        ANSWERS[answer](actor=house.as_("ann"), public_id=made)
    assert refusal.value.code == decide.OWN
    assert looking.last_use()[1:3] == ("allowed", "own_request")
    assert (row(made).state, grants(house)) == ("open", before)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("first", ANSWERS)
def test_it_is_decided_once(house: Lakeside, first: str, answer: str) -> None:
    made = asks(house)
    ANSWERS[first](actor=house.as_("ann"), public_id=made)
    before = (row(made).state, grants(house))
    with pytest.raises(CannotDecide) as refusal:
        ANSWERS[answer](actor=house.as_("bea"), public_id=made)
    assert refusal.value.code == decide.OVER
    assert looking.last_use()[2] == "not_open"
    assert (row(made).state, grants(house)) == before


@pytest.mark.parametrize("answer", [*ANSWERS, "case"])
@pytest.mark.parametrize("who", ["hil", "sue"])
def test_a_request_out_of_reach_is_as_unknown_as_nobodys(house: Lakeside, answer: str, who: str) -> None:
    making.an_office(making.HILLCREST, making.FOREIGN)
    managing = making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,))
    hil = looking.a_user("hil.admin", making.an_administrator(managing, office=making.HILLCREST))
    actor = house.as_("sue") if who == "sue" else replace(making.actor(hil), account=house.as_("ann").account)
    act = ANSWERS.get(answer, decide.case)
    for number in (asks(house), uuid4()):
        with pytest.raises(UnknownRequest):
            act(actor=actor, public_id=number)
        assert looking.last_use()[1:] == ("allowed", "not_found", [])


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_end_user_answers_nobody(house: Lakeside, answer: str) -> None:
    made = asks(house)
    with pytest.raises(NotPermitted):
        ANSWERS[answer](actor=house.as_("gus"), public_id=made)
    assert looking.last_use()[:2] == ("manage_users", "denied")


@pytest.mark.parametrize("answer", ANSWERS)
def test_whoever_answers_showed_lately_who_they_are(house: Lakeside, answer: str) -> None:
    made = asks(house)
    with pytest.raises(NotPermitted) as refusal:
        ANSWERS[answer](actor=house.as_("ann", lately=False), public_id=made)
    assert refusal.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)
    assert row(made).state == "open"


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_points_at_a_patient_is_not_taken(house: Lakeside, answer: str) -> None:
    made = asks(house)
    with pytest.raises(HoldsPatients):
        ANSWERS[answer](actor=house.as_("ann"), public_id=made, answer="See member ID NLH88420193")
    assert looking.last_use()[2] == "answer_holds_patients"
    assert row(made).state == "open"


@pytest.mark.parametrize(
    "managing",
    [
        pytest.param({"tax_ids": (making.OWN,)}, id="another_tax_id"),
        pytest.param({"lines": (making.HMO,), "tax_ids": (making.OWN, making.SECOND)}, id="another_line"),
    ],
)
def test_nobody_gives_what_is_beyond_their_own_ceiling(house: Lakeside, managing: dict[str, Any]) -> None:
    narrow = making.a_grant(Function.MANAGE_USERS, **managing)
    cyd = looking.a_user("cyd.admin", making.an_administrator(narrow))
    actor = replace(making.actor(cyd), account=house.as_("ann").account)
    made, before = asks(house, tax_id=making.SECOND, line=making.MEDI_CAL), grants(house)
    assert decide.case(actor=actor, public_id=made).faults
    with pytest.raises(BeyondCeiling):
        decide.approve(actor=actor, public_id=made)
    assert looking.last_use()[1:3] == ("allowed", "beyond_ceiling")
    assert (row(made).state, grants(house)) == ("open", before)


def test_something_else_is_checked_against_the_ceiling_too(house: Lakeside) -> None:
    made = asks(house)
    foreign = Item(Function.BENEFITS, Where(frozenset({making.FOREIGN})))
    with pytest.raises((BeyondCeiling, CannotGive)):
        decide.adjust(actor=house.as_("ann"), public_id=made, items=(foreign,))
    assert row(made).state == "open"


def test_what_this_persona_cannot_hold_is_not_given(house: Lakeside) -> None:
    made = asks(house)
    managing = Item(Function.MANAGE_USERS, HERE)
    with pytest.raises(CannotGive):
        decide.adjust(actor=house.as_("ann"), public_id=made, items=(managing,))
    assert row(made).state == "open"


@pytest.mark.parametrize("gone", ["persona", "account"])
def test_nothing_is_given_to_whoever_is_gone(house: Lakeside, gone: str) -> None:
    made = asks(house)
    if gone == "account":
        houses.disable(house, "fay")
    else:
        persona = house.persona("fay", "end_user")
        granting.suspend_persona(actor=houses.system(), persona_id=persona)
    with pytest.raises(CannotDecide) as refusal:
        decide.approve(actor=house.as_("ann"), public_id=made)
    assert refusal.value.code == decide.GONE
    decide.deny(actor=house.as_("ann"), public_id=made, why=Denial.NOT_NEEDED)
    assert row(made).state == "denied"


def test_somebody_who_works_elsewhere_too_is_given_what_they_miss_here(house: Lakeside) -> None:
    making.an_office(making.HILLCREST, making.FOREIGN)
    there = making.a_grant(tax_ids=(making.FOREIGN,))
    user = looking.a_user(
        "ida.both", making.an_end_user(making.a_grant()), making.an_end_user(there, office=making.HILLCREST)
    )
    persona = making.personas_of(user)[0]
    made = requests.make(actor=making.actor(user, persona), wish=BENEFITS)
    decide.approve(actor=house.as_("ann"), public_id=made)
    assert decided(making.actor(user, persona), Question(Function.BENEFITS)).allowed


def test_an_administrator_gets_an_end_user_persona_from_another(house: Lakeside) -> None:
    made = asks(house, "ann", wants_end_user=True)
    decide.approve(actor=house.as_("bea"), public_id=made)
    actor = house.as_("ann", kind="end_user")
    assert actor.persona_kind is PersonaKind.END_USER
    assert decided(actor, Question(Function.BENEFITS)).allowed
    assert decided(actor, Question(Function.ELIGIBILITY)).allowed
    assert decided(house.as_("ann", kind="administrator"), Question(Function.BENEFITS)).reasons == (
        Reason.ADMINISTRATOR_HAS_NO_PHI,
    )


def test_no_persona_is_made_where_the_plan_wants_two_accounts(house: Lakeside) -> None:
    made = asks(house, "ann", wants_end_user=True)
    the_plan_says(personas="separate")
    assert decide.case(actor=house.as_("bea"), public_id=made).hindrance == decide.SEPARATE
    with pytest.raises(CannotDecide):
        decide.approve(actor=house.as_("bea"), public_id=made)
    assert models.Persona.objects.filter(user_id=house.ann).count() == 1


def test_where_somebody_confirms_what_is_given_is_a_proposal(house: Lakeside) -> None:
    the_plan_says(confirmed_by="administrator")
    made = asks(house)
    assert decide.approve(actor=house.as_("ann"), public_id=made) is True
    assert decided(house.as_("fay"), Question(Function.BENEFITS)).reasons == (Reason.GRANT_PROPOSED,)
    assert [each["state"] for each in row(made).granted] == ["proposed"]


def test_the_plan_decides_what_lies_with_it(house: Lakeside) -> None:
    houses.suspend(house, "bea")
    made = asks(house, "ann", functions=(Function.PAYMENT_ENROLMENT,))
    decide.approve(actor=house.as_("sue"), public_id=made)
    assert looking.last_use()[0::2][:2] == ("provisioning", "access_request_approved")
    assert models.AccessChange.objects.latest("pk").by_plan is True
    found = views.my_own(actor=house.as_("ann"), public_id=made)
    assert (found.state, found.decided_by) == ("approved", "")


def test_an_administrator_still_decides_what_lies_with_the_plan(house: Lakeside) -> None:
    made = asks(house)
    models.AccessRequest.objects.update(step="plan")
    decide.approve(actor=house.as_("bea", after=timedelta(days=2)), public_id=made)
    assert row(made).state == "approved"
