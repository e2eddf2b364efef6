"""What a client gave: handed on by the company's administrator and never more, asked for, worked with."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import actors, models
from portico.domains.access.asking import decide as deciding
from portico.domains.access.asking import requests
from portico.domains.access.asking.requests import CannotAsk, Wish
from portico.domains.access.asking.rules import Cannot
from portico.domains.access.clients import giving, working
from portico.domains.access.delegating import changing, creating
from portico.domains.access.delegating.creating import NewPerson
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.delegating.sets import AccessSet, AdministratorSet, Item, Where
from portico.domains.access.tests import lending, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.access.tests.lending import CLAIMS, TALLYS, a_clerk, conclusion, give
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from tests.support import world

pytestmark = pytest.mark.django_db

LASTS = making.day(30)
WHERE = Where(frozenset({making.OWN}), last_on=LASTS)
HMO = frozenset({making.HMO})
WHO = NewPerson("Clem", "Tally", "clem@tally.example.org")


@pytest.fixture
def house() -> Lakeside:
    """Lakeside with its people, Hillcrest, and a billing company."""
    return lending.a_house()


@pytest.fixture
def tia(house: Lakeside) -> Actor:
    """The company's administrator; Lakeside gave claims in one line, for a month."""
    give(house.as_("ann"), lines=HMO, last_on=LASTS)
    making.participates(making.affiliated(making.NPI, making.OWN))
    found = lending.tia()
    return replace(found, account=replace(found.account, proven_lately=True))


def test_what_a_client_gave_is_handed_on_to_a_new_person(tia: Actor) -> None:
    made = creating.create(
        actor=tia, person=WHO, access=AccessSet(WHERE, {CLAIMS: HMO, Function.ELIGIBILITY: HMO})
    )
    held = models.Grant.objects.filter(persona=made.persona_id)
    assert set(held.values_list("function", "last_on")) == {(CLAIMS, LASTS), ("eligibility", LASTS)}


BEYOND: dict[str, tuple[Where, dict[Function, frozenset[str] | None]]] = {
    "another_function": (WHERE, {Function.REMITTANCE: HMO}),
    "every_line": (WHERE, {CLAIMS: None}),
    "another_line": (WHERE, {CLAIMS: frozenset({making.MEDI_CAL})}),
    "a_day_longer": (replace(WHERE, last_on=LASTS + timedelta(days=1)), {CLAIMS: HMO}),
    "without_an_end": (replace(WHERE, last_on=None), {CLAIMS: HMO}),
    "a_tax_id_of_the_client_not_given": (replace(WHERE, tax_ids=frozenset({making.SECOND})), {CLAIMS: HMO}),
    "a_strangers_tax_id_beside": (
        replace(WHERE, tax_ids=frozenset({making.OWN, making.FOREIGN})),
        {CLAIMS: HMO},
    ),
}


@pytest.mark.parametrize(("where", "functions"), BEYOND.values(), ids=BEYOND)
def test_nothing_beyond_what_the_client_gave_is_handed_on(
    tia: Actor, where: Where, functions: dict[Function, frozenset[str] | None]
) -> None:
    access = AccessSet(where, {Function.ELIGIBILITY: HMO, **functions})
    before = models.Grant.objects.count()
    with pytest.raises((BeyondCeiling, CannotGive)):
        creating.create(actor=tia, person=WHO, access=access)
    clerk = a_clerk(TALLYS)
    with pytest.raises((BeyondCeiling, CannotGive)):
        changing.change(actor=tia, persona_id=clerk.persona_id or 0, access=access)
    assert models.Grant.objects.count() == before + 1


def test_no_administrator_is_made_over_a_clients_people(tia: Actor) -> None:
    with pytest.raises((BeyondCeiling, CannotGive)):
        creating.create(actor=tia, person=WHO, access=AdministratorSet(WHERE))


