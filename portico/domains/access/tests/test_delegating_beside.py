"""One grant by itself: ended, given beside what is held, and under the tax ID of a client."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, models
from portico.domains.access.delegating import changing
from portico.domains.access.delegating.acting import act
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.delegating.sets import Item, Where
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import HMO, House, managing
from portico.domains.permits.functions import GRANTABLE, Function
from tests.support import actors as people

pytestmark = pytest.mark.django_db

ELIGIBILITY, BENEFITS, REMITTANCE = Function.ELIGIBILITY, Function.BENEFITS, Function.REMITTANCE


@pytest.fixture
def house() -> House:
    return handing.a_house()


def kept(persona_id: int) -> list[tuple[str, str]]:
    """Every grant of the persona with its state, in order."""
    rows = models.Grant.objects.filter(persona=persona_id).order_by("pk")
    return list(rows.values_list("function", "state"))


# ---------------------------------------------------------------- one grant


def beside(house: House, function: Function = REMITTANCE) -> int:
    """A grant of Fay's that is none of her set."""
    new = making.a_grant(function, tax_ids=(making.SECOND,))
    return granting.add_grant(actor=house.as_("joe"), persona_id=house.persona("fay"), new=new)


def test_one_grant_is_ended_by_itself(house: House) -> None:
    fay, number = house.persona("fay"), beside(house)
    assert changing.end_one(actor=house.as_("ann"), grant_id=number)
    assert looking.last_use()[2:] == (
        "access_ended",
        [("user", str(house["fay"])), ("persona", str(fay)), ("grant", str(number))],
    )
    assert handing.functions(handing.held(fay).running) == ["eligibility"]
    assert handing.changes(fay) == [("ended", house["ann"], False)]
    assert not changing.end_one(actor=house.as_("ann"), grant_id=number)
    assert looking.last_use()[2] == "nothing_to_end"


def test_what_a_set_hangs_on_is_not_ended_by_itself(house: House) -> None:
    [main] = handing.held(house.persona("fay")).grants
    with pytest.raises(CannotGive) as refused:
        changing.end_one(actor=house.as_("ann"), grant_id=main.grant_id)
    assert refused.value.code == looking.last_use()[2] == "always_on"


def test_one_grant_beyond_the_ceiling_is_not_ended(house: House) -> None:
    number = beside(house)
    with pytest.raises(BeyondCeiling):
        changing.end_one(actor=house.as_("bea"), grant_id=number)
    assert number in {each.grant_id for each in handing.held(house.persona("fay")).running}


def test_what_names_a_tax_id_the_office_has_lost_is_ended_by_any_administrator(house: House) -> None:
    number = beside(house)
    apps.get_model("offices", "TaxId").objects.filter(number=making.SECOND).update(office=None)
    assert changing.end_one(actor=house.as_("bea"), grant_id=number)


def test_a_machines_grant_is_nobodys_here(house: House) -> None:
    making.a_partner(making.a_grant())
    grant = models.Grant.objects.get(machine__isnull=False)
    for who in ("ann", "joe"):
        with pytest.raises(UnknownPerson):
            changing.end_one(actor=house.as_(who), grant_id=grant.pk)
    grant.refresh_from_db()
    assert grant.state == "active"


# ---------------------------------------------------------------- beside what is held


def test_something_is_given_beside_what_is_held_within_anothers_permit(house: House) -> None:
    fay, item = house.persona("fay"), Item(REMITTANCE, Where(frozenset({making.SECOND})))
    with act(house.as_("ann")) as given:
        written = changing.add(given, persona_id=fay, items=[item], kind="requested")
        given.conclude("request_approved")
    assert looking.last_use()[2] == "request_approved"
    found = handing.held(fay)
    assert [each.item for each in found.more] == [item]
    assert written.grants == (found.more[0].grant_id,)
    assert handing.changes(fay) == [("requested", house["ann"], False)]


def test_what_is_held_already_is_not_given_twice(house: House) -> None:
    fay, item = house.persona("fay"), Item(ELIGIBILITY, Where(handing.OWN), HMO)
    with act(house.as_("ann")) as given:
        written = changing.add(given, persona_id=fay, items=[item])
    assert written.grants == ()
    assert kept(fay) == [("eligibility", "active")]


def test_nor_is_anything_beyond_the_ceiling(house: House) -> None:
    fay, item = house.persona("fay"), Item(REMITTANCE, Where(handing.OWN))
    with pytest.raises(BeyondCeiling), act(house.as_("bea")) as given:
        changing.add(given, persona_id=fay, items=[item])
    assert kept(fay) == [("eligibility", "active")]


# ---------------------------------------------------------------- clients


def test_a_billing_companys_administrator_hands_out_what_its_client_gave(house: House) -> None:
    handing.a_client(ELIGIBILITY, REMITTANCE, lines=making.HMO)
    fay, tax_id = house.persona("fay"), frozenset({handing.CLIENT_TAX_ID})
    item = Item(REMITTANCE, Where(tax_id), HMO)
    with act(house.as_("ann")) as given:
        changing.add(given, persona_id=fay, items=[item])
    assert [each.item for each in handing.held(fay).more] == [item]


@pytest.mark.parametrize(
    ("who", "item"),
    [
        ("ann", Item(BENEFITS, Where(frozenset({handing.CLIENT_TAX_ID})), HMO)),
        ("ann", Item(REMITTANCE, Where(frozenset({handing.CLIENT_TAX_ID})))),
        ("ann", Item(ELIGIBILITY, Where(frozenset({handing.CLIENT_TAX_ID})), frozenset({making.MEDI_CAL}))),
        ("bea", Item(REMITTANCE, Where(frozenset({handing.CLIENT_TAX_ID}), last_on=handing.YEAR_END), HMO)),
        ("joe", Item(BENEFITS, Where(frozenset({handing.CLIENT_TAX_ID})), HMO)),
    ],
    ids=["another_function", "every_line", "another_line", "beyond_the_administrator", "by_the_plan"],
)
def test_and_nothing_beyond_that(house: House, who: str, item: Item) -> None:
    handing.a_client(ELIGIBILITY, REMITTANCE, lines=making.HMO)
    with pytest.raises(BeyondCeiling), act(house.as_(who)) as given:
        changing.add(given, persona_id=house.persona("fay"), items=[item])
    assert kept(house.persona("fay")) == [("eligibility", "active")]


@pytest.mark.parametrize(
    "ended",
    [
        {"ended_at": people.NOW, "ending": "client"},
        {"last_on": people.TODAY - timedelta(days=1)},
        {"first_on": people.TODAY + timedelta(days=1)},
    ],
    ids=["taken_back", "over", "ahead"],
)
def test_what_a_client_gives_no_more_is_nothing_the_office_holds(house: House, ended: dict[str, Any]) -> None:
    handing.a_client(ELIGIBILITY, **ended)
    item = Item(ELIGIBILITY, Where(frozenset({handing.CLIENT_TAX_ID})))
    with pytest.raises(CannotGive) as refused, act(house.as_("ann")) as given:
        changing.add(given, persona_id=house.persona("fay"), items=[item])
    assert refused.value.code == "unknown_tax_id"


def test_an_administrator_manages_no_clients_users(house: House) -> None:
    handing.a_client(*GRANTABLE)
    tax_ids = frozenset({making.OWN, handing.CLIENT_TAX_ID})
    with pytest.raises((BeyondCeiling, CannotGive)):
        changing.change(
            actor=house.as_("ann"), persona_id=house.persona("cal"), access=managing(where=Where(tax_ids))
        )
