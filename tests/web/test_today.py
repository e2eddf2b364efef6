"""Today in the browser: the first thing on the home page, and a list narrowed by whose turn it is."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.claims import matching
from portico.domains.permits.functions import Function
from portico.domains.work.today_rules import Kind
from portico.edges.web.today import views, words
from tests.support import authorizations, cast, claims, missing_access, patients, visiting
from tests.support import world as worlds
from tests.support.world import World


def seen(browser: Client, query: str = "") -> str:
    return visiting.seen(browser.get(reverse("today") + query))


def test_what_there_is_to_do_stands_first_on_the_home_page(world: World, front_desk: Client) -> None:
    claim = claims.pended()
    page = front_desk.get("/").content.decode()
    assert page.index("Claim 26015A0002") < page.index("Is this person covered?")
    assert reverse("claim", args=[claim.public_id]) in page
    said = visiting.seen(front_desk.get("/"))
    assert "Send the medical records of the service." in said
    assert "Overdue 02/19/2026" in said


@pytest.mark.parametrize("key", ["pending", "broker"])
def test_whose_account_is_closed_has_a_home_page_without_it(world: World, key: str) -> None:
    before = worlds.last_use()
    answer = visiting.sign_in(world[key]).get("/")
    assert answer.status_code == 200
    assert 'id="today"' not in answer.content.decode()
    assert not worlds.uses(pk__gt=before, outcome="denied")


def test_no_patient_is_named_on_it(world: World, front_desk: Client) -> None:
    claims.pended()
    said = seen(front_desk)
    assert "Claim 26015A0002" in said
    assert "Quillfeather" not in said
    assert patients.ZEPHYRINE not in said


def test_who_has_nothing_to_do_is_told_so(front_desk: Client) -> None:
    assert "Nothing waits for you" in visiting.seen(front_desk.get("/"))
    assert "Nothing waits here" in seen(front_desk)


@pytest.mark.parametrize(
    ("query", "claim", "own"),
    [
        ("", True, True),
        ("?show=ours", True, False),
        ("?show=theirs", False, True),
        ("?show=mine", False, True),
        ("?show=due", True, False),
        ("?kind=claim", True, False),
        ("?show=theirs&kind=claim", False, False),
        ("?show=nonsense&kind=nonsense", True, True),
    ],
)
def test_the_list_is_narrowed_by(
    world: World, front_desk: Client, query: str, claim: bool, own: bool
) -> None:
    claims.pended()
    missing_access.asked(world, "front_desk", Function.DIRECTORY_MAINTENANCE)
    said = seen(front_desk, query)
    assert ("Claim 26015A0002" in said, "Access you asked for" in said) == (claim, own)


def test_an_office_goes_from_it_to_the_request_it_has_to_answer(world: World, front_desk: Client) -> None:
    row = authorizations.pended()
    address = reverse("authorization", args=[row.public_id])
    assert address in front_desk.get("/").content.decode()
    assert front_desk.get(address).status_code == 200
    said = seen(front_desk)
    assert f"Authorization {row.number} Answer what the plan asks." in said
    assert "Quillfeather" not in said


@pytest.mark.parametrize(("kind", "called"), [("authorization", "Authorization"), ("referral", "Referral")])
def test_a_draft_that_was_handed_over_is_found_by_whoever_has_it_now(
    world: World, front_desk: Client, kind: str, called: str
) -> None:
    started = {"kind": kind, "tax_id": cast.OWN, "member_id": patients.ZEPHYRINE}
    draft = str(front_desk.post("/authorizations/new/", started)["Location"])
    front_desk.post(f"{draft}hand-over/", {"to": world["two_tax_ids"].persona_id})
    colleague = visiting.sign_in(world["two_tax_ids"])
    assert draft in colleague.get("/").content.decode()
    assert f"{called}, a draft Finish it and send it: Front Tester handed it to you." in seen(colleague)
    assert draft not in front_desk.get(reverse("today")).content.decode()


def test_what_the_plan_decides_is_its_turn(world: World, front_desk: Client) -> None:
    row = authorizations.expedited()
    assert f"Expedited request {row.number} The plan decides it." in seen(front_desk, "?show=theirs")
    assert row.number not in seen(front_desk, "?show=ours")


def test_a_reviewer_goes_from_it_to_the_request_there_is_to_decide(world: World) -> None:
    row = authorizations.expedited()
    browser = visiting.sign_in(world["reviewer"])
    address = reverse("authorization_case", args=[row.public_id])
    assert address in browser.get("/").content.decode()
    assert browser.get(address).status_code == 200
    assert "Decide it." in seen(browser)


def test_an_administrator_goes_from_it_to_the_request(world: World) -> None:
    number = missing_access.asked(world, "eligibility_only")
    browser = visiting.sign_in(world["administrator"])
    address = reverse("office_request", args=[number])
    assert address in browser.get(reverse("today")).content.decode()
    assert browser.get(address).status_code == 200


def test_the_home_page_shows_the_first_and_says_how_many_there_are(world: World, front_desk: Client) -> None:
    for place in range(views.ON_HOME + 3):
        claims.pended(f"26015W{place:04}")
    said = visiting.seen(front_desk.get("/"))
    assert said.count("Send the medical records") == views.ON_HOME
    assert f"All {views.ON_HOME + 3} tasks" in said


def test_a_part_that_fails_is_named_with_its_reference_and_the_page_is_there(
    world: World, front_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "reached", lambda given: 1 / 0)
    said = visiting.seen(front_desk.get("/"))
    assert "A part of this list could not be shown: Claims that wait for something" in said
    assert "Is this person covered?" in said


def test_a_desk_of_the_plan_finds_its_work(operations: Client, world: World) -> None:
    said = seen(operations)
    assert f"Work item {world.work_item}" in said
    assert "Your desk" in said


def test_every_kind_has_its_words() -> None:
    assert set(words.KINDS) == set(Kind)