@pytest.mark.parametrize("over", ["ended", "last_day"])
def test_what_is_over_is_handed_on_to_nobody(tia: Actor, house: Lakeside, over: str) -> None:
    row = models.ClientGrant.objects.get()
    if over == "ended":
        giving.end(actor=house.as_("ann"), public_id=row.public_id)
    else:
        models.ClientGrant.objects.update(first_on=making.day(-9), last_on=making.day(-1))
    with pytest.raises(CannotGive, match="unknown_tax_id"):
        creating.create(
            actor=tia, person=WHO, access=AccessSet(WHERE, {CLAIMS: HMO, Function.ELIGIBILITY: HMO})
        )


def test_a_client_that_gives_less_takes_it_from_who_holds_more(tia: Actor, house: Lakeside) -> None:
    access = AccessSet(WHERE, {CLAIMS: HMO, Function.ELIGIBILITY: HMO})
    made = creating.create(actor=tia, person=WHO, access=access)
    give(house.as_("ann"), functions=frozenset[Function](), lines=HMO, last_on=LASTS)
    clem = on(made.user_id, house.office)
    assert decide(clem, Question(CLAIMS, making.OWN, making.HMO)).reasons == (
        Reason.VERIFICATION_REQUIRED,
        Reason.CLIENT_DID_NOT_GIVE,
    )


def on(user_id: int, side: int) -> Actor:
    """The person at work for that office; who was invited has come in."""
    users = apps.get_model("accounts", "User").objects.filter(pk=user_id)
    users.update(activated_at=making.NOW, state="active")
    epoch = users.values_list("session_epoch", flat=True).get()
    session = actors.Session(user_id, None, True, epoch, making.NOW, side)
    found = actors.for_session(session, asked_at=making.NOW, today=making.TODAY)
    assert found is not None
    return found


# ---------------------------------------------------------------- asked for


def wish(function: Function = CLAIMS, **changes: Any) -> Wish:
    """To do that for Lakeside."""
    return Wish((function,), **{"tax_id": making.OWN, "line": making.HMO, **changes})


def test_somebody_asks_for_a_client_on_its_side_and_is_given_it_until_its_last_day(
    tia: Actor, house: Lakeside
) -> None:
    clerk = a_clerk(TALLYS)
    here = on(clerk.user_id or 0, house.office)
    number = requests.make(actor=here, wish=wish(Function.ELIGIBILITY))
    with pytest.raises(BeyondCeiling):
        deciding.approve(actor=tia, public_id=number)
    item = Item(Function.ELIGIBILITY, WHERE, HMO)
    deciding.adjust(actor=tia, public_id=number, items=[item])
    assert decide(
        on(clerk.user_id or 0, house.office), Question(Function.ELIGIBILITY, making.OWN, making.HMO)
    ).allowed


def test_what_the_client_did_not_give_is_no_ones_to_ask_for_here(tia: Actor, house: Lakeside) -> None:
    del tia
    clerk = a_clerk(TALLYS)
    with pytest.raises(CannotAsk) as refused:
        requests.make(actor=on(clerk.user_id or 0, house.office), wish=wish(Function.REMITTANCE))
    assert refused.value.why is Cannot.NOT_BY_GRANT


# ---------------------------------------------------------------- worked with


def test_whoever_has_clients_chooses_between_them_and_the_own_office(house: Lakeside) -> None:
    give(house.as_("ann"))
    actor = a_clerk(TALLYS, making.OWN)
    shown = working.sides(actor=actor)
    assert [(side.name, side.is_own) for side in shown] == [("Tally House", True), ("Lakeside", False)]
    assert sum(side.is_current for side in shown) == 1
    assert working.current(actor) == next(side.name for side in shown if side.is_current)
    assert working.switch(actor=actor, office_id=house.office)
    assert conclusion() == ("side_switched", {("office", str(house.office))})


def test_nobody_works_for_an_office_that_gave_nothing(house: Lakeside) -> None:
    give(house.as_("ann"))
    stranger = offices.find(making.HILLCREST).id
    assert not working.switch(actor=a_clerk(TALLYS), office_id=stranger)
    assert world.uses()[-1].conclusion == "side_not_own"


def test_whoever_has_no_client_has_nothing_to_choose(house: Lakeside) -> None:
    actor = house.as_("fay")
    assert working.sides(actor=actor) == ()
    assert working.current(actor) == ""
    assert not working.switch(actor=actor, office_id=house.office)
