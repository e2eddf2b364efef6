"""Finding people and reading how far they are: from the plan's side, and from an office's."""

from datetime import timedelta

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.access import looking_after, people
from portico.domains.access.people import Sought, UnknownPerson
from portico.domains.access.tests import looking, making
from portico.domains.access.tests.looking import OFFICE, PLAN, House
from portico.domains.accounts.joining.provisioning_rules import Standing, Step, Stuck
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import FixedBy
from tests.support import actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return looking.a_house()


def found(
    house: House, who: str = "joe", function: Function = PLAN, office: str = "", **sought: str
) -> list[str]:
    page = people.page(actor=house.as_(who), function=function, sought=Sought(**sought), office=office)
    return [listed.row.username for listed in page.rows]


EVERYBODY = ["sue.support", "olga.ops", "joe.ops", "hil.admin", "bea.admin", "ann.admin", "fay.desk"]
LAKESIDE = ["bea.admin", "ann.admin", "fay.desk"]


def test_the_plan_finds_everybody_the_newest_first(house: House) -> None:
    assert found(house) == EVERYBODY
    assert looking.last_use() == ("provisioning", "allowed", "people_listed", [])


def test_an_administrator_finds_the_people_of_the_own_office(house: House) -> None:
    assert found(house, "ann", OFFICE) == LAKESIDE
    assert found(house, "hill", OFFICE) == ["hil.admin"]
    assert found(house, "hill", OFFICE, text="fay") == []
    assert found(house, "hill", OFFICE, office="lakeside") == ["hil.admin"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("FAY", ["fay.desk"]),
        ("admin ann", ["ann.admin"]),
        ("fay.desk@example.org", ["fay.desk"]),
        ("@example.org", []),
        ("nobody", []),
        ("%", []),
    ],
    ids=["username", "words_in_any_order", "mail", "part_of_a_mail", "nobody", "wildcard"],
)
def test_people_are_found_by_name_username_and_mail(house: House, text: str, names: list[str]) -> None:
    assert found(house, text=text) == names


@pytest.mark.parametrize(("office", "names"), [("LAKE", LAKESIDE), ("hillcrest", ["hil.admin"]), ("x", [])])
def test_the_plan_looks_by_office(house: House, office: str, names: list[str]) -> None:
    assert found(house, office=office) == names


def test_people_are_found_by_how_they_stand(house: House) -> None:
    ivy, over = (looking.an_invited_user(name, making.an_end_user()) for name in ("ivy.new", "ian.late"))
    apps.get_model("accounts", "Invitation").objects.filter(user_id=over).update(expires_at=actors.NOW)
    looking.suspend(house.fay)
    looking.change(house.bea, state="disabled")
    looking.change(house.hill, state="pending")
    wanted = {
        Standing.INVITED: ["ivy.new"],
        Standing.INVITATION_OVER: ["ian.late"],
        Standing.SUSPENDED: ["fay.desk"],
        Standing.DISABLED: ["bea.admin"],
        Standing.PENDING: ["hil.admin"],
        Standing.ACTIVE: ["sue.support", "olga.ops", "joe.ops", "ann.admin"],
        Standing.LOCKED: [],
    }
    assert {each: found(house, standing=each) for each in wanted} == wanted
    assert ivy != over


def test_a_lock_is_told_with_its_end(house: House) -> None:
    looking.lock(house.fay)
    looking.lock(house.bea, 100)
    page = people.page(actor=house.as_("ann"), function=OFFICE)
    assert [(listed.row.standing, listed.row.until) for listed in page.rows] == [
        (Standing.LOCKED, None),
        (Standing.ACTIVE, None),
        (Standing.LOCKED, actors.NOW + timedelta(minutes=15)),
    ]


def test_pages_follow_each_other_by_key(house: House) -> None:
    names: list[str] = []
    key: str | None = ""
    while key is not None:
        page = people.page(actor=house.as_("joe"), function=PLAN, key=key, size=3)
        names += [listed.row.username for listed in page.rows]
        key = page.next_key
    assert names == EVERYBODY


