"""Create New User and changing access: what the form offers, gives, and says where it cannot."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from tests.support import cast, delegating, looking, patients, visiting
from tests.support.delegating import ADMINISTRATOR, END_USER, PEOPLE, WHO, form
from tests.support.world import World
from tests.web import confirming

CLAIMS, BENEFITS = Function.CLAIMS_INQUIRY, Function.BENEFITS


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


def box(answer: Any, value: str, name: str = "functions") -> str:
    """One box of the page, with all its attributes."""
    found = re.search(rf'<input[^>]*name="{name}"\s+value="{value}"[^>]*>', answer.content.decode())
    assert found is not None
    return " ".join(found[0].split())


def test_a_new_end_user_is_made_with_what_was_ticked(administrator: Client) -> None:
    sent = form(BENEFITS, CLAIMS, lines="named", lines_codes=[cast.HMO], last_on="12/31/2026", **WHO)
    answer = administrator.post(END_USER, sent, follow=True)
    said = visiting.seen(answer)
    assert "The invitation of Ann Lee is on its way." in said
    assert "The username is ann.lee" in said
    assert "Tax IDs 17-1234567 Providers Every provider, also those to come" in said
    number = delegating.persona_of("ann.lee")
    assert delegating.held(number) == dict.fromkeys(("eligibility", "benefits", "claims_inquiry"), "active")
    assert delegating.limits(number, CLAIMS) == {"line": [cast.HMO], "tax_id": [cast.OWN]}
    assert looking.conclusions("manage_users")[-3] == "person_created"


def test_a_form_sent_twice_makes_one_user(administrator: Client) -> None:
    for _ in range(2):
        answer = administrator.post(END_USER, form(**WHO), follow=True)
    said = visiting.seen(answer)
    assert "Nobody was made: somebody of this name and mail is here already" in said
    assert "ann.lee" in said
    assert apps.get_model("accounts", "User").objects.filter(email=WHO["email"]).count() == 1


def test_eligibility_is_on_and_cannot_be_taken_off(administrator: Client) -> None:
    page = administrator.get(END_USER)
    assert "checked disabled" in box(page, "eligibility")
    assert "Always on: everything else begins with it." in visiting.seen(page)
    administrator.post(END_USER, form(**WHO))
    assert delegating.held(delegating.persona_of("ann.lee")) == {"eligibility": "active"}


def test_each_function_says_what_it_opens_and_where_it_leads(administrator: Client) -> None:
    said = visiting.seen(administrator.get(END_USER))
    assert "keep a receipt. Leads to: Patient Info, Batch, Receipts." in said
    assert "Leads to: Benefits and costs on a patient's page." in said


def test_a_new_administrator_hands_out_what_was_named(administrator: Client) -> None:
    page = visiting.seen(administrator.get(ADMINISTRATOR))
    assert "sees no patient data, so these are not offered: Eligibility, Benefits, Claims Inquiry" in page
    sent = form(Function.PAYMENT_ENROLMENT, **WHO) | {"hands_out": "named", "hands_out_codes": [CLAIMS]}
    assert administrator.post(ADMINISTRATOR, sent).status_code == 302
    number = delegating.persona_of("ann.lee")
    assert delegating.held(number) == {"manage_users": "active", "payment_enrolment": "active"}
    handed = delegating.limits(number, Function.MANAGE_USERS)["function"]
    assert handed == ["claims_inquiry", "eligibility"]


def test_what_is_beyond_ones_own_is_closed_and_says_why(world: World) -> None:
    assert world.offices
    browser = delegating.little()
    page = browser.get(END_USER)
    said = visiting.seen(page)
    assert "disabled" in box(page, "benefits")
    assert "disabled" not in box(page, "claims_inquiry")
    assert "You may not hand this out: what you were given does not name it." in said
    assert "You administer the office, but not under this tax ID." in said
    assert "You were given some lines of business only, so you name those you pass on." in said
    assert "12/31/2026 at the latest: what you were given ends then." in said


def test_a_box_opened_by_hand_gives_nothing(world: World) -> None:
    assert world.offices
    browser = delegating.little()
    sent = form(BENEFITS, tax_ids=[cast.SECOND], **WHO)
    answer = browser.post(END_USER, sent)
    said = visiting.seen(answer)
    assert answer.status_code == 422
    assert "Functions: Benefits: you may not hand it out." in said
    assert "Tax IDs: Eligibility: not under 17-1234568." in said
    assert "Lines of business: Eligibility: not in every line of business, also those to come." in said
    assert not apps.get_model("accounts", "User").objects.filter(username="ann.lee").exists()
    assert "beyond_ceiling" in looking.conclusions("manage_users")


def test_a_tax_id_of_another_office_is_unknown(administrator: Client) -> None:
    answer = administrator.post(END_USER, form(tax_ids=[cast.FOREIGN], **WHO))
    assert answer.status_code == 422
    assert "The office no longer bills under 181234567" in visiting.seen(answer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tax_ids": []}, "Tax IDs: Choose at least one tax ID."),
        ({"providers": "named"}, "Providers: Add at least one provider, or choose every provider."),
        ({"lines": "named"}, "Lines of business: Choose at least one line of business, or every line."),
        ({"last_on": "01/01/2026"}, "Last day: This day is over."),
        ({"last_on": "soon"}, "Enter a day as mm/dd/yyyy"),
        ({"email": "ann"}, "Enter a mail address such as name@example.org."),
        ({"first_name": ""}, "First name: Enter the first name."),
        ({"first_name": "77"}, "First name: Enter the name in letters."),
        ({"username": "front.desk"}, "Another person has this username."),
        ({"username": "a b"}, "Use 2 to 60 letters"),
        ({"lines_of_benefits": "named"}, "Benefits: choose at least one line of business for it."),
    ],
    ids=[
        *("no_tax_id", "no_provider", "no_line", "day_over", "no_day", "no_mail", "no_name", "no_letters"),
        *("username_taken", "username_bad", "no_own_line"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nobody_is_made(
    administrator: Client, world: World, wrong: dict[str, Any], said: str
) -> None:
    assert world["front_desk"].user_id
    users = apps.get_model("accounts", "User").objects
    before = users.count()
    answer = administrator.post(END_USER, form(BENEFITS, **WHO) | wrong)
    assert answer.status_code == 422
    assert said in visiting.seen(answer)
    assert users.count() == before


def test_a_role_ticks_what_it_needs_and_what_differs_is_said(administrator: Client) -> None:
    page = administrator.post(END_USER, form(Function.REPORTS, do="role", role="biller", **WHO))
    assert page.status_code == 200
    assert "checked" in box(page, "remittance")
    assert "checked" not in box(page, "reports")
    assert "Biller as it usually is." in visiting.seen(page)
    assert 'value="Ann"' in page.content.decode()
    other = form(BENEFITS, Function.REPORTS, do="look", role="biller")
    said = visiting.seen(administrator.post(END_USER, other))
    assert "Biller and besides: Reports. Without: Claims Inquiry, Claim Submission, Remittance." in said


def test_a_username_is_suggested_from_the_name(administrator: Client) -> None:
    page = administrator.post(END_USER, form(do="suggest", **WHO))
    assert 'value="ann.lee"' in page.content.decode()


def test_enter_looks_for_providers_and_makes_nobody(administrator: Client) -> None:
    sent = form(**WHO)
    del sent["do"]
    assert administrator.post(END_USER, sent).status_code == 200
    assert not apps.get_model("accounts", "User").objects.filter(username="ann.lee").exists()


def test_providers_are_found_added_and_removed_without_a_script(administrator: Client) -> None:
    named = form(providers="named", **WHO)
    page = administrator.post(END_USER, named | {"do": "look", "find": patients.NPI})
    assert f'id="take_{patients.NPI}"' in page.content.decode()
    none = administrator.post(END_USER, named | {"do": "look", "find": "nobody"})
    assert "Nobody under the ticked tax IDs is like that." in visiting.seen(none)
    added = administrator.post(END_USER, named | {"do": "add", "take": [patients.NPI]})
    assert "1 added. 1 provider chosen." in visiting.seen(added)
    assert f'name="npis" value="{patients.NPI}"' in added.content.decode()
    every = administrator.post(END_USER, named | {"do": "add_all"})
    assert f'name="npis" value="{patients.NPI}"' in every.content.decode()
    kept = named | {"npis": patients.NPI}
    gone = administrator.post(END_USER, kept | {"do": "drop", "drop": [patients.NPI]})
    assert 'name="npis" value=""' in gone.content.decode()
    assert administrator.post(END_USER, kept).status_code == 302
    assert delegating.limits(delegating.persona_of("ann.lee"), Function.ELIGIBILITY) == {
        "provider": [patients.NPI],
        "tax_id": [cast.OWN],
    }


def test_providers_of_another_office_are_neither_found_nor_given(administrator: Client) -> None:
    foreign = form(providers="named", tax_ids=[cast.FOREIGN, cast.OWN], do="look", find="")
    assert patients.NPI_ELSEWHERE not in administrator.post(END_USER, foreign).content.decode()
    answer = administrator.post(END_USER, form(providers="named", npis=patients.NPI_ELSEWHERE, **WHO))
    assert answer.status_code == 422
    assert f"No longer under the chosen tax IDs: {patients.NPI_ELSEWHERE}." in visiting.seen(answer)


def test_access_is_changed_and_in_force_at_the_next_click(administrator: Client, world: World) -> None:
    theirs = visiting.sign_in(world["front_desk"])
    assert theirs.get("/patients/").status_code == 200
    address = delegating.persona(world["front_desk"])
    page = administrator.get(address)
    assert "checked" in box(page, "claims_inquiry")
    assert f'name="tax_ids" value="{cast.OWN}"' in " ".join(page.content.decode().split())
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert seen is not None
    said = visiting.seen(administrator.post(address, form(CLAIMS, seen=seen[1]), follow=True))
    assert "Saved, and in force: what Front Tester may do." in said
    assert delegating.held(world["front_desk"].persona_id) == {
        "claims_inquiry": "active",
        "eligibility": "active",
    }
    again = administrator.post(address, form(CLAIMS, seen=seen[1]))
    assert again.status_code == 422
    assert "Somebody else changed this access since you opened it." in visiting.seen(again)
    same = visiting.seen(administrator.post(address, form(CLAIMS), follow=True))
    assert "Nothing was changed: it is so already." in same


def test_a_function_has_lines_of_its_own(administrator: Client, world: World) -> None:
    address = delegating.persona(world["front_desk"])
    own: dict[str, Any] = {"lines_of_claims_inquiry": "named", "lines_of_claims_inquiry_codes": [cast.PPO]}
    assert administrator.post(address, form(BENEFITS, CLAIMS, **own)).status_code == 302
    number = world["front_desk"].persona_id
    assert delegating.limits(number, CLAIMS)["line"] == [cast.PPO]
    assert "line" not in delegating.limits(number, BENEFITS)
    said = f"Lines of business: {catalogue.line_names()[cast.PPO]} , for Claims Inquiry"
    assert said in visiting.seen(administrator.get(address))


def test_what_others_gave_beyond_ones_own_stays(world: World) -> None:
    browser = delegating.little()
    address = delegating.persona(world["front_desk"])
    page = browser.get(address)
    assert "checked disabled" in box(page, "benefits")
    every = [each.value for each in cast.EVERYTHING]
    answer = browser.post(address, form(*cast.EVERYTHING), follow=True)
    assert "Nothing was changed" in visiting.seen(answer)
    refused = browser.post(address, form(*(each for each in cast.EVERYTHING if each is not BENEFITS)))
    assert refused.status_code == 422
    assert sorted(delegating.held(world["front_desk"].persona_id)) == sorted(every)


@pytest.mark.parametrize("act", ["", "history/", "suspend/", "restore/", "end/1/"])
@pytest.mark.parametrize("who", ["outsider", "operations"])
def test_anybody_elses_access_is_as_unknown_as_nobodys(
    administrator: Client, world: World, act: str, who: str
) -> None:
    other = administrator.get(delegating.persona(world[who], act))
    nobody = administrator.get(f"{PEOPLE}999999/access/999999/{act}")
    assert other.status_code == nobody.status_code == 404
    assert visiting.as_said(other) == visiting.as_said(nobody)


def test_a_persona_is_found_under_its_own_user_alone(administrator: Client, world: World) -> None:
    address = f"{PEOPLE}{world['colleague'].user_id}/access/{world['front_desk'].persona_id}/"
    assert administrator.get(address).status_code == 404
    assert administrator.post(address, form()).status_code == 404


def test_nobody_changes_what_they_hold_themselves(administrator: Client, world: World) -> None:
    for act in ("", "suspend/"):
        address = delegating.persona(world["administrator"], act)
        for answer in (administrator.get(address), administrator.post(address, form())):
            assert answer.status_code == 403
            assert "nobody gives oneself anything" in visiting.seen(answer)
    assert delegating.held(world["administrator"].persona_id) == {"manage_users": "active"}


def test_an_administrator_of_wider_reach_is_not_ones_to_change(world: World) -> None:
    answer = delegating.little().get(delegating.persona(world["administrator"]))
    assert answer.status_code == 403
    assert "may hand out more than you" in visiting.seen(answer)


def test_the_other_persona_is_added_where_the_plan_links_them(administrator: Client, world: World) -> None:
    delegating.ask(personas="linked")
    number = world["front_desk"].user_id
    said = visiting.seen(administrator.get(delegating.person(number)))
    assert "Make them an administrator too" in said
    address = delegating.person(number, "add-administrator/")
    assert "switches openly between the two" in visiting.seen(administrator.get(address))
    done = visiting.seen(administrator.post(address, form(), follow=True))
    assert "Front Tester is an administrator too." in done
    again = visiting.seen(administrator.post(address, form(), follow=True))
    assert "has that persona already" in again
    assert "Make them an administrator too" not in done


def test_two_accounts_are_made_where_the_plan_wants_that(administrator: Client, world: World) -> None:
    delegating.ask(personas="separate")
    number = world["front_desk"].user_id
    assert "Make them an" not in visiting.seen(administrator.get(delegating.person(number)))
    address = delegating.person(number, "add-administrator/")
    done = visiting.seen(administrator.post(address, form(), follow=True))
    assert "The plan wants a second account for that." in done


def test_whoever_has_not_shown_lately_that_it_is_they_shows_it_first(
    administrator: Client, world: World, clock: Any
) -> None:
    address = delegating.persona(world["front_desk"])
    clock.shift(confirming.LATER)
    for asked in (END_USER, ADMINISTRATOR, address, f"{PEOPLE}sheet/"):
        assert confirming.led_to(administrator.get(asked)) == asked
    waits = confirming.sent_from(administrator, END_USER, END_USER, form(CLAIMS, **WHO))
    assert confirming.led_to(waits) == END_USER
    assert not apps.get_model("accounts", "User").objects.filter(username="ann.lee").exists()


def test_the_plan_changes_access_on_the_same_page(operations: Client, world: World) -> None:
    address = delegating.persona(world["front_desk"], of="/staff/people/")
    assert operations.post(address, form(CLAIMS)).status_code == 302
    assert "claims_inquiry" in delegating.held(world["front_desk"].persona_id)
    page = visiting.seen(operations.get(f"/staff/people/{world['front_desk'].user_id}/"))
    assert "As an end user of Lakeside Family Practice" in page
    history = operations.get(delegating.persona(world["front_desk"], "history/", of="/staff/people/"))
    assert ", The plan Taken away" in visiting.seen(history)
