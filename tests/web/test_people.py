"""Looking after people at the plan's desk: the list, one person step by step, and what is done for them."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.signing_in import misses
from tests.support import cast, looking, visiting
from tests.support.actors import NOW
from tests.support.looking import PEOPLE, page
from tests.support.world import World

ASKED: dict[str, Any] = {
    "first_name": "Ann",
    "last_name": "Lee",
    "email": "ann.lee@example.org",
    "username": "",
}
OFFICE_ASKED = ASKED | {
    "kinds": ["end_user"],
    "functions": ["eligibility", "benefits"],
    "tax_ids": [cast.OWN],
    "lines": [],
    "first_on": "01/01/2026",
    "last_on": "",
}
NEW_OF_OFFICE, NEW_OF_PLAN = f"{PEOPLE}new/office/lakeside/", f"{PEOPLE}new/plan/"


@pytest.fixture
def support(world: World) -> Client:
    """The browser of the support desk."""
    return visiting.sign_in(world["support"])


def lock(number: int) -> None:
    index = misses.index(misses.Step.PASSWORD, looking.user(number).username)
    apps.get_model("accounts", "Misses").objects.create(name_index=index, count=100, last_at=NOW)


def test_the_list_shows_who_there_is_and_how_they_stand(operations: Client, world: World) -> None:
    lock(world["front_desk"].user_id)
    looking.suspend(world["colleague"].user_id)
    looking.invited()
    said = visiting.seen(operations.get(PEOPLE))
    assert "Ivy Invited ivy.new End user Lakeside Family Practice Invited until Mar 13" in said
    holds = "Eligibility, Benefits, Claims Inquiry, and 7 more"
    assert f"Front Tester front.desk End user Lakeside Family Practice {holds} Locked" in said
    assert f"Colleague Tester colleague End user Lakeside Family Practice {holds} Suspended" in said
    assert "Operations Tester operations Plan staff Operations Active" in said


def test_a_search_is_sent_and_stands_in_no_address(operations: Client, world: World) -> None:
    assert world["outsider"].user_id
    said = visiting.seen(operations.post(PEOPLE, {"text": "tester", "standing": "active", "office": "hill"}))
    assert "Outsider Tester" in said
    assert "Front Tester" not in said
    assert 'method="post"' in looking.main_of(operations.get(PEOPLE))
    operations.post(f"{PEOPLE}everybody/")
    assert "Front Tester" in visiting.seen(operations.get(f"{PEOPLE}?text=outsider"))


def test_nobody_found_says_so(operations: Client) -> None:
    said = visiting.seen(operations.post(PEOPLE, {"text": "nobody at all"}))
    assert "Nobody is like that" in said
    assert "View All" in said


@pytest.mark.parametrize(
    "typed", [{"standing": "locked"}, {"text": "x" * 121}], ids=["no_choice", "too_long"]
)
def test_a_search_that_cannot_be_is_refused(operations: Client, typed: dict[str, str]) -> None:
    answer = operations.post(PEOPLE, typed)
    assert answer.status_code == 422
    assert "Please check this form" in visiting.seen(answer)


def test_the_list_goes_on_where_it_ended(operations: Client, world: World) -> None:
    for number in range(21):
        looking.invited(f"ivy.new{number}")
    first = operations.get(PEOPLE)
    assert "ivy.new20" in visiting.seen(first)
    assert "ivy.new0 " not in visiting.seen(first)
    form = dict(first.context["next"])
    assert "ivy.new0 " in visiting.seen(operations.post(PEOPLE, form))


def test_a_person_is_shown_step_by_step_and_where_they_are_stuck(operations: Client) -> None:
    said = visiting.seen(operations.get(page(looking.invited())))
    assert "Tell Ivy Invited the username The username is ivy.new . Tell it by telephone or in person" in said
    assert "Stuck at: Invited The invitation was mailed and not used yet. The person takes this step." in said
    assert (
        "Account made Mar 12, 2026, 10:00 AM PDT Invited The invitation was mailed and not used yet." in said
    )
    for step in ("Password set", "Second factor set up", "Identity verified", "Terms of use accepted"):
        assert step in said


@pytest.mark.parametrize(
    ("who", "acts"),
    [
        ("front_desk", ["unlock", "reset", "disable"]),
        ("no_factor", ["unlock", "disable"]),
        ("unverified", ["unlock", "reset", "vouch", "disable"]),
        ("disabled", ["enable"]),
        ("operations", []),
    ],
)
def test_what_can_be_done_is_offered(operations: Client, world: World, who: str, acts: list[str]) -> None:
    number = world[who].user_id
    if who == "disabled":
        apps.get_model("accounts", "User").objects.filter(pk=number).update(state="disabled")
    answer = operations.get(page(number))
    assert [each.url for each in answer.context["offered"]] == [page(number, act) for act in acts]


def test_to_somebody_invited_a_new_invitation_is_offered(operations: Client) -> None:
    number = looking.invited()
    offered = operations.get(page(number)).context["offered"]
    assert [each.url for each in offered] == [page(number, act) for act in ("invite", "cancel", "disable")]


def test_a_lock_is_lifted_once_a_reason_is_chosen(operations: Client, world: World) -> None:
    number = world["front_desk"].user_id
    lock(number)
    answer = operations.post(page(number, "unlock"), {"why": ""})
    assert answer.status_code == 422
    assert "Choose why" in visiting.seen(answer)
    answer = operations.post(page(number, "unlock"), {"why": "called"}, follow=True)
    assert "Front Tester is unlocked." in visiting.seen(answer)
    assert "unlocked" in looking.conclusions("provisioning")
    answer = operations.post(page(number, "unlock"), {"why": "called"}, follow=True)
    assert "There were no failed sign-ins to forget." in visiting.seen(answer)


@pytest.mark.parametrize("why", ["left", "operator", "because"])
def test_only_reasons_of_the_act_are_taken(operations: Client, world: World, why: str) -> None:
    number = world["front_desk"].user_id
    assert operations.post(page(number, "unlock"), {"why": why}).status_code == 422


def test_an_account_is_disabled_after_being_asked_and_enabled_again(
    operations: Client, world: World, clock: Any
) -> None:
    number = world["front_desk"].user_id
    theirs = visiting.sign_in(world["front_desk"])
    assert "Nothing is deleted" in visiting.seen(operations.get(page(number, "disable")))
    answer = operations.post(page(number, "disable"), {"why": "left"}, follow=True)
    assert "The account of Front Tester is disabled." in visiting.seen(answer)
    assert "Stuck at: Account open" in visiting.seen(answer)
    assert theirs.get("/patients/").headers["Location"].startswith("/sign-in/")
    operations.post(page(number, "enable"), {"why": "by_mistake"})
    clock.shift(60)
    assert visiting.sign_in(world["front_desk"]).get("/patients/").status_code == 200


def test_a_suspended_account_is_opened_by_one_click(operations: Client, world: World) -> None:
    number = world["front_desk"].user_id
    looking.suspend(number)
    shown = operations.get(page(number))
    assert f'action="{page(number, "reactivate")}"' in looking.main_of(shown)
    answer = operations.post(page(number, "reactivate"), follow=True)
    assert "The account is open again." in visiting.seen(answer)
    assert looking.user(number).state == "active"
    answer = operations.post(page(number, "reactivate"), follow=True)
    assert "It is not suspended." in visiting.seen(answer)


def test_an_invitation_is_sent_again_and_taken_back(operations: Client) -> None:
    number = looking.invited()
    assert "ivy.new@example.org" in visiting.seen(operations.get(page(number, "invite")))
    said = visiting.seen(operations.post(page(number, "invite"), follow=True))
    assert "A new invitation is on its way." in said
    said = visiting.seen(operations.post(page(number, "cancel"), follow=True))
    assert "The invitation is taken back." in said
    assert "Stuck at: Invited The invitation was taken back." in said
    said = visiting.seen(operations.post(page(number, "cancel"), follow=True))
    assert "No invitation is open." in said


def test_a_wrong_address_is_corrected_with_the_new_invitation(operations: Client) -> None:
    number = looking.invited()
    assert operations.post(page(number, "invite"), {"email": "ivy"}).status_code == 422
    operations.post(page(number, "invite"), {"email": "ivy@example.org"})
    assert looking.user(number).email == "ivy@example.org"
    assert looking.conclusions("provisioning")[-1] == "invitation_sent_elsewhere"


def test_whoever_came_already_is_invited_no_more(operations: Client, world: World) -> None:
    number = world["front_desk"].user_id
    said = visiting.seen(operations.post(page(number, "invite"), follow=True))
    assert "The first sign-in is done" in said


@pytest.mark.parametrize(
    "act", ["unlock", "disable", "enable", "reactivate", "invite", "cancel", "reset", "reset-agree", "vouch"]
)
def test_support_does_nothing_for_operations(support: Client, world: World, act: str) -> None:
    number = world["operations"].user_id
    shown = support.get(page(number))
    assert shown.context["offered"] == []
    assert "This account is looked after by somebody else" in visiting.seen(shown)
    sent = {"why": {"disable": "left", "enable": "by_mistake"}.get(act, "called")}
    for answer in (support.get(page(number, act)), support.post(page(number, act), sent)):
        if answer.status_code != 405:
            assert answer.status_code == 403
            assert "Ask somebody of Operations." in visiting.seen(answer)
    assert looking.conclusions("provisioning")[-1] == "out_of_reach"


def test_somebody_is_vouched_for_with_words(operations: Client, world: World) -> None:
    number = world["unverified"].user_id
    assert operations.post(page(number, "vouch"), {"why": " "}).status_code == 422
    answer = operations.post(page(number, "vouch"), {"why": "She came in with her licence"}, follow=True)
    assert "The identity is vouched for." in visiting.seen(answer)
    assert set(looking.user(number).proofs) == {"desk"}


@pytest.mark.parametrize(
    ("address", "typed"),
    [(NEW_OF_OFFICE, OFFICE_ASKED), (NEW_OF_PLAN, ASKED | {"desk": "support"})],
    ids=["of an office", "of the plan"],
)
def test_nobody_is_invited_as_verified(operations: Client, address: str, typed: dict[str, Any]) -> None:
    assert "is_verified" not in operations.get(address).content.decode()
    assert operations.post(address, typed | {"is_verified": "on"}).status_code == 302
    assert looking.user(made_last()).proofs == {}


def made_last() -> int:
    return int(apps.get_model("accounts", "User").objects.latest("pk").pk)


def test_whoever_invited_somebody_leaves_vouching_to_a_colleague(operations: Client, support: Client) -> None:
    assert support.post(NEW_OF_OFFICE, OFFICE_ASKED).status_code == 302
    number = made_last()
    for browser, is_offered in ((support, False), (operations, True)):
        offered = [each.url for each in browser.get(page(number)).context["offered"]]
        assert (page(number, "vouch") in offered) is is_offered
    sent = {"why": "She came in with her licence"}
    said = visiting.seen(support.post(page(number, "vouch"), sent, follow=True))
    assert "Whoever invited somebody does not vouch for them; ask a colleague." in said
    assert looking.user(number).proofs == {}
    operations.post(page(number, "vouch"), sent)
    assert set(looking.user(number).proofs) == {"desk"}


@pytest.fixture
def asked_by_telephone(settings: Any, world: World) -> int:
    """The front desk's number, where the plan's desk asks callers."""
    settings.RECOVERY_QUESTION = "helpdesk"
    number = world["front_desk"].user_id
    made = questions.made(username="front.desk", question=Question.TOY, answer="old rabbit")
    apps.get_model("accounts", "RecoveryQuestion").objects.create(
        user_id=number, question=made.question, answer=made.answer, set_at=NOW
    )
    return number


def test_a_callers_answer_matches_or_not(operations: Client, asked_by_telephone: int) -> None:
    address = page(asked_by_telephone, "caller")
    assert "a toy or stuffed animal" in visiting.seen(operations.get(address))
    said = visiting.seen(operations.post(address, {"answer": "Old Rabbit"}, follow=True))
    assert "The answer matches. It is never enough by itself" in said
    said = visiting.seen(operations.post(address, {"answer": "young rabbit"}, follow=True))
    assert "The answer does not match." in said
    assert "rabbit" not in said.casefold()


def test_nobody_who_chose_no_question_is_asked(
    operations: Client, asked_by_telephone: int, world: World
) -> None:
    assert asked_by_telephone
    assert operations.get(page(world["colleague"].user_id, "caller")).status_code == 404


def test_somebody_of_an_office_is_invited_and_the_username_is_told_here_alone(operations: Client) -> None:
    answer = operations.post(NEW_OF_OFFICE, OFFICE_ASKED, follow=True)
    said = visiting.seen(answer)
    assert "The invitation is on its way." in said
    assert "The username is ann.lee . Tell it by telephone or in person" in said
    assert "As an end user of Lakeside Family Practice Tax IDs 17-1234567" in said
    [mail] = apps.get_model("notifications", "Message").objects.filter(to="ann.lee@example.org")
    assert "ann.lee" not in str(mail.context)
    made = apps.get_model("accounts", "User").objects.get(username="ann.lee")
    assert (made.activated_at, made.proofs) == (None, {})
    assert "person_invited" in looking.conclusions("provisioning")


def test_an_administrator_is_invited_with_users_to_manage_alone(operations: Client) -> None:
    typed = OFFICE_ASKED | {"kinds": ["administrator"], "functions": []}
    assert operations.post(NEW_OF_OFFICE, typed).status_code == 302
    made = apps.get_model("accounts", "User").objects.get(username="ann.lee")
    grants = apps.get_model("access", "Grant").objects.filter(persona__user_id=made.pk)
    assert list(grants.values_list("function", "persona__kind")) == [("manage_users", "administrator")]


def test_somebody_of_the_plan_gets_a_desk(operations: Client) -> None:
    said = visiting.seen(operations.post(NEW_OF_PLAN, ASKED | {"desk": "member_services"}, follow=True))
    assert "Plan staff , Member services" in said


def test_support_offers_the_desks_it_may_give(support: Client) -> None:
    said = looking.main_of(support.get(NEW_OF_PLAN))
    assert 'value="support"' in said
    assert 'value="operations"' not in said
    assert support.post(NEW_OF_PLAN, ASKED | {"desk": "operations"}).status_code == 422


@pytest.mark.parametrize(
    ("address", "changes", "says"),
    [
        (NEW_OF_OFFICE, {"username": "front.desk"}, "Another person has this username"),
        (NEW_OF_OFFICE, {"username": "ann lee"}, "Use 2 to 60 letters"),
        (NEW_OF_OFFICE, {"functions": []}, "Choose what an end user may use"),
        (NEW_OF_OFFICE, {"kinds": []}, "Choose what the person acts as"),
        (NEW_OF_OFFICE, {"email": ""}, "Enter the mail address the invitation goes to"),
        (NEW_OF_OFFICE, {"email": "ann"}, "Enter a mail address such as"),
        (NEW_OF_OFFICE, {"first_name": ""}, "Enter the first name"),
        (NEW_OF_OFFICE, {"tax_ids": [cast.FOREIGN]}, "is not one of the available choices"),
        (NEW_OF_PLAN, {}, "Choose the desk they work at"),
    ],
    ids=str,
)
def test_what_is_wrong_stands_in_the_form_and_nobody_is_made(
    operations: Client, world: World, address: str, changes: dict[str, Any], says: str
) -> None:
    assert world["front_desk"].user_id
    before = apps.get_model("accounts", "User").objects.count()
    answer = operations.post(address, OFFICE_ASKED | changes)
    assert (answer.status_code, says in visiting.seen(answer)) == (422, True)
    assert apps.get_model("accounts", "User").objects.count() == before


def test_two_accounts_of_one_person_may_share_an_address_and_the_desk_reads_so(operations: Client) -> None:
    for _ in range(2):
        answer = operations.post(NEW_OF_OFFICE, OFFICE_ASKED, follow=True)
    said = visiting.seen(answer)
    assert "The username is ann.lee2" in said
    assert "Another account has this address too." in said


def test_the_office_is_found_first(operations: Client) -> None:
    said = visiting.seen(operations.get(f"{PEOPLE}new/?office=lake"))
    assert "Lakeside Family Practice lakeside, tax IDs 17-1234567" in said
    assert "No office was found" in visiting.seen(operations.get(f"{PEOPLE}new/?office=nowhere"))
    assert operations.get(f"{PEOPLE}new/?office=").status_code == 422
    assert operations.get(f"{PEOPLE}new/office/nowhere/").status_code == 404


def test_after_a_while_an_act_asks_to_confirm_first(operations: Client, world: World, clock: Any) -> None:
    number = world["front_desk"].user_id
    clock.shift(11 * 60)
    assert operations.get(page(number)).status_code == 200
    for address in (page(number, "disable"), NEW_OF_OFFICE, NEW_OF_PLAN):
        assert operations.get(address).headers["Location"].startswith("/account/confirm/?next=")
    assert operations.post(page(number, "reactivate")).headers["Location"].startswith("/account/confirm/")
