"""Resetting second factors by two people: who asks, who agrees, what goes, who is told."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.access import factor_resetting, granting
from portico.domains.access.factor_resetting import MayNotDecide, NoRequest, NothingToReset
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.reset_rules import Hindrance
from portico.domains.access.tests import looking, making
from portico.domains.access.tests.looking import OFFICE, PLAN, House
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from tests.support import actors as people
from tests.support import racing

pytestmark = pytest.mark.django_db
WHY = "Lost the telephone; called from the office's number"


@pytest.fixture
def house() -> House:
    made = looking.a_house()
    contact(making.LAKESIDE)
    for number in (made.fay, made.sue, made.joe):
        looking.give_factor(number)
    return made


def contact(office: str) -> None:
    rows = apps.get_model("offices", "Office").objects.filter(key=office)
    rows.update(contact_email=f"office@{office}.example.org")


def resets() -> Any:
    return apps.get_model("accounts", "FactorReset").objects.order_by("pk")


def side(name: str) -> Function:
    return OFFICE if name in ("ann", "bea", "hill", "fay") else PLAN


def ask(house: House, name: str, about: int, why: str = WHY) -> None:
    factor_resetting.ask(actor=house.as_(name), function=side(name), user_id=about, why=why)


def approve(house: House, name: str, about: int, *, after: timedelta = timedelta()) -> None:
    actor = later(house.as_(name), after)
    factor_resetting.approve(actor=actor, function=side(name), user_id=about)


def later(actor: Actor, after: timedelta) -> Actor:
    return replace(actor, asked_at=actor.asked_at + after)


DECIDE = {"approve": factor_resetting.approve, "refuse": factor_resetting.refuse}


def open_(house: House, name: str) -> list[tuple[str, str]]:
    found = factor_resetting.waiting(actor=house.as_(name), function=side(name))
    return [(each.username, each.asker) for each in found]


@pytest.mark.parametrize(
    ("asker", "approver", "about"),
    [
        ("ann", "bea", "fay"),
        ("ann", "sue", "fay"),
        ("sue", "ann", "fay"),
        ("joe", "sue", "fay"),
        ("sue", "olga", "joe_support"),
        ("joe", "olga", "sue"),
    ],
)
def test_two_people_take_the_factors_away(house: House, asker: str, approver: str, about: str) -> None:
    number = (
        looking.a_user("jo.support", looking.staff(Desk.SUPPORT))
        if about == "joe_support"
        else getattr(house, about)
    )
    looking.give_factor(number)
    ask(house, asker, number)
    assert looking.last_use()[2:] == ("factor_reset_asked", [("user", str(number))])
    approve(house, approver, number)
    assert looking.last_use()[2:] == ("factors_reset", [("user", str(number))])
    assert not apps.get_model("accounts", "Factor").objects.filter(user_id=number).exists()
    [reset] = resets()
    assert (reset.is_approved, reset.why) == (True, WHY)
    assert (reset.asked_by, reset.decided_by) == (getattr(house, asker), getattr(house, approver))


def test_everything_that_is_a_factor_goes_and_every_session_ends(house: House) -> None:
    tables = partial(apps.get_model, "accounts")
    made = {"user_id": house.fay, "created_at": people.NOW}
    tables("Passkey").objects.create(credential_id=b"1", credential=b"x", name="Telephone", **made)
    tables("RecoveryCode").objects.create(user_id=house.fay, code_index=b"1", made_at=people.NOW)
    tables("KnownDevice").objects.create(
        user_id=house.fay, device_index=b"1", epoch=1, first_at=people.NOW, last_at=people.NOW
    )
    tables("Session").objects.create(session_key="x" * 32, user_id=house.fay, expire_date=people.NOW)
    password = looking.user(house.fay).password
    ask(house, "ann", house.fay)
    approve(house, "bea", house.fay)
    for name in ("Factor", "Passkey", "RecoveryCode", "KnownDevice", "Session"):
        assert not tables(name).objects.filter(user_id=house.fay).exists()
    after = looking.user(house.fay)
    assert (after.session_epoch, after.password) == (2, password)


def test_the_owner_hears_of_the_asking_and_both_hear_that_it_is_done(house: House) -> None:
    ask(house, "ann", house.fay)
    assert looking.mails("factors_reset") == [("fay.desk@example.org", "asked")]
    approve(house, "bea", house.fay)
    assert looking.mails("factors_reset")[1:] == [
        ("fay.desk@example.org", "done"),
        ("office@lakeside.example.org", "office"),
    ]


@pytest.mark.parametrize(
    ("asker", "approver", "about", "hindrance"),
    [
        ("ann", "ann", "fay", Hindrance.ASKED_ONESELF),
        ("sue", "sue", "fay", Hindrance.ASKED_ONESELF),
        ("joe", "sue", "jo", Hindrance.OPERATIONS_DECIDE),
        ("ann", "bea", "came", Hindrance.PLAN_DECIDES),
    ],
    ids=["administrator_twice", "support_twice", "support_for_the_plan", "administrator_for_a_newcomer"],
)
def test_whoever_may_not_agree_is_told_why(
    house: House, asker: str, approver: str, about: str, hindrance: Hindrance
) -> None:
    numbers = {
        "fay": house.fay,
        "jo": looking.a_user("jo.support", looking.staff(Desk.SUPPORT)),
        "came": looking.a_user(
            "came.desk", making.an_end_user(office=making.HILLCREST), making.an_end_user()
        ),
    }
    at_hillcrest = making.personas_of(numbers["came"])[0]
    granting.suspend_persona(actor=people.system(), persona_id=at_hillcrest)
    looking.give_factor(numbers[about])
    ask(house, asker, numbers[about])
    with pytest.raises(MayNotDecide) as refused:
        approve(house, approver, numbers[about])
    assert refused.value.hindrance is hindrance
    assert looking.last_use()[2:] == (hindrance, [("user", str(numbers[about]))])
    assert apps.get_model("accounts", "Factor").objects.filter(user_id=numbers[about]).exists()
    assert resets().get().decided_at is None


@pytest.mark.parametrize(
    ("asked", "hindrance"), [("bea", Hindrance.ASKED_ONESELF), ("fay", Hindrance.OWN_ACCOUNT)]
)
def test_two_accounts_of_one_person_are_not_two_people(
    house: House, asked: str, hindrance: Hindrance
) -> None:
    ask(house, "bea", house.fay)
    looking.change(house.ann, email=looking.user(getattr(house, asked)).email.upper())
    with pytest.raises(MayNotDecide) as refused:
        approve(house, "ann", house.fay)
    assert refused.value.hindrance is hindrance


def invited(who: int, *, by: int) -> None:
    """An invitation that was taken up long ago."""
    apps.get_model("accounts", "Invitation").objects.create(
        user_id=who,
        kind="link",
        secret_index=b"%d" % who,
        invited_by=by,
        made_at=people.NOW,
        expires_at=people.NOW,
        ended_at=people.NOW,
        ending="finished",
    )


@pytest.mark.parametrize("decide", ["approve", "refuse"])
@pytest.mark.parametrize(("host", "guest"), [("ann", "bea"), ("bea", "ann")])
def test_whoever_was_invited_by_the_asker_is_no_second_person(
    house: House, host: str, guest: str, decide: str
) -> None:
    invited(getattr(house, guest), by=getattr(house, host))
    ask(house, "ann", house.fay)
    with pytest.raises(MayNotDecide) as refused:
        DECIDE[decide](actor=house.as_("bea"), function=OFFICE, user_id=house.fay)
    assert refused.value.hindrance is Hindrance.INVITED_EACH_OTHER
    assert looking.last_use()[2:] == ("invited_each_other", [("user", str(house.fay))])
    assert resets().get().decided_at is None
    approve(house, "sue", house.fay)


def test_nor_by_another_account_of_the_asker(house: House) -> None:
    other = looking.a_user("ann.other", email=looking.user(house.ann).email.upper())
    invited(house.bea, by=other)
    ask(house, "ann", house.fay)
    with pytest.raises(MayNotDecide) as refused:
        approve(house, "bea", house.fay)
    assert refused.value.hindrance is Hindrance.INVITED_EACH_OTHER


@pytest.mark.parametrize("decide", ["approve", "refuse"])
@pytest.mark.parametrize(("minutes", "may"), [(0, True), (1, False)])
def test_who_came_after_it_was_asked_decides_nothing(
    house: House, decide: str, minutes: int, may: bool
) -> None:
    ask(house, "ann", house.fay)
    looking.change(house.bea, activated_at=people.NOW + timedelta(minutes=minutes))
    act = partial(DECIDE[decide], function=OFFICE, user_id=house.fay)
    if may:
        act(actor=house.as_("bea"))
    else:
        with pytest.raises(MayNotDecide) as refused:
            act(actor=house.as_("bea"))
        assert refused.value.hindrance is Hindrance.CAME_SINCE
        assert looking.last_use()[2] == "came_since"
    assert (resets().get().decided_at is not None) is may


@pytest.mark.parametrize(("asker", "refuser"), [("joe", "sue"), ("olga", "sue")])
def test_who_may_not_agree_may_not_refuse_either(house: House, asker: str, refuser: str) -> None:
    jo = looking.a_user("jo.support", looking.staff(Desk.SUPPORT))
    looking.give_factor(jo)
    ask(house, asker, jo)
    with pytest.raises(MayNotDecide) as refused:
        factor_resetting.refuse(actor=house.as_(refuser), function=PLAN, user_id=jo)
    assert refused.value.hindrance is Hindrance.OPERATIONS_DECIDE
    assert looking.last_use()[2:] == ("operations_decide", [("user", str(jo))])
    assert resets().get().decided_at is None
    factor_resetting.refuse(actor=house.as_(asker), function=PLAN, user_id=jo)
    assert looking.last_use()[2] == "factor_reset_refused"


@pytest.mark.parametrize(("name", "about"), [("ann", "ann"), ("joe", "joe"), ("sue", "joe")])
def test_nobody_asks_for_oneself_or_a_desk_above(house: House, name: str, about: str) -> None:
    with pytest.raises(OutOfReach):
        ask(house, name, getattr(house, about))
    with pytest.raises(OutOfReach):
        approve(house, name, getattr(house, about))
    assert not resets().exists()


def test_another_offices_administrator_finds_neither_person_nor_request(house: House) -> None:
    ask(house, "ann", house.fay)
    for act in (ask, approve):
        with pytest.raises(UnknownPerson):
            act(house, "hill", house.fay)
    assert open_(house, "hill") == []
    assert open_(house, "bea") == open_(house, "sue") == [("fay.desk", "Ann Admin")]


def test_who_has_no_factor_has_nothing_to_reset(house: House) -> None:
    with pytest.raises(NothingToReset):
        ask(house, "ann", house.bea)
    assert looking.last_use()[2] == "nothing_to_reset"


def test_a_second_request_waits_for_the_first(house: House) -> None:
    ask(house, "ann", house.fay)
    with pytest.raises(NothingToReset):
        ask(house, "bea", house.fay)
    assert resets().count() == 1


@pytest.mark.parametrize("name", ["ann", "bea", "sue"])
def test_it_is_refused_or_taken_back(house: House, name: str) -> None:
    ask(house, "ann", house.fay)
    factor_resetting.refuse(actor=house.as_(name), function=side(name), user_id=house.fay)
    assert looking.last_use()[2] == "factor_reset_refused"
    with pytest.raises(NoRequest):
        approve(house, "bea", house.fay)
    assert looking.last_use()[2] == "no_open_request"
    with pytest.raises(NoRequest):
        factor_resetting.refuse(actor=house.as_("bea"), function=OFFICE, user_id=house.fay)
    assert apps.get_model("accounts", "Factor").objects.filter(user_id=house.fay).exists()


@pytest.mark.parametrize(("hours", "is_open"), [(71.9, True), (72, False)])
def test_a_request_is_over_after_72_hours(house: House, hours: float, is_open: bool) -> None:
    ask(house, "ann", house.fay)
    after = timedelta(hours=hours)
    assert bool(factor_resetting.waiting(actor=later(house.as_("bea"), after), function=OFFICE)) is is_open
    if is_open:
        approve(house, "bea", house.fay, after=after)
    else:
        with pytest.raises(NoRequest):
            approve(house, "bea", house.fay, after=after)


def test_after_one_that_is_over_it_is_asked_anew(house: House) -> None:
    ask(house, "ann", house.fay)
    actor = later(house.as_("bea"), timedelta(hours=72))
    factor_resetting.ask(actor=actor, function=OFFICE, user_id=house.fay, why=WHY)
    assert list(resets().values_list("is_approved", "asked_by")) == [(False, house.ann), (None, house.bea)]


@pytest.mark.parametrize("decided_by", ["asker", "nobody"])
def test_the_database_refuses_an_approval_without_a_second_person(house: House, decided_by: str) -> None:
    ask(house, "ann", house.fay)
    who = house.ann if decided_by == "asker" else None
    with pytest.raises(IntegrityError), transaction.atomic():
        resets().update(is_approved=True, decided_by=who, decided_at=people.NOW)


def test_the_system_asks_and_agrees_to_nothing(house: House) -> None:
    with pytest.raises(NothingToReset):
        factor_resetting.ask(actor=people.system(), function=PLAN, user_id=house.fay, why=WHY)
    ask(house, "ann", house.fay)
    with pytest.raises(MayNotDecide):
        factor_resetting.approve(actor=people.system(), function=PLAN, user_id=house.fay)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_agree_at_once_one_does_it(house: House) -> None:
    ask(house, "ann", house.fay)
    deciders = [house.as_(name) for name in ("bea", "sue", "joe", "olga")]

    def agree(actor: Actor) -> bool:
        function = OFFICE if actor.desk is None else PLAN
        try:
            factor_resetting.approve(actor=actor, function=function, user_id=house.fay)
        except NoRequest:
            return False
        return True

    done = racing.together([partial(agree, actor) for actor in deciders])
    assert sorted(done) == [False, False, False, True]
    assert looking.user(house.fay).session_epoch == 2
    assert [kind for _, kind in looking.mails("factors_reset")] == ["asked", "done", "office"]


@pytest.mark.django_db(transaction=True)
def test_of_an_agreement_and_a_taking_back_at_once_one_counts(house: House) -> None:
    ask(house, "ann", house.fay)

    def tried(act: Any, actor: Actor) -> bool:
        try:
            act(actor=actor, function=OFFICE, user_id=house.fay)
        except NoRequest:
            return False
        return True

    agree = partial(tried, factor_resetting.approve, house.as_("bea"))
    take_back = partial(tried, factor_resetting.refuse, house.as_("ann"))
    is_agreed, is_taken_back = racing.together([agree, take_back])
    assert is_agreed is not is_taken_back
    has_factor = apps.get_model("accounts", "Factor").objects.filter(user_id=house.fay).exists()
    assert has_factor is is_taken_back
