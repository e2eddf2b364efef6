"""Looking after the people of one's own office: how far they are, and opening their accounts again."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from tests.support import cast, looking, visiting
from tests.support.actors import NOW
from tests.support.looking import OFFICE, page
from tests.support.world import World

ACTS = ("unlock", "reactivate", "invite", "cancel", "reset", "reset-agree", "reset-refuse")


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


@pytest.fixture
def second(world: World) -> Client:
    """The browser of Lakeside's other administrator."""
    assert world.offices
    looking.second_administrator()
    browser = Client()
    browser.post("/sign-in/", {"username": "second.administrator", "password": cast.PASSWORD})
    assert visiting.give_code(browser).status_code == 302
    return browser


def own(number: int, act: str = "") -> str:
    return page(number, act, of=OFFICE)


def test_the_list_holds_the_own_office_alone(administrator: Client, world: World) -> None:
    assert world["outsider"].user_id != world["operations"].user_id
    looking.invited()
    looking.invited("hal.new", office=cast.HILLCREST)
    said = visiting.seen(administrator.get(OFFICE))
    assert "Ivy Invited ivy.new End user Invited until" in said
    assert "Front Tester front.desk End user Eligibility, Benefits, Claims Inquiry, and 7 more Active" in said
    for name in ("Outsider Tester", "Operations Tester", "hal.new"):
        assert name not in said
    assert "Create New User" in said
    said = visiting.seen(administrator.post(OFFICE, {"text": "outsider", "office": "hillcrest"}))
    assert "Nobody is like that" in said


def test_pending_and_expired_invitations_are_found(administrator: Client) -> None:
    looking.invited()
    over = looking.invited("ian.late")
    rows = apps.get_model("accounts", "Invitation").objects.filter(user_id=over)
    rows.update(expires_at=rows.get().made_at)
    said = visiting.seen(administrator.post(OFFICE, {"standing": "invitation_over"}))
    assert "ian.late End user Invitation over" in said
    assert "ivy.new" not in said
    assert "ivy.new" in visiting.seen(administrator.post(OFFICE, {"standing": "invited"}))


def test_somebody_of_the_own_office_is_shown(administrator: Client, world: World) -> None:
    number = world["front_desk"].user_id
    answer = administrator.get(own(number))
    assert [each.url for each in answer.context["offered"]] == [
        own(number, act) for act in ("unlock", "reset")
    ]
    assert "Another account has this address" not in visiting.seen(answer)


@pytest.mark.parametrize("act", ["", *ACTS])
@pytest.mark.parametrize("who", ["outsider", "operations"])
def test_anybody_elses_people_are_as_unknown_as_nobody(
    administrator: Client, world: World, act: str, who: str
) -> None:
    number, nobody = world[who].user_id, 99
    sent = {"why": "called"}
    for method in (administrator.get, administrator.post):
        told, other = method(own(number, act), sent), method(own(nobody, act), sent)
        assert told.status_code == other.status_code
        assert told.status_code in (404, 405)
        assert visiting.as_said(told) == visiting.as_said(other)


@pytest.mark.parametrize("act", ["", *ACTS, "add-end-user", "add-administrator"])
def test_a_number_that_no_row_can_have_is_as_unknown(administrator: Client, act: str) -> None:
    for number in (2**63, 10**30):
        for method in (administrator.get, administrator.post):
            assert method(own(number, act), {"why": "called"}).status_code in (404, 405)


@pytest.mark.parametrize("act", ["disable", "enable", "vouch", "caller"])
def test_what_is_the_plans_alone_has_no_address_here(administrator: Client, world: World, act: str) -> None:
    number = world["front_desk"].user_id
    assert administrator.post(own(number, act), {"why": "left"}).status_code == 404
    assert administrator.post(page(number, act), {"why": "left"}).status_code == 403
    assert looking.user(number).state == "active"


def test_one_click_opens_a_suspended_account(administrator: Client, world: World) -> None:
    number = world["front_desk"].user_id
    looking.suspend(number)
    said = visiting.seen(administrator.post(own(number, "reactivate"), follow=True))
    assert "The account is open again." in said
    assert "reactivated" in looking.conclusions("manage_users")


def test_a_new_invitation_and_taking_it_back(administrator: Client) -> None:
    number = looking.invited()
    said = visiting.seen(administrator.post(own(number, "invite"), follow=True))
    assert "A new invitation is on its way." in said
    assert "The username is ivy.new" in said
    administrator.post(own(number, "invite"), {"email": "mine@example.org"})
    assert looking.user(number).email == "ivy.new@example.org"
    said = visiting.seen(administrator.post(own(number, "cancel"), follow=True))
    assert "The invitation is taken back." in said