@pytest.mark.parametrize("size", [1, 7])
def test_a_page_asks_the_same_whatever_its_length(
    house: House, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = house.as_("joe")
    people.page(actor=actor, function=PLAN)
    with django_assert_num_queries(8):
        people.page(actor=actor, function=PLAN, size=size)


def test_a_person_is_shown_step_by_step(house: House) -> None:
    looking.give_factor(house.fay)
    person = people.one(actor=house.as_("joe"), function=PLAN, user_id=house.fay)
    assert [each.step for each in person.account.steps] == list(Step)
    assert person.account.stuck is None
    assert (person.may_change, person.has_factors, person.reset) == (True, True, None)
    [held] = person.personas
    assert (held.kind, held.office_key, held.functions) == ("end_user", "lakeside", 1)
    assert looking.last_use() == ("provisioning", "allowed", "person_shown", [("user", str(house.fay))])


def test_a_desk_counts_what_it_holds(house: House) -> None:
    [held] = people.one(actor=house.as_("joe"), function=PLAN, user_id=house.sue).personas
    assert (held.desk, held.functions > 1) == ("support", True)


def test_grants_that_open_nothing_today_do_not_count(house: House) -> None:
    other = looking.a_user(
        "eli.early",
        making.an_end_user(
            making.a_grant(first_on=making.day(1)),
            making.a_grant(Function.BENEFITS, last_on=making.day(-1)),
            making.a_grant(Function.REFERRALS, state="proposed"),
            making.a_grant(Function.ENCOUNTERS, last_on=making.day(0)),
        ),
    )
    [held] = people.one(actor=house.as_("joe"), function=PLAN, user_id=other).personas
    assert held.functions == 1


def test_whoever_has_yet_to_prove_who_it_is_is_stuck_there(house: House) -> None:
    looking.give_factor(house.fay)
    looking.change(house.fay, proofs={})
    person = people.one(actor=house.as_("ann"), function=OFFICE, user_id=house.fay)
    assert person.account.stuck == Stuck(Step.IDENTITY, "", FixedBy.YOURSELF)


@pytest.mark.parametrize(("name", "by"), [("fay", FixedBy.ADMINISTRATOR), ("sue", FixedBy.PLAN)])
def test_whoever_works_for_no_office_turns_to_the_plan(house: House, name: str, by: FixedBy) -> None:
    number = getattr(house, name)
    looking.suspend(number)
    person = people.one(actor=house.as_("joe"), function=PLAN, user_id=number)
    assert person.account.stuck == Stuck(Step.ACCOUNT, "suspended", by)


def test_an_administrator_sees_nothing_of_other_offices(house: House) -> None:
    both = looking.a_user(
        "both.offices",
        making.an_end_user(),
        making.an_end_user(office=making.HILLCREST),
        looking.staff(Desk.SUPPORT),
    )
    person = people.one(actor=house.as_("ann"), function=OFFICE, user_id=both)
    assert [held.office_key for held in person.personas] == ["lakeside"]
    assert not person.may_change


@pytest.mark.parametrize("name", ["fay", "joe"])
def test_another_offices_people_are_as_unknown_as_nobody(house: House, name: str) -> None:
    for number in (getattr(house, name), looking.NOBODY):
        with pytest.raises(UnknownPerson):
            people.one(actor=house.as_("hill"), function=OFFICE, user_id=number)
        assert looking.last_use() == ("manage_users", "allowed", "not_found", [])


def test_one_may_be_asked_for_on_the_way_to_a_sensitive_act(house: House) -> None:
    actor = making.actor(house.joe)
    assert people.one(actor=actor, function=PLAN, user_id=house.fay).may_change
    with pytest.raises(NotPermitted):
        people.one(actor=actor, function=PLAN, user_id=house.fay, lately=True)


@pytest.mark.parametrize(
    ("who", "function"), [("fay", OFFICE), ("fay", PLAN), ("ann", PLAN), ("joe", OFFICE)]
)
def test_whoever_lacks_the_function_finds_nobody(house: House, who: str, function: Function) -> None:
    with pytest.raises(NotPermitted):
        people.page(actor=house.as_(who), function=function)
    with pytest.raises(NotPermitted):
        people.one(actor=house.as_(who), function=function, user_id=house.bea)
    assert looking.last_use()[:2] == (function, "denied")


def test_two_accounts_with_one_address_are_told_apart_and_noted(house: House) -> None:
    looking.change(house.bea, email="FAY.DESK@example.org")
    for number, is_shared in ((house.bea, True), (house.fay, True), (house.ann, False)):
        person = people.one(actor=house.as_("joe"), function=PLAN, user_id=number)
        assert person.account.is_shared is is_shared


def test_a_username_leads_to_its_number(house: House) -> None:
    assert people.named(actor=actors.system(), username="FAY.desk") == house.fay
    assert looking.last_use()[2] == "person_found"
    with pytest.raises(UnknownPerson):
        people.named(actor=actors.system(), username="nobody")
    assert looking.last_use()[2] == "not_found"


def test_whoever_looks_after_an_account_is_told_whether_they_may_change_it(house: House) -> None:
    joe, sue = house.as_("joe"), house.as_("sue")
    may = [
        people.one(actor=joe, function=PLAN, user_id=number).may_change for number in (house.sue, house.joe)
    ]
    assert may == [True, False]
    may = [
        people.one(actor=sue, function=PLAN, user_id=number).may_change for number in (house.fay, house.joe)
    ]
    assert may == [True, False]
    assert looking_after.desks_of(house.joe) == ("operations",)
