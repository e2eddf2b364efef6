"""Making people of an office, and letting somebody act as both."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import models
from portico.domains.access.delegating import creating, held, suspending
from portico.domains.access.delegating.creating import (
    AlreadyHere,
    BadPerson,
    Created,
    NewPerson,
    SeparateAccounts,
)
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.delegating.sets import AccessSet, AdministratorSet, Where
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import HMO, House, access, managing
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.django_db

PERSON = NewPerson("Nora", "New", "nora@example.org", "1-800-555-0101")
LITTLE = access(where=Where(handing.OWN, last_on=handing.YEAR_END), lines=HMO)


@pytest.fixture
def house() -> House:
    return handing.a_house()


def users() -> int:
    return int(apps.get_model("accounts", "User").objects.count())


def mails() -> list[tuple[str, str]]:
    rows = apps.get_model("notifications", "Message").objects.order_by("pk")
    return list(rows.values_list("to", "template"))


def test_an_administrator_makes_an_end_user_who_is_invited_by_mail(house: House) -> None:
    made = creating.create(actor=house.as_("ann"), person=PERSON, access=access(Function.BENEFITS))
    row = looking.user(made.user_id)
    assert (made.username, made.is_proposed) == ("nora.new", False)
    assert (row.first_name, row.last_name, row.email, row.telephone) == (
        "Nora",
        "New",
        "nora@example.org",
        "1-800-555-0101",
    )
    assert (row.activated_at, row.password_set_at, row.proofs) == (None, None, {})
    persona = models.Persona.objects.select_related("office").get(pk=made.persona_id)
    assert (persona.kind, persona.office_id, persona.user_id) == (
        "end_user",
        house.as_("ann").office_id,
        made.user_id,
    )
    assert handing.held(made.persona_id).main == access(Function.BENEFITS)
    assert mails() == [("nora@example.org", "temporary_password")]
    grants = [("grant", str(each.grant_id)) for each in handing.held(made.persona_id).running]
    assert looking.last_use() == (
        "manage_users",
        "allowed",
        "person_created",
        [("user", str(made.user_id)), ("persona", str(made.persona_id)), *grants],
    )
    assert handing.changes(made.persona_id) == [("created", house["ann"], False)]
    assert handing.notices(made.user_id) == []


def test_a_form_sent_twice_makes_one_person(house: House) -> None:
    creating.create(actor=house.as_("ann"), person=PERSON, access=access())
    before, mailed = users(), mails()
    again = replace(PERSON, first_name=" nora", email="Nora@example.org ")
    with pytest.raises(AlreadyHere):
        creating.create(actor=house.as_("ann"), person=again, access=access())
    assert looking.last_use()[:3] == ("manage_users", "allowed", "already_here")
    assert (users(), mails()) == (before, mailed)


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        (replace(PERSON, username="nora.second"), access()),
        (replace(PERSON, first_name="Nina"), access()),
        (replace(PERSON, email="nora.second@example.org"), access()),
        (PERSON, managing(Function.ELIGIBILITY)),
    ],
    ids=["a username", "another name", "another mail", "the other persona"],
)
def test_somebody_else_of_the_same_mail_or_name_is_made(house: House, person: NewPerson, kind: Any) -> None:
    creating.create(actor=house.as_("ann"), person=PERSON, access=access())
    assert creating.create(actor=house.as_("ann"), person=person, access=kind).user_id


def test_another_administrator_is_made_of_no_more_reach(house: House) -> None:
    wanted = managing(Function.ELIGIBILITY, functions=frozenset({Function.DIRECTORY_MAINTENANCE}))
    made = creating.create(actor=house.as_("ann"), person=PERSON, access=wanted)
    assert handing.held(made.persona_id).main == wanted
    assert models.Persona.objects.get(pk=made.persona_id).kind == "administrator"
    with pytest.raises(BeyondCeiling):
        creating.create(actor=house.as_("bea"), person=replace(PERSON, username="bob"), access=wanted)


def test_the_plans_desk_names_the_office_and_the_office_hears_of_it(house: House) -> None:
    person = replace(PERSON, office=making.LAKESIDE, username="nora.the.biller")
    made = creating.create(actor=house.as_("sue"), person=person, access=access())
    assert made.username == "nora.the.biller"
    assert looking.last_use()[:3] == ("provisioning", "allowed", "person_created")
    assert handing.changes(made.persona_id) == [("created", house["sue"], True)]
    told = [to for to, template in mails() if template == "people_changed"]
    assert told == ["ann.admin@example.org", "bea.admin@example.org", "cal.admin@example.org"]


def test_an_administrator_makes_nobody_elsewhere_whatever_is_named(house: House) -> None:
    person = replace(PERSON, office=making.HILLCREST)
    made = creating.create(actor=house.as_("ann"), person=person, access=access())
    assert held.one(actor=house.as_("ann"), persona_id=made.persona_id).office_key == making.LAKESIDE


def test_the_plan_makes_nobody_of_no_office(house: House) -> None:
    for key in ("", "no-such-office"):
        with pytest.raises(UnknownOffice):
            creating.create(actor=house.as_("joe"), person=replace(PERSON, office=key), access=access())
        assert looking.last_use()[2] == "unknown_office"


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"first_name": " "}, {"first_name": "missing"}),
        ({"last_name": "x" * 61}, {"last_name": "too_long"}),
        ({"last_name": "12"}, {"last_name": "bad"}),
        ({"first_name": "No\u202era"}, {"first_name": "bad"}),
        ({"first_name": "Nora\nBcc: x"}, {"first_name": "bad"}),
        ({"email": ""}, {"email": "missing"}),
        ({"email": "nora@example"}, {"email": "bad"}),
        ({"email": "nora@example.org\n"}, {}),
        ({"email": "a@example.org, b@example.org"}, {"email": "bad"}),
        ({"telephone": "call me"}, {"telephone": "bad"}),
        ({"telephone": ""}, {}),
    ],
    ids=[
        "no_name",
        "long_name",
        "no_letters",
        "turned_around",
        "two_lines",
        "no_mail",
        "half_a_mail",
        "blanks_around",
        "two_mails",
        "words_for_a_number",
        "no_telephone",
    ],
)
def test_a_person_is_described_properly(
    house: House, changes: dict[str, str], faults: dict[str, str]
) -> None:
    before, person = users(), replace(PERSON, **changes)
    if not faults:
        made = creating.create(actor=house.as_("ann"), person=person, access=access())
        assert looking.user(made.user_id).email == "nora@example.org"
        return
    with pytest.raises(BadPerson) as refused:
        creating.create(actor=house.as_("ann"), person=person, access=access())
    assert refused.value.faults == faults
    assert looking.last_use()[1:3] == ("allowed", "bad_person")
    assert (users(), mails()) == (before, [])


@pytest.mark.parametrize(
    ("wanted", "username", "error", "code"),
    [
        (access(), "fay.desk", UsernameTaken, "username_taken"),
        (access(), "FAY.desk", UsernameTaken, "username_taken"),
        (access(), "no blanks", BadUsername, "bad_username"),
        (access(where=Where(frozenset({making.FOREIGN}))), "", CannotGive, "unknown_tax_id"),
        (access(where=Where(frozenset())), "", CannotGive, "no_tax_id"),
        (access(Function.MANAGE_USERS), "", CannotGive, "not_for_this_persona"),
        (managing(functions=frozenset({Function.REPORTS})), "", CannotGive, "not_for_this_persona"),
    ],
    ids=[
        "taken",
        "taken_in_capitals",
        "no_username",
        "foreign",
        "nowhere",
        "managing",
        "patients",
    ],
)
def test_a_refusal_makes_nobody_and_says_why(
    house: House,
    wanted: AccessSet | AdministratorSet,
    username: str,
    error: type[Exception],
    code: str,
) -> None:
    before = users()
    with pytest.raises(error):
        creating.create(actor=house.as_("ann"), person=replace(PERSON, username=username), access=wanted)
    assert looking.last_use() == ("manage_users", "allowed", code, [])
    assert (users(), mails()) == (before, [])


def test_nobody_is_made_beyond_the_ceiling(house: House) -> None:
    before = users()
    with pytest.raises(BeyondCeiling):
        creating.create(actor=house.as_("bea"), person=PERSON, access=access())
    assert looking.last_use() == ("manage_users", "allowed", "beyond_ceiling", [])
    assert users() == before
    made = creating.create(actor=house.as_("bea"), person=PERSON, access=LITTLE)
    assert handing.held(made.persona_id).main == LITTLE


@pytest.mark.parametrize("who", ["fay", "ann"])
def test_whoever_lacks_the_function_or_a_fresh_proof_makes_nobody(house: House, who: str) -> None:
    before = users()
    with pytest.raises(NotPermitted):
        creating.create(actor=house.as_(who, proven_at=None), person=PERSON, access=access())
    assert looking.last_use()[:2] == ("manage_users", "denied")
    assert users() == before


def test_a_username_is_suggested_that_nobody_has(house: House) -> None:
    ask: Any = {"actor": house.as_("ann"), "first_name": "Fay", "last_name": "Desk"}
    assert creating.suggested(**ask) == "fay.desk2"
    assert looking.last_use()[:3] == ("manage_users", "allowed", "username_suggested")
    with pytest.raises(NotPermitted):
        creating.suggested(**ask | {"actor": house.as_("fay")})


def test_what_is_made_says_whom_and_the_name_to_hand_over(house: House) -> None:
    made = creating.create(actor=house.as_("ann"), person=PERSON, access=access())
    assert made == Created(made.user_id, "nora.new", made.persona_id, is_proposed=False)
    assert "nora@example.org" not in repr(PERSON)


# ---------------------------------------------------------------- both duties


def test_an_end_user_administers_too_by_a_linked_persona(house: House) -> None:
    number = creating.add_persona(
        actor=house.as_("ann"), user_id=house["fay"], access=managing(Function.ELIGIBILITY)
    )
    assert making.personas_of(house["fay"]) == [house.persona("fay"), number]
    assert looking.last_use()[2] == "access_persona_added"
    assert handing.changes(number) == [("persona_added", house["ann"], False)]
    assert [each["change"] for each in handing.notices(house["fay"])] == ["persona_added"]
    assert handing.functions(handing.held(house.persona("fay")).running) == ["eligibility"]


@pytest.mark.parametrize(
    ("who", "user", "wanted", "error", "code"),
    [
        ("ann", "ann", access(), OutOfReach, "out_of_reach"),
        ("ann", "hil", access(), UnknownPerson, "not_found"),
        ("ann", "joe", access(), UnknownPerson, "not_found"),
        ("ann", "fay", access(), AlreadyHere, "already_here"),
        ("bea", "fay", managing(), BeyondCeiling, "beyond_ceiling"),
        ("ann", "fay", managing(functions=frozenset({Function.REPORTS})), CannotGive, "not_for_this_persona"),
    ],
    ids=["oneself", "elsewhere", "of_the_plan", "the_same_again", "beyond", "patients"],
)
def test_a_persona_is_added_within_the_same_rules(
    house: House,
    who: str,
    user: str,
    wanted: AccessSet | AdministratorSet,
    error: type[Exception],
    code: str,
) -> None:
    before = making.personas_of(house[user])
    with pytest.raises(error):
        creating.add_persona(actor=house.as_(who), user_id=house[user], access=wanted)
    assert looking.last_use()[1:] == ("allowed", code, [])
    assert making.personas_of(house[user]) == before


def test_a_persona_that_was_taken_away_is_restored_not_added(house: House) -> None:
    number = creating.add_persona(actor=house.as_("ann"), user_id=house["fay"], access=managing())
    suspending.suspend(actor=house.as_("ann"), persona_id=number)
    with pytest.raises(AlreadyHere):
        creating.add_persona(actor=house.as_("ann"), user_id=house["fay"], access=managing())


def test_where_the_plan_wants_two_accounts_none_is_linked(house: House) -> None:
    handing.ask(personas="separate")
    with pytest.raises(SeparateAccounts):
        creating.add_persona(actor=house.as_("ann"), user_id=house["fay"], access=managing())
    assert looking.last_use()[2] == "separate_accounts"
    second = replace(PERSON, first_name="Fay", last_name="Desk", email="fay.desk@example.org")
    made = creating.create(actor=house.as_("ann"), person=second, access=managing())
    assert made.username == "fay.desk2"


def test_the_plan_links_a_persona_in_the_office_it_names(house: House) -> None:
    ask: Any = {"actor": house.as_("sue"), "user_id": house["fay"], "access": managing()}
    with pytest.raises(UnknownPerson):
        creating.add_persona(**ask, office=making.HILLCREST)
    assert creating.add_persona(**ask, office=making.LAKESIDE)
