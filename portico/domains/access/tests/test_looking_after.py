"""Looking after accounts: who may for whom, what each act does, and the row it leaves."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, looking_after
from portico.domains.access.looking_after import CannotInvite, CannotVouch, OutOfReach, UnknownPerson, Why
from portico.domains.access.tests import looking, making
from portico.domains.access.tests.looking import OFFICE, PLAN, House
from portico.domains.accounts.signing_in import misses
from portico.domains.offices import offices
from portico.domains.permits.actors import Account
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors as people

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]

SHARED: dict[str, Act] = {
    "unlock": partial(looking_after.unlock, why=Why.CALLED),
    "reactivate": looking_after.reactivate,
    "invite_again": looking_after.invite_again,
    "cancel_invitation": looking_after.cancel_invitation,
}
PLANS: dict[str, Act] = {
    "disable": partial(looking_after.disable, why=Why.LEFT),
    "enable": partial(looking_after.enable, why=Why.BY_MISTAKE),
    "vouch": partial(looking_after.vouch, why="I know her"),
    "invite_elsewhere": partial(looking_after.invite_elsewhere, email="other@example.org"),
}
BY_PLAN = {name: partial(act, function=PLAN) for name, act in SHARED.items()} | PLANS


@pytest.fixture
def house() -> House:
    return looking.a_house()


@pytest.mark.parametrize("act", BY_PLAN)
@pytest.mark.parametrize("who", ["joe", "olga", "sue"])
def test_nobody_acts_on_the_own_account(house: House, act: str, who: str) -> None:
    own = getattr(house, who)
    with pytest.raises(OutOfReach):
        BY_PLAN[act](actor=house.as_(who), user_id=own)
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("provisioning", "allowed", "out_of_reach")
    assert ("user", str(own)) in subjects


@pytest.mark.parametrize("act", BY_PLAN)
def test_whoever_may_not_give_a_desk_does_nothing_for_those_who_have_it(house: House, act: str) -> None:
    looking.suspend(house.joe)
    before = vars(looking.user(house.joe)).copy()
    with pytest.raises(OutOfReach):
        BY_PLAN[act](actor=house.as_("sue"), user_id=house.joe)
    assert looking.last_use()[2] == "out_of_reach"
    assert vars(looking.user(house.joe)) | {"_state": 0} == before | {"_state": 0}


@pytest.mark.parametrize("act", BY_PLAN)
def test_nor_for_those_who_had_it(house: House, act: str) -> None:
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(house.joe)[0])
    with pytest.raises(OutOfReach):
        BY_PLAN[act](actor=house.as_("sue"), user_id=house.joe)


@pytest.mark.parametrize("act", SHARED)
def test_an_administrator_finds_nobody_of_another_office(house: House, act: str) -> None:
    for number in (house.fay, house.joe, looking.NOBODY):
        with pytest.raises(UnknownPerson):
            SHARED[act](actor=house.as_("hill"), function=OFFICE, user_id=number)
        function, outcome, conclusion, subjects = looking.last_use()
        assert (function, outcome, conclusion) == ("manage_users", "allowed", "not_found")
        assert not [each for each in subjects if each[0] == "user"]


@pytest.mark.parametrize("act", SHARED)
def test_an_administrator_does_nothing_for_colleagues_who_work_for_the_plan(house: House, act: str) -> None:
    both = looking.a_user("both.sides", making.an_end_user(), looking.staff(Desk.MEMBER_SERVICES))
    with pytest.raises(OutOfReach):
        SHARED[act](actor=house.as_("ann"), function=OFFICE, user_id=both)


@pytest.mark.parametrize("act", BY_PLAN)
def test_a_number_nobody_has_is_not_found(house: House, act: str) -> None:
    with pytest.raises(UnknownPerson):
        BY_PLAN[act](actor=house.as_("joe"), user_id=looking.NOBODY)
    assert looking.last_use()[2] == "not_found"


@pytest.mark.parametrize(
    ("who", "function"),
    [("fay", OFFICE), ("fay", PLAN), ("ann", PLAN), ("joe", OFFICE)],
    ids=["front_desk", "front_desk_as_plan", "administrator_as_plan", "plan_as_administrator"],
)
@pytest.mark.parametrize("act", SHARED)
def test_whoever_lacks_the_function_is_refused(house: House, act: str, who: str, function: Function) -> None:
    with pytest.raises(NotPermitted):
        SHARED[act](actor=house.as_(who), function=function, user_id=house.bea)
    assert looking.last_use()[:2] == (function, "denied")


@pytest.mark.parametrize("who", ["fay", "ann"])
@pytest.mark.parametrize("act", PLANS)
def test_what_is_the_plans_alone_is_done_by_nobody_of_an_office(house: House, act: str, who: str) -> None:
    before = vars(looking.user(house.bea)).copy()
    with pytest.raises(NotPermitted):
        PLANS[act](actor=house.as_(who), user_id=house.bea)
    assert looking.last_use()[:2] == ("provisioning", "denied")
    assert vars(looking.user(house.bea)) | {"_state": 0} == before | {"_state": 0}


def worked_here(user_id: int) -> None:
    """The persona made first is taken away."""
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(user_id)[0])


@pytest.mark.parametrize("act", SHARED)
def test_an_administrator_finds_nobody_who_works_here_no_more(house: House, act: str) -> None:
    gone = looking.a_user("gone.desk", making.an_end_user(), making.an_end_user(office=making.HILLCREST))
    worked_here(gone)
    looking.suspend(gone)
    before = vars(looking.user(gone)).copy()
    with pytest.raises(UnknownPerson):
        SHARED[act](actor=house.as_("ann"), function=OFFICE, user_id=gone)
    assert looking.last_use()[2] == "not_found"
    assert vars(looking.user(gone)) | {"_state": 0} == before | {"_state": 0}


@pytest.mark.parametrize("who", ["ann", "hill"])
@pytest.mark.parametrize("act", SHARED)
def test_for_somebody_of_two_offices_no_administrator_does_anything(house: House, act: str, who: str) -> None:
    both = looking.a_user("both.desks", making.an_end_user(), making.an_end_user(office=making.HILLCREST))
    looking.suspend(both)
    with pytest.raises(OutOfReach):
        SHARED[act](actor=house.as_(who), function=OFFICE, user_id=both)
    assert looking.last_use()[2] == "out_of_reach"
    assert looking.user(both).state == "suspended"
    assert looking_after.reactivate(actor=house.as_("sue"), function=PLAN, user_id=both)


def test_who_worked_elsewhere_once_is_looked_after_here(house: House) -> None:
    came = looking.a_user("came.desk", making.an_end_user(office=making.HILLCREST), making.an_end_user())
    worked_here(came)
    looking.suspend(came)
    assert looking_after.reactivate(actor=house.as_("ann"), function=OFFICE, user_id=came)


@pytest.mark.parametrize("act", BY_PLAN)
def test_each_act_asks_for_a_fresh_proof_of_who_one_is(house: House, act: str) -> None:
    actor = people.plan_staff(Desk.OPERATIONS, account=Account(proven_lately=False))
    with pytest.raises(NotPermitted) as refused:
        BY_PLAN[act](actor=actor, user_id=house.fay)
    assert refused.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)


@pytest.mark.parametrize(("who", "function"), [("joe", PLAN), ("sue", PLAN), ("ann", OFFICE)])
def test_a_lock_is_lifted_with_a_reason(house: House, who: str, function: Function) -> None:
    looking.lock(house.fay)
    ask = partial(looking_after.unlock, function=function, user_id=house.fay, why=Why.IN_PERSON)
    assert ask(actor=house.as_(who))
    assert looking.last_use()[2:] == ("unlocked", [("why", "in_person"), ("user", str(house.fay))])
    assert not apps.get_model("accounts", "Misses").objects.exists()
    assert not ask(actor=house.as_(who))
    assert looking.last_use()[2] == "nothing_to_unlock"


def test_a_lock_is_lifted_in_every_browser_that_is_known(house: House) -> None:
    devices = apps.get_model("accounts", "KnownDevice").objects
    rows, at = apps.get_model("accounts", "Misses").objects, people.NOW
    for user_id in (house.fay, house.bea):
        device = devices.create(
            user_id=user_id, device_index=b"%d" % user_id, epoch=1, first_at=at, last_at=at
        )
        name = looking.user(user_id).username
        for step in misses.Step:
            index = misses.index(step, name, device=str(device.pk))
            rows.create(name_index=index, count=100, last_at=at)
    ask = partial(looking_after.unlock, actor=house.as_("sue"), function=PLAN, why=Why.CALLED)
    assert ask(user_id=house.fay)
    assert rows.count() == len(misses.Step)
    assert not ask(user_id=house.fay)


@pytest.mark.parametrize(("who", "function"), [("joe", PLAN), ("ann", OFFICE)])
def test_a_suspended_account_is_opened_by_one_act(house: House, who: str, function: Function) -> None:
    looking.suspend(house.fay)
    ask = partial(looking_after.reactivate, function=function, user_id=house.fay)
    assert ask(actor=house.as_(who))
    found = looking.user(house.fay)
    assert (found.state, found.suspended_at, found.reactivated_at) == ("active", None, people.NOW)
    assert looking.last_use()[2] == "reactivated"
    assert not ask(actor=house.as_(who))
    assert looking.last_use()[2] == "not_suspended"


def test_a_disabled_account_is_not_opened_by_reactivating_it(house: House) -> None:
    looking_after.disable(actor=house.as_("joe"), user_id=house.fay, why=Why.MISUSE)
    assert not looking_after.reactivate(actor=house.as_("ann"), function=OFFICE, user_id=house.fay)
    assert looking.user(house.fay).state == "disabled"


def test_disabling_ends_sessions_and_deletes_nothing(house: House) -> None:
    sessions = apps.get_model("accounts", "Session").objects
    sessions.create(session_key="x" * 32, user_id=house.fay, expire_date=people.NOW)
    assert looking_after.disable(actor=house.as_("joe"), user_id=house.fay, why=Why.LEFT)
    assert looking.last_use()[2] == "disabled"
    found = looking.user(house.fay)
    assert (found.state, found.session_epoch, sessions.count()) == ("disabled", 2, 0)
    assert len(making.personas_of(house.fay)) == 1
    assert not looking_after.disable(actor=house.as_("joe"), user_id=house.fay, why=Why.LEFT)
    assert looking.last_use()[2] == "disabled_before"


def test_a_disabled_account_is_enabled_with_what_it_had(house: House) -> None:
    password = looking.user(house.fay).password
    looking_after.disable(actor=house.as_("joe"), user_id=house.fay, why=Why.LEFT)
    assert looking_after.enable(actor=house.as_("joe"), user_id=house.fay, why=Why.BY_MISTAKE)
    assert looking.last_use()[2] == "enabled"
    found = looking.user(house.fay)
    assert (found.state, found.password, found.reactivated_at) == ("active", password, people.NOW)
    assert not looking_after.enable(actor=house.as_("joe"), user_id=house.fay, why=Why.BY_MISTAKE)
    assert looking.last_use()[2] == "not_disabled"


def test_disabling_somebody_invited_kills_the_invitation(house: House) -> None:
    ivy = looking.an_invited_user("ivy.new", making.an_end_user())
    looking_after.disable(actor=house.as_("joe"), user_id=ivy, why=Why.BY_MISTAKE)
    [invitation] = apps.get_model("accounts", "Invitation").objects.filter(user_id=ivy)
    assert invitation.ending == "cancelled"


@pytest.mark.parametrize(("who", "function"), [("joe", PLAN), ("ann", OFFICE)])
def test_an_invitation_is_sent_again_and_taken_back(house: House, who: str, function: Function) -> None:
    ivy = looking.an_invited_user("ivy.new", making.an_end_user())
    looking_after.invite_again(actor=house.as_(who), function=function, user_id=ivy)
    assert looking.last_use()[2] == "invitation_reissued"
    rows = apps.get_model("accounts", "Invitation").objects.filter(user_id=ivy).order_by("pk")
    assert [row.ending for row in rows] == ["replaced", ""]
    assert {row.office_id for row in rows} == {offices.find(making.LAKESIDE).id}
    ask = partial(looking_after.cancel_invitation, function=function, user_id=ivy)
    assert ask(actor=house.as_(who))
    assert looking.last_use()[2] == "invitation_cancelled"
    assert not ask(actor=house.as_(who))
    assert looking.last_use()[2] == "no_invitation_open"


def test_an_invitation_is_sent_to_another_address(house: House) -> None:
    ivy = looking.an_invited_user("ivy.new", making.an_end_user())
    looking_after.invite_elsewhere(actor=house.as_("sue"), user_id=ivy, email="ivy@example.org")
    assert looking.last_use()[2] == "invitation_sent_elsewhere"
    assert looking.user(ivy).email == "ivy@example.org"
    sent = apps.get_model("notifications", "Message").objects.filter(template="temporary_password")
    assert list(sent.order_by("pk").values_list("to", flat=True)) == [
        "ivy.new@example.org",
        "ivy@example.org",
    ]
    with pytest.raises(CannotInvite):
        looking_after.invite_elsewhere(actor=house.as_("sue"), user_id=house.fay, email="x@example.org")
    assert looking.user(house.fay).email == "fay.desk@example.org"


def people_changed() -> list[tuple[str, str]]:
    return looking.mails("people_changed")


def test_the_address_before_and_the_office_hear_of_another_one(house: House) -> None:
    apps.get_model("offices", "Office").objects.update(contact_email="office@lakeside.example.org")
    ivy = looking.an_invited_user("ivy.new", making.an_end_user())
    assert people_changed() == []
    looking_after.invite_elsewhere(actor=house.as_("sue"), user_id=ivy, email="ivy@example.org")
    assert people_changed() == [
        ("ivy.new@example.org", "moved_away"),
        ("ann.admin@example.org", "moved"),
        ("bea.admin@example.org", "moved"),
        ("office@lakeside.example.org", "moved"),
    ]
    sent = apps.get_model("notifications", "Message").objects.filter(template="people_changed")
    [reference] = {mail.context["reference"] for mail in sent}
    assert reference == apps.get_model("audit", "Entry").objects.latest("pk").reference


def test_at_another_address_nothing_is_proven_any_more(house: House) -> None:
    ivy = looking.an_invited_user("ivy.new", making.an_end_user())
    kept = apps.get_model("accounts", "Proof").objects
    begun = {"user_id": ivy, "asked_at": people.NOW, "told": {"handed_in_at": people.NOW.isoformat()}}
    kept.create(prover="documents", state="submitted", **begun)
    kept.create(prover="contact", state="asked", code_index=b"c", expires_at=people.NOW, **begun)
    every_way = ("desk", "documents", "contact", "openid_connect")
    looking.change(ivy, proofs=dict.fromkeys(every_way, people.NOW.isoformat()))
    looking_after.invite_again(actor=house.as_("sue"), function=PLAN, user_id=ivy)
    assert set(looking.user(ivy).proofs) == set(every_way)
    looking_after.invite_elsewhere(actor=house.as_("sue"), user_id=ivy, email="ivy@example.org")
    assert looking.user(ivy).proofs == {}
    assert set(kept.values_list("state", "code_index", "decided_at")) == {("cancelled", None, people.NOW)}


def test_whoever_redirects_an_invitation_does_not_vouch_for_who_comes(house: House) -> None:
    ivy = looking.an_invited_user("ivy.new", making.an_end_user())
    looking_after.invite_elsewhere(actor=house.as_("sue"), user_id=ivy, email="ivy@example.org")
    with pytest.raises(CannotVouch):
        looking_after.vouch(actor=house.as_("sue"), user_id=ivy, why="She showed her licence")
    assert looking.user(ivy).proofs == {}
    looking_after.vouch(actor=house.as_("joe"), user_id=ivy, why="She showed her licence")
    assert set(looking.user(ivy).proofs) == {"desk"}


def test_taking_back_touches_nobody_whose_first_sign_in_is_done(house: House) -> None:
    password = looking.user(house.fay).password
    assert not looking_after.cancel_invitation(actor=house.as_("joe"), function=PLAN, user_id=house.fay)
    assert looking.user(house.fay).password == password
    with pytest.raises(CannotInvite):
        looking_after.invite_again(actor=house.as_("joe"), function=PLAN, user_id=house.fay)
    assert looking.user(house.fay).password == password


def test_somebody_is_vouched_for(house: House) -> None:
    looking.change(house.fay, proofs={})
    looking_after.vouch(actor=house.as_("sue"), user_id=house.fay, why="She showed her licence")
    assert looking.last_use()[2] == "identity_vouched"
    assert set(looking.user(house.fay).proofs) == {"desk"}
