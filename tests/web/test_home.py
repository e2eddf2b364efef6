"""The home page and the navigation: what exists is there, what is closed says why and who can open it."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.permits.functions import Function
from portico.edges.web import navigation
from portico.edges.web.site import views as site
from tests.support import cast, visiting
from tests.support.world import World

OFFICE_AREAS = (
    *("Home", "Patient Info", "Batch", "Claims", "Authorizations", "Is authorization required?"),
    *("Remittances", "Encounters", "Find a provider", "Receipts"),
    *("Library", "Schedules of Benefits", "Required reading", "Notices", "Access requests"),
    *("People", "Onboarding", "Administrators", "Access review", "Billing companies", "Directory entries"),
    *("Connected systems", "Look-ups", "Who has read what", "Help"),
)
STAFF_AREAS = (
    *("Home", "Verify a receipt", "Work items", "Authorization requests", "Registrations", "Enquiries"),
    *(
        "Support cases",
        "Network requests",
        "Peer-to-peer talks",
        "Directory changes",
        "Access requests",
        "Office recovery",
        "Identity review",
    ),
    *("People", "Onboarding", "Find a provider"),
    *("Feeds", "Library desk", "Connected systems", "Exchanges"),
    *("Words that mean the same", "Sign-in", "Access rules", "Rules of claims"),
    *("Rules of authorizations",),
    *("Access report", "Audit", "Required reading", "Look-ups"),
    *("Library", "Schedules of Benefits", "Notices", "Help"),
)
OF_ADMINISTRATORS = {
    *("People", "Onboarding", "Administrators", "Access review", "Billing companies"),
    *("Connected systems", "Look-ups", "Who has read what"),
}
OF_KEEPERS = {"Directory entries"}
TRANSACTIONS = {"Claims", "Authorizations", "Is authorization required?", "Remittances", "Encounters"}
OF_REVIEWERS = {"Authorization requests", "Peer-to-peer talks"}
OF_OPERATIONS = {
    *("Directory changes", "Feeds", "Connected systems", "Sign-in", "Access rules", "Rules of claims"),
    *("Audit", "Look-ups", "Rules of authorizations"),
}
OF_THE_LIBRARY = {"Library desk", "Words that mean the same", "Required reading"}
OPEN_TO_ALL = {"Home", "Find a provider", "Notices", "Library", "Schedules of Benefits", "Help"}
LOCKED = "not open to you: see why"


def navigation_of(browser: Client) -> list[tuple[str, str, bool]]:
    """Every entry of the primary navigation: its label, where it leads, and whether it is locked."""
    shell = browser.get("/").context["shell"]
    return [
        (item.label, item.why_url if item.is_locked else item.url, item.is_locked)
        for item in shell.navigation
    ]


def test_a_visitor_is_welcomed_and_shown_no_navigation(world: World) -> None:
    answer = Client().get("/")
    said = visiting.seen(answer)
    assert "The provider portal of Northlake Health Plan" in said
    assert "Sign in" in said
    assert answer.context["shell"].navigation == ()


def test_an_end_user_with_everything_finds_all_but_the_administrators_area_open(front_desk: Client) -> None:
    entries = navigation_of(front_desk)
    assert tuple(label for label, _, _ in entries) == OFFICE_AREAS
    assert {label for label, _, locked in entries if locked} == OF_ADMINISTRATORS | OF_KEEPERS


def test_what_is_rarer_folds_below_a_name_that_says_whether_all_of_it_is_closed(front_desk: Client) -> None:
    menu = front_desk.get("/").context["shell"].menu
    assert [(each.label, each.is_locked, each.is_current) for each in menu] == [
        ("", False, True),
        ("Transactions", False, False),
        ("", False, False),
        ("Policies", False, False),
        ("", False, False),
        ("Your office", True, False),
        ("", False, False),
    ]
    assert [item.label for item in menu[5].items] == [
        *("Onboarding", "Administrators", "Access review", "Billing companies", "Directory entries"),
        *("Connected systems", "Look-ups", "Who has read what"),
    ]


def test_a_page_below_a_name_marks_the_name_too(world: World) -> None:
    answer = visiting.sign_in(world["administrator"]).get(reverse("office_officers"))
    menu = answer.context["shell"].menu
    assert [each.label for each in menu if each.is_current] == ["Your office"]
    assert answer.content.decode().count('aria-current="true"') == 2


def test_a_page_of_an_area_below_another_is_in_the_inner_one_alone(operations: Client) -> None:
    shell = operations.get(reverse("authorization_rules")).context["shell"]
    assert [item.label for item in shell.navigation if item.current] == ["Rules of authorizations"]


@pytest.mark.parametrize("key", ["administrator", "without_function", "no_factor", "revoked", "unverified"])
def test_what_is_closed_stays_in_sight_and_leads_to_why(world: World, key: str) -> None:
    browser = visiting.sign_in(world[key])
    entries = navigation_of(browser)
    assert tuple(label for label, _, _ in entries) == OFFICE_AREAS
    closed = {label: url for label, url, locked in entries if locked}
    own = set() if key == "administrator" else OF_ADMINISTRATORS
    kept = set() if key == "without_function" else OF_KEEPERS
    assert set(closed) == {"Patient Info", "Batch", "Receipts"} | TRANSACTIONS | own | kept
    assert visiting.seen(browser.get("/")).count(LOCKED) >= len(closed)
    for url in closed.values():
        answer = browser.get(url)
        assert answer.status_code == 200
        assert "Who can change this" in visiting.seen(answer)


@pytest.mark.parametrize(
    ("key", "closed"),
    [
        ("operations", {"Words that mean the same"} | OF_REVIEWERS),
        ("member_services", {*STAFF_AREAS} - OPEN_TO_ALL - {"Verify a receipt", "Work items"}),
        (
            "support",
            {"Verify a receipt", "Network requests"} | OF_OPERATIONS | OF_THE_LIBRARY | OF_REVIEWERS,
        ),
    ],
)
def test_each_desk_of_the_plan_finds_its_own_areas(world: World, key: str, closed: set[str]) -> None:
    entries = navigation_of(visiting.sign_in(world[key]))
    assert tuple(label for label, _, _ in entries) == STAFF_AREAS
    assert {label for label, _, locked in entries if locked} == closed


@pytest.mark.parametrize(
    ("key", "why", "who"),
    [
        (
            "administrator",
            "administrators see no patient data",
            "Gives you an end-user persona beside this one",
        ),
        (
            "without_function",
            "has not been given Eligibility",
            "Your office's administrator: Administrator Tester",
        ),
        ("no_factor", "only after a second step", "Go to your second steps"),
        (
            "revoked",
            "Your access to Eligibility has ended.",
            "Your office's administrator: Administrator Tester",
        ),
        ("early", "starts on a later day", "Your office's administrator: Administrator Tester"),
        ("proposed", "nobody has confirmed it yet", "Your office's administrator: Administrator Tester"),
        ("unverified", "has not been verified", "You yourself"),
        ("pending", "has not approved your account", "Northlake Health Plan, Provider Services"),
        ("broker", "belongs to another site", "You yourself"),
    ],
)
def test_the_why_page_says_the_reason_and_who_can_change_it(
    world: World, key: str, why: str, who: str
) -> None:
    said = visiting.seen(visiting.sign_in(world[key]).get(reverse("why", args=["eligibility"])))
    assert why in said
    assert who in said


def test_every_function_has_its_why_page(world: World) -> None:
    browser = visiting.sign_in(world["without_function"])
    statuses = {f: browser.get(reverse("why", args=[f.value])).status_code for f in Function}
    assert set(statuses.values()) <= {200, 302}
    assert statuses[Function.OWN_ACCOUNT] == 302
    assert statuses[Function.LOADING] == 200


def test_the_home_page_has_words_for_every_area() -> None:
    areas = (*navigation.OFFICE_AREAS, *navigation.STAFF_AREAS)
    assert {area.route for area in areas} - set(site.SAYS) == {"home"}


def test_the_home_page_says_how_fresh_each_feed_is(front_desk: Client) -> None:
    said = visiting.seen(front_desk.get("/"))
    for feed in ("Enrolment", "Benefits", "Amounts used", "Provider file"):
        assert f"{feed} Mar 12, 2026, 1:00 AM PDT" in said


def test_an_office_with_one_tax_id_shows_it_masked(world: World) -> None:
    said = visiting.seen(visiting.sign_in(world["outsider"]).get("/"))
    assert f"Tax ID ••-•••{cast.FOREIGN[-4:]}" in said
    assert cast.FOREIGN not in said


def test_a_search_can_begin_on_the_home_page(world: World, front_desk: Client) -> None:
    page = front_desk.get("/").content.decode()
    assert f'action="{reverse("patient_search")}' in page


def test_the_appearance_is_kept_and_leads_back_only_to_here(world: World) -> None:
    browser = Client()
    answer = browser.post(reverse("appearance"), {"theme": "dark", "next": "/support/"})
    assert answer.headers["Location"] == "/support/"
    assert 'data-theme="dark"' in browser.get("/").content.decode()
    elsewhere = browser.post(reverse("appearance"), {"theme": "", "next": "https://elsewhere.example.org/"})
    assert elsewhere.headers["Location"] == "/"
    assert "data-theme" not in browser.get("/").content.decode()


def test_the_health_check_answers_in_plain_text(world: World) -> None:
    answer = Client().get(reverse("health"))
    assert (answer.status_code, answer.content) == (200, b"ok")