def test_the_own_account_is_looked_after_by_somebody_else(administrator: Client, world: World) -> None:
    number = world["administrator"].user_id
    assert "looked after by another administrator, or by the plan" in visiting.seen(
        administrator.get(own(number))
    )
    answer = administrator.post(own(number, "reactivate"))
    assert answer.status_code == 403
    assert "Ask another administrator of your office, or the plan." in visiting.seen(answer)


def test_two_administrators_reset_the_factors_of_a_third(
    administrator: Client, second: Client, world: World
) -> None:
    number = world["front_desk"].user_id
    theirs = visiting.sign_in(world["front_desk"])
    assert administrator.post(own(number, "reset"), {"why": ""}).status_code == 422
    asked = administrator.post(own(number, "reset"), {"why": "Lost the telephone"}, follow=True)
    assert "It is asked for. Another person has to agree." in visiting.seen(asked)
    assert "You asked for it: another person has to agree." in visiting.seen(asked)
    refused = administrator.post(own(number, "reset-agree"), follow=True)
    assert "You asked for it: another person has to agree." in visiting.seen(refused)
    assert "Front Tester Asked by Administrator Tester on" in visiting.seen(second.get(OFFICE))
    assert "Lost the telephone" in visiting.seen(second.get(own(number)))
    done = second.post(own(number, "reset-agree"), follow=True)
    assert "The second factors are reset, and every session ended." in visiting.seen(done)
    assert theirs.get("/patients/").headers["Location"].startswith("/sign-in/")
    again = Client()
    visiting.give_password(again, world["front_desk"])
    assert again.get("/patients/").status_code == 403


def test_a_request_is_taken_back_or_refused_and_then_is_over(
    administrator: Client, second: Client, world: World
) -> None:
    number = world["front_desk"].user_id
    for browser in (administrator, second):
        administrator.post(own(number, "reset"), {"why": "Lost the telephone"})
        said = visiting.seen(browser.post(own(number, "reset-refuse"), follow=True))
        assert "The second factors stay as they are." in said
    said = visiting.seen(second.post(own(number, "reset-agree"), follow=True))
    assert "It was decided meanwhile, or is over." in said


def test_who_came_after_the_request_is_offered_neither_to_agree_nor_to_refuse(
    administrator: Client, second: Client, world: World
) -> None:
    number = world["front_desk"].user_id
    administrator.post(own(number, "reset"), {"why": "Lost the telephone"})
    rows = apps.get_model("accounts", "User").objects.filter(username="second.administrator")
    rows.update(activated_at=NOW + timedelta(minutes=1))
    shown = second.get(own(number))
    assert "It was asked before your account was open" in visiting.seen(shown)
    for act in ("reset-agree", "reset-refuse"):
        assert own(number, act) not in shown.content.decode()
        said = visiting.seen(second.post(own(number, act), follow=True))
        assert "somebody else decides, or the plan." in said
    assert "Take it back" in visiting.seen(administrator.get(own(number)))
    assert looking.user(number).session_epoch == 1


def test_the_account_of_somebody_of_two_offices_is_the_plans(administrator: Client, world: World) -> None:
    number = world["front_desk"].user_id
    elsewhere = apps.get_model("offices", "Office").objects.get(key=cast.HILLCREST)
    apps.get_model("access", "Persona").objects.create(
        user_id=number, kind="end_user", office=elsewhere, created_at=NOW
    )
    shown = administrator.get(own(number))
    assert shown.context["offered"] == []
    assert "works for another office or for the plan too" in visiting.seen(shown)
    assert "Hillcrest" not in visiting.seen(shown)
    answer = administrator.post(own(number, "unlock"), {"why": "called"})
    assert answer.status_code == 403
    assert "works for another office or for the plan too" in visiting.seen(answer)
    assert looking.conclusions("manage_users")[-1] == "out_of_reach"


def test_a_second_request_is_not_asked(administrator: Client, world: World) -> None:
    number = world["front_desk"].user_id
    administrator.post(own(number, "reset"), {"why": "Lost the telephone"})
    said = visiting.seen(administrator.post(own(number, "reset"), {"why": "Again"}, follow=True))
    assert "a request is open already" in said


@pytest.mark.parametrize(("who", "is_open"), [("administrator", True), ("front_desk", False)])
def test_the_menu_shows_it_open_or_locked(world: World, who: str, is_open: bool) -> None:
    shown = visiting.sign_in(world[who]).get("/").content.decode()
    assert ('href="/office/people/"' in shown) is is_open
