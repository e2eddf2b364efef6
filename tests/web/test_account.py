"""Your account: all of it on one page, what one changes of it, and the zone pages show instants in."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.accounts import models
from portico.domains.notifications.rules import OPTIONAL, TEMPLATES
from portico.domains.permits.functions import DESK_FUNCTIONS, Desk
from portico.domains.plan import terms
from portico.edges.web.accounts import profile_forms
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

ACCOUNT, DETAILS, MAILS = "/account/", "/account/details/", "/account/mails/"
FRONT = {"first_name": "Front", "last_name": "Tester", "telephone": "", "time_zone": ""}


def user_of(world: World, key: str = "front_desk") -> models.User:
    return models.User.objects.get(pk=world[key].user_id)


def change(browser: Client, **fields: str) -> Any:
    return browser.post(DETAILS, {**FRONT, **fields})


def test_the_page_says_who_one_is_and_how_one_signs_in(front_desk: Client) -> None:
    said = visiting.seen(front_desk.get(ACCOUNT))
    assert "Name Front Tester Username front.desk It never changes." in said
    assert "Mail address front.desk@example.org Change it Telephone None" in said
    assert "Password Set Mar 12, 2026, 10:00 AM PDT" in said
    assert "Second step On authenticator since Mar 12, 2026, 10:00 AM PDT" in said.replace("An ", "")
    assert "Verified By the plan's desk, Mar 12, 2026" in said
    assert "1 open session" in said
    assert "Confirmed until Mar 12, 2026, 10:10 AM PDT" in said


def test_the_page_leads_to_all_that_belongs_to_an_account(front_desk: Client) -> None:
    page = front_desk.get(ACCOUNT).content.decode()
    routes = ("account_details", "mail_address", "own_password", "factors", "own_question", "sessions")
    for route in (*routes, "identity", "recovery_codes", "account_mails", "own_data"):
        assert f'href="{reverse(route)}"' in page


def test_the_header_leads_to_it(front_desk: Client) -> None:
    assert f'href="{ACCOUNT}"' in front_desk.get("/").content.decode()
    assert f'href="{ACCOUNT}"' not in Client().get("/").content.decode()


def test_each_persona_says_in_counts_what_it_may_do(front_desk: Client, world: World) -> None:
    assert (
        "End user , Lakeside Family Practice 10 functions for 1 tax ID You act as this now"
        in visiting.seen(front_desk.get(ACCOUNT))
    )
    staff = visiting.sign_in(world["operations"])
    held = len(DESK_FUNCTIONS[Desk.OPERATIONS])
    assert f"Plan staff , the plan, Operations {held} functions You act as this now" in visiting.seen(
        staff.get(ACCOUNT)
    )


def test_somebody_without_a_second_step_is_told_what_that_closes(world: World) -> None:
    said = visiting.seen(visiting.sign_in(world["no_factor"]).get(ACCOUNT))
    assert "Second step Off Patient data opens only with one" in said


def left_on(browser: Client) -> str:
    """What the page says is still to do; empty where nothing is."""
    said = visiting.seen(browser.get(ACCOUNT))
    return said.partition("Still to do")[2].partition("You Change")[0]


def test_what_is_left_to_do_is_named_with_its_place_until_it_is_done(
    world: World, front_desk: Client
) -> None:
    assert "Make recovery codes" in left_on(front_desk)
    assert "Choose a recovery question" in left_on(front_desk)
    user = user_of(world)
    user.recovery_codes.create(code_index=b"c" * 16, made_at=NOW)
    models.RecoveryQuestion.objects.create(user=user, question="toy", answer="x", set_at=NOW)
    assert left_on(front_desk) == ""


def test_a_second_step_and_a_proof_are_asked_of_those_who_lack_them(world: World) -> None:
    assert "Set up a second step at sign-in" in left_on(visiting.sign_in(world["no_factor"]))
    unverified = visiting.sign_in(world["unverified"])
    assert "Verify your identity" in left_on(unverified)
    assert "Your identity A proof is asked for" in visiting.seen(unverified.get(ACCOUNT))


def test_terms_that_wait_are_named_first(world: World, front_desk: Client) -> None:
    terms.publish(actor=worlds.system(), version="1", text="Be careful.")
    assert left_on(front_desk).startswith(", so that your account is safe and open to you Agree to the terms")


def test_where_the_plan_keeps_no_question_none_is_asked_for(front_desk: Client, settings: Any) -> None:
    settings.RECOVERY_QUESTION = "off"
    assert "question" not in visiting.seen(front_desk.get(ACCOUNT)).partition("What you act as")[0]


def test_a_change_is_kept_and_said(front_desk: Client, world: World) -> None:
    before = worlds.last_use()
    answer = change(front_desk, first_name="Ann", telephone="(530) 555-0193 x12")
    assert answer.headers["Location"] == ACCOUNT
    said = visiting.seen(front_desk.get(ACCOUNT))
    assert "Your changes are kept." in said
    assert "Name Ann Tester" in said
    assert user_of(world).telephone == "5305550193 x12"
    [row] = worlds.uses(pk__gt=before, conclusion="profile_changed")
    assert sorted(each.identifier for each in row.subjects.order_by("pk")) == ["first_name", "telephone"]


def test_saving_what_stands_there_says_so(front_desk: Client) -> None:
    change(front_desk)
    assert "Nothing was different." in visiting.seen(front_desk.get(ACCOUNT))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"first_name": ""}, "Enter your first name."),
        ({"first_name": "R2D2"}, "Enter a first name of at most 60 letters."),
        ({"last_name": "x" * 61}, "at most 60 characters"),
        ({"telephone": "call me"}, "Enter a telephone number, such as (530) 555-0193"),
        ({"time_zone": "Mars/Olympus"}, "is not one of the available choices"),
    ],
    ids=["no name", "digits", "too long", "telephone", "zone"],
)
def test_what_cannot_be_is_said_beside_its_field(
    front_desk: Client, world: World, fields: dict[str, str], says: str
) -> None:
    answer = change(front_desk, **fields)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert user_of(world).first_name == "Front"


def test_the_username_is_on_no_form(front_desk: Client, world: World) -> None:
    change(front_desk, username="boss")
    assert user_of(world).username == "front.desk"


def test_what_was_typed_is_shown_and_escaped(front_desk: Client) -> None:
    answer = change(front_desk, first_name="<script>alert(1)</script>")
    assert "<script>alert" not in answer.content.decode()


def test_one_language_is_shown_and_several_are_offered(
    front_desk: Client, world: World, settings: Any
) -> None:
    assert "Language English (United States)" in visiting.seen(front_desk.get(ACCOUNT))
    assert 'name="language"' not in front_desk.get(DETAILS).content.decode()
    settings.LANGUAGES = [("en-us", "English (United States)"), ("es", "Español")]
    assert 'name="language"' in front_desk.get(DETAILS).content.decode()
    change(front_desk, language="es")
    assert user_of(world).language == "es"
    assert "Language Español" in visiting.seen(front_desk.get(ACCOUNT))


# ---------------------------------------------------------------- time zones


def test_instants_are_shown_in_the_plans_zone_until_one_is_chosen(front_desk: Client, world: World) -> None:
    said = visiting.seen(front_desk.get(ACCOUNT))
    assert (
        "Time zone Pacific Time, as the plan Times on pages are shown in it. Now: Mar 12, 2026, 10:00 AM PDT"
        in said
    )
    assert "Times are in" not in said
    change(front_desk, time_zone="America/New_York")
    said = visiting.seen(front_desk.get(ACCOUNT))
    assert "Time zone Eastern Time Times on pages are shown in it. Now: Mar 12, 2026, 1:00 PM EDT" in said
    assert "Times are in Eastern Time" in said
    assert "10:00 AM PDT" not in said


def test_another_readers_pages_keep_their_own_zone(world: World, front_desk: Client) -> None:
    change(front_desk, time_zone="America/New_York")
    colleague = visiting.sign_in(world["colleague"])
    assert "10:00 AM PDT" in visiting.seen(colleague.get(ACCOUNT))
    assert "1:00 PM EDT" in visiting.seen(front_desk.get(ACCOUNT))
    assert "10:00 AM PDT" in visiting.seen(colleague.get(ACCOUNT))


def test_days_of_a_coverage_stay_the_plans(
    front_desk: Client, world: World, clock: time_machine.Traveller
) -> None:
    clock.shift(13 * 60 * 60 + 30 * 60)  # half past eleven in the evening here, already tomorrow in New York
    browser = visiting.sign_in(world["front_desk"])
    change(browser, time_zone="America/New_York")
    assert 'value="03/12/2026"' in browser.get(reverse("patient_search")).content.decode()
    assert "Mar 13, 2026, 2:30 AM EDT" in visiting.seen(browser.get(ACCOUNT))


def test_a_zone_this_machine_no_longer_knows_is_the_plans(front_desk: Client, world: World) -> None:
    models.User.objects.filter(pk=world["front_desk"].user_id).update(time_zone="Mars/Olympus")
    assert "10:00 AM PDT" in visiting.seen(front_desk.get(ACCOUNT))


def test_the_zones_of_this_country_come_first_with_their_hour(front_desk: Client) -> None:
    page = front_desk.get(DETAILS).content.decode()
    near, _, far = page.partition('<optgroup label="Everywhere else">')
    assert "Eastern Time (1:00 PM now)" in near
    assert "Europe / Lisbon" in far
    assert "US/Pacific" not in page


# ---------------------------------------------------------------- mails


def test_every_mail_that_may_be_switched_off_has_its_words_and_no_other() -> None:
    assert set(profile_forms.MAILS) == OPTIONAL
    assert set(TEMPLATES) > OPTIONAL


def test_a_mail_is_switched_off_and_on_again(front_desk: Client, world: World) -> None:
    assert "checked" in front_desk.get(MAILS).content.decode()
    assert front_desk.post(MAILS, {}).headers["Location"] == ACCOUNT
    assert user_of(world).mails_off == ["new_notices"]
    assert "New notices for your office Off" in visiting.seen(front_desk.get(ACCOUNT))
    assert "checked" not in front_desk.get(MAILS).content.decode()
    front_desk.post(MAILS, {"new_notices": "on"})
    assert user_of(world).mails_off == []


def test_the_page_says_which_mails_always_come(front_desk: Client, world: World) -> None:
    said = visiting.seen(front_desk.get(MAILS))
    assert "nobody can switch them off" in said
    front_desk.post(MAILS, {"new_notices": "on", "machine_changed": "", "address_changed": ""})
    assert user_of(world).mails_off == []


# ---------------------------------------------------------------- who is refused


@pytest.mark.parametrize("address", [ACCOUNT, DETAILS, MAILS])
def test_a_visitor_is_asked_to_sign_in(world: World, address: str) -> None:
    assert (
        Client().get(address).headers["Location"]
        == f"{reverse('sign_in')}?next={address.replace('/', '%2F')}"
    )


def test_a_visitor_changes_nothing(world: World) -> None:
    for address in (DETAILS, MAILS):
        assert Client().post(address).headers["Location"] == reverse("sign_in")
    assert Client().post(ACCOUNT).status_code == 405


@pytest.mark.parametrize("key", ["pending", "broker"])
def test_an_account_that_is_not_open_is_told_why(world: World, key: str) -> None:
    browser = visiting.sign_in(world[key])
    assert browser.get(ACCOUNT).status_code == 403
    assert change(browser, first_name="Ann").status_code == 403
