"""An office lets a billing company work under its tax IDs: who may, what, and what it leaves behind."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from portico.domains.access import models
from portico.domains.access.clients import giving, keeping, received, rows
from portico.domains.access.clients.rules import ALWAYS, Ending, State
from portico.domains.access.delegating import ceiling
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.tests import houses, lending, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.access.tests.lending import CLAIMS, TALLY, TALLYS, conclusion, give, terms, tia
from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people
from tests.support import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Lakeside:
    """Lakeside with its people, Hillcrest, and a billing company that Tia administers."""
    return lending.a_house()


def test_a_billing_company_is_found_by_exactly_its_tax_id(house: Lakeside) -> None:
    ann = house.as_("ann")
    assert giving.find(actor=ann, tax_id=TALLYS) == giving.Company("Tally House", TALLYS)
    assert world.uses()[-1].conclusion == "billing_company_found"
    for other in (making.FOREIGN, making.OWN, "160000000", TALLYS[:8], ""):
        assert giving.find(actor=ann, tax_id=other) is None
        assert world.uses()[-1].conclusion == "no_billing_company_found"


def test_what_is_given_is_a_row_for_each_tax_id_with_eligibility(house: Lakeside) -> None:
    made = give(house.as_("ann"), making.OWN, making.SECOND, lines=frozenset({making.HMO}))
    assert [(row.tax_id, row.functions, row.lines) for row in made] == [
        (making.OWN, f"{ALWAYS} {CLAIMS}", making.HMO),
        (making.SECOND, f"{ALWAYS} {CLAIMS}", making.HMO),
    ]
    assert {(row.client_id, row.made_by, row.ended_at) for row in made} == {(house.office, house.ann, None)}
    said, subjects = conclusion()
    assert said == "client_access_given"
    assert {("client_grant", str(row.public_id)) for row in made} <= subjects
    assert ("office", str(made[0].biller_id)) in subjects


CANNOT: dict[str, tuple[dict[str, Any], str]] = {
    "no_tax_id": ({"tax_ids": frozenset()}, "no_tax_id"),
    "anothers_tax_id": ({"tax_ids": frozenset({making.FOREIGN})}, "unknown_tax_id"),
    "managing_users": ({"functions": frozenset({Function.MANAGE_USERS})}, "not_for_billing_companies"),
    "payments": ({"functions": frozenset({Function.PAYMENT_ENROLMENT})}, "not_for_billing_companies"),
    "a_desks": ({"functions": frozenset({Function.PROVISIONING})}, "not_for_billing_companies"),
    "no_line": ({"lines": frozenset()}, "no_line"),
    "unknown_line": ({"lines": frozenset({"nowhere"})}, "unknown_line"),
    "yesterday": ({"first_on": making.day(-1)}, "begins_in_the_past"),
    "ends_first": ({"first_on": making.day(2), "last_on": making.day(1)}, "ends_before_it_begins"),
}


@pytest.mark.parametrize(("changes", "code"), CANNOT.values(), ids=CANNOT)
def test_what_no_office_can_give_is_not_given(house: Lakeside, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(CannotGive) as refused:
        giving.give(actor=house.as_("ann"), company=TALLYS, terms=replace(terms(), **changes))
    assert refused.value.code == code
    assert world.uses()[-1].conclusion == code
    assert not models.ClientGrant.objects.exists()


@pytest.mark.parametrize("company", [making.FOREIGN, making.OWN, "160000000"], ids=["other", "own", "nobody"])
def test_only_a_billing_company_is_given_anything(house: Lakeside, company: str) -> None:
    with pytest.raises(CannotGive, match="unknown_company"):
        give(house.as_("ann"), company=company)
    assert not models.ClientGrant.objects.exists()


def test_an_administrator_gives_no_more_than_they_may_hand_out(house: Lakeside) -> None:
    narrow = making.a_grant(
        Function.MANAGE_USERS, lines=(making.HMO,), last_on=making.day(30), hands_out=(Function.ELIGIBILITY,)
    )
    cal = making.actor(making.a_person(making.an_administrator(narrow), username="cal.admin"))
    cal = replace(cal, account=replace(cal.account, proven_lately=True))
    within: dict[str, Any] = {
        "functions": frozenset[Function](),
        "lines": frozenset({making.HMO}),
        "last_on": making.day(30),
    }
    beyond: list[tuple[tuple[str, ...], dict[str, Any]]] = [
        ((making.SECOND,), {}),
        ((making.OWN,), {"functions": frozenset({CLAIMS})}),
        ((making.OWN,), {"lines": None}),
        ((making.OWN,), {"last_on": None}),
    ]
    for tax_ids, changes in beyond:
        with pytest.raises(BeyondCeiling):
            give(cal, *tax_ids, **{**within, **changes})
        assert world.uses()[-1].conclusion == "beyond_ceiling"
    assert not models.ClientGrant.objects.exists()
    assert give(cal, **within)


@pytest.mark.parametrize("who", ["fay", "sue"])
def test_nobody_but_an_administrator_gives_or_ends(house: Lakeside, who: str) -> None:
    [row] = give(house.as_("ann"))
    with pytest.raises(NotPermitted):
        give(house.as_(who), making.SECOND)
    with pytest.raises(NotPermitted):
        giving.end(actor=house.as_(who), public_id=row.public_id)
    assert models.ClientGrant.objects.get().ended_at is None


def test_giving_asks_who_it_is_and_taking_back_does_not(house: Lakeside) -> None:
    [row] = give(house.as_("ann"))
    with pytest.raises(NotPermitted):
        give(house.as_("ann", lately=False), making.SECOND)
    assert giving.end(actor=house.as_("ann", lately=False), public_id=row.public_id)


def test_what_is_taken_back_is_over_at_once_and_once(house: Lakeside) -> None:
    [row] = give(house.as_("ann"))
    assert giving.end(actor=house.as_("bea"), public_id=row.public_id)
    said, subjects = conclusion()
    assert (said, ("client_grant", str(row.public_id)) in subjects) == ("client_access_ended", True)
    row.refresh_from_db()
    assert (row.ended_at, row.ended_by, row.ending) == (making.NOW, house.bea, Ending.CLIENT)
    assert not giving.end(actor=house.as_("ann"), public_id=row.public_id)
    assert world.uses()[-1].conclusion == "already_so"


def test_what_another_office_gave_is_as_unknown_as_what_nobody_gave(house: Lakeside) -> None:
    hil = making.an_administrator(
        making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,)), office=making.HILLCREST
    )
    hal = making.actor(making.a_person(hil, username="hal.admin"))
    [row] = give(house.as_("ann"))
    for number in (row.public_id, uuid4()):
        with pytest.raises(giving.UnknownGrant):
            giving.end(actor=hal, public_id=number)
        with pytest.raises(giving.UnknownGrant):
            received.give_up(actor=hal, public_id=number)
        assert world.uses()[-1].conclusion == "not_found"
    assert not giving.listed(actor=hal).rows
    assert not received.listed(actor=hal).rows


def test_given_twice_alike_it_is_one_and_otherwise_takes_its_place(house: Lakeside) -> None:
    [row] = give(house.as_("ann"))
    assert [each.pk for each in give(house.as_("ann"))] == [row.pk]
    [wider] = give(house.as_("ann"), functions=frozenset({CLAIMS, Function.REMITTANCE}))
    row.refresh_from_db()
    assert (row.ending, wider.ended_at) == (Ending.REPLACED, None)
    with pytest.raises(CannotGive, match="runs_already"):
        give(house.as_("ann"), first_on=making.day(5))
    assert models.ClientGrant.objects.get(ended_at=None).pk == wider.pk


def move(tax_id: str, key: str) -> None:
    """The provider file gives the tax ID to another office."""
    office = apps.get_model("offices", "Office").objects.get(key=key)
    apps.get_model("offices", "TaxId").objects.filter(number=tax_id).update(office=office)


def test_a_tax_id_that_moved_is_the_new_offices_to_give_and_the_old_permission_ends(house: Lakeside) -> None:
    [row] = give(house.as_("ann"))
    move(making.OWN, making.HILLCREST)
    hil = making.an_administrator(
        making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN, making.OWN)), office=making.HILLCREST
    )
    hal = making.actor(making.a_person(hil, username="hal.admin"))
    hal = replace(hal, account=replace(hal.account, proven_lately=True))
    [new] = give(hal)
    row.refresh_from_db()
    assert (row.ending, new.ended_at, new.tax_id) == (Ending.MOVED, None, row.tax_id)


def test_what_is_over_by_itself_gets_an_end_and_never_comes_back(house: Lakeside) -> None:
    [moved, _] = give(house.as_("ann"), making.OWN, making.SECOND, last_on=making.day(3))
    move(making.OWN, making.HILLCREST)
    assert keeping.keep(actor=people.system()) == 1
    assert keeping.keep(actor=people.system()) == 0
    move(making.OWN, making.LAKESIDE)
    office = offices.find(TALLY)
    assert ceiling.client_tax_ids(office.id, on=making.TODAY) == {making.SECOND}
    assert keeping.keep(actor=houses.system(after=timedelta(days=4))) == 1
    endings = {row.tax_id: row.ending for row in models.ClientGrant.objects.all()}
    assert endings == {making.OWN: Ending.MOVED, making.SECOND: Ending.LAST_DAY}
    assert moved.tax_id == making.OWN


def test_a_tax_id_the_client_lost_is_not_handed_on(house: Lakeside) -> None:
    give(house.as_("ann"))
    office = offices.find(TALLY)
    assert ceiling.client_tax_ids(office.id, on=making.TODAY) == {making.OWN}
    move(making.OWN, making.HILLCREST)
    assert not ceiling.client_tax_ids(office.id, on=making.TODAY)


def test_both_sides_are_told_but_not_whoever_did_it(house: Lakeside) -> None:
    actor = tia()
    [row] = give(house.as_("ann"))
    assert houses.notices(rows.TO_CLIENT) == [(None, house.bea)]
    assert houses.notices(rows.TO_BILLER) == [(None, actor.user_id)]
    received.give_up(actor=actor, public_id=row.public_id)
    assert houses.notices(rows.TO_CLIENT) == [(None, each) for each in (house.bea, house.ann, house.bea)]
    assert houses.notices(rows.TO_BILLER) == [(None, actor.user_id)]


def test_both_sides_see_the_same_row(house: Lakeside) -> None:
    give(house.as_("ann"), lines=frozenset({making.HMO}), last_on=making.day(9))
    [given] = giving.listed(actor=house.as_("ann")).rows
    [taken] = received.listed(actor=tia()).rows
    assert given == taken
    assert (given.client, given.biller, given.state) == ("Lakeside", "Tally House", State.RUNNING)
    assert given.functions == (ALWAYS, CLAIMS)
    assert given.is_open


def test_a_billing_company_gives_a_client_up(house: Lakeside) -> None:
    [row] = give(house.as_("ann"))
    assert received.give_up(actor=tia(), public_id=row.public_id)
    assert world.uses()[-1].conclusion == "client_given_up"
    row.refresh_from_db()
    assert row.ending == Ending.BILLER


def test_lists_come_in_pages(house: Lakeside) -> None:
    give(house.as_("ann"), making.OWN, making.SECOND)
    first = giving.listed(actor=house.as_("ann"), size=1)
    rest = giving.listed(actor=house.as_("ann"), key=first.next_key or "", size=1)
    assert [row.tax_id for row in (*first.rows, *rest.rows)] == [making.SECOND, making.OWN]
    assert not rest.next_key


def test_the_form_says_what_cannot_be_handed_out(house: Lakeside) -> None:
    form = giving.form(actor=house.as_("ann"))
    assert {each.code: each.why for each in form.tax_ids} == {
        making.OWN: "",
        making.SECOND: "",
    }
    offered = {each.code: each.why for each in form.functions}
    assert offered[ALWAYS] == "always_on"
    assert not {Function.MANAGE_USERS, Function.PAYMENT_ENROLMENT} & set(offered)
