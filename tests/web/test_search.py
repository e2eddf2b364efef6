"""Patient Info: three ways to search, each with its required fields; several people; misses tell nothing."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portico.domains.members.tests import factories
from tests.support import cast, patients, visiting
from tests.support import world as worlds
from tests.support.world import World

SEARCH = "/patients/"
BIRTH = "05/06/1984"


def page_of(browser: Client, by: str, **asked: str) -> str:
    """What the page says that a search leads to."""
    answer = visiting.search(browser, by, **asked)
    assert answer.status_code == 302, visiting.seen(answer)
    return visiting.seen(browser.get(answer.headers["Location"]))


@pytest.mark.parametrize(
    ("by", "asked"),
    [
        ("member_id", {"member_id": "nlqx 77-31"}),
        ("ssn", {"ssn": "900-45-6789", "birth_date": BIRTH}),
        ("ssn", {"ssn": "900456789", "birth_date": "1984-05-06"}),
        ("name", {"last_name": "quillfeather", "first_name": "zeph", "birth_date": BIRTH}),
        ("name", {"last_name": " QUILLFEATHER ", "first_name": "Zephyrine", "birth_date": "05061984"}),
    ],
)
def test_each_way_finds_the_same_person(front_desk: Client, by: str, asked: dict[str, str]) -> None:
    said = page_of(front_desk, by, **asked)
    assert "Zephyrine Quillfeather" in said
    assert "Active on March 12, 2026; the PCP is in your office" in said


@pytest.mark.parametrize(
    ("by", "missing"),
    [
        ("member_id", ["Enter the member ID."]),
        ("ssn", ["Enter the Social Security number.", "Enter the birth date; this search needs it."]),
        ("name", ["Enter the last name.", "Enter the birth date; this search needs it."]),
    ],
)
def test_each_way_names_its_own_required_fields(front_desk: Client, by: str, missing: list[str]) -> None:
    answer = visiting.search(front_desk, by, as_of="")
    assert answer.status_code == 422
    said = visiting.seen(answer)
    for words in (*missing, "Enter the date of service."):
        assert words in said


def test_a_first_name_is_not_required(front_desk: Client) -> None:
    assert "Choose a member" in page_of(front_desk, "name", last_name="Quillfeather", birth_date=BIRTH)


@pytest.mark.parametrize(
    ("by", "asked", "says"),
    [
        ("member_id", {"member_id": "#!"}, "2 to 80 letters and digits"),
        ("ssn", {"ssn": "12345678", "birth_date": BIRTH}, "has 9 digits"),
        ("ssn", {"ssn": "000-12-3456", "birth_date": BIRTH}, "No Social Security number has this form"),
        ("ssn", {"ssn": "900456789", "birth_date": "13/45/1984"}, "mm/dd/yyyy, for example"),
        ("name", {"last_name": "Q", "birth_date": "yesterday"}, "mm/dd/yyyy, for example"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(
    front_desk: Client, by: str, asked: dict[str, str], says: str
) -> None:
    answer = visiting.search(front_desk, by, **asked)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_an_unknown_way_to_search_is_not_found(front_desk: Client) -> None:
    assert front_desk.get(f"{SEARCH}?by=telephone").status_code == 404


def test_several_people_on_a_policy_are_offered_and_one_is_chosen(front_desk: Client) -> None:
    answer = visiting.search(front_desk, member_id=patients.SUBSCRIBER)
    chooser = answer.headers["Location"]
    said = visiting.seen(front_desk.get(chooser))
    assert "found 3 people" in said
    names = ("Clementina Wintergreen", "Barnabas Wintergreen", "Ottoline Wintergreen")
    assert sorted(names, key=said.index) == list(names)
    chosen = front_desk.post(chooser, {"member": "2"}).headers["Location"]
    assert "Ottoline Wintergreen" in visiting.seen(front_desk.get(chosen))


@pytest.mark.parametrize("key", ["", "3", "-1", "x", "NLQX8842"])
def test_a_choice_that_was_not_offered_is_not_found(front_desk: Client, world: World, key: str) -> None:
    chooser = reverse("patient_choose", args=[world["front_desk"].undecided])
    assert front_desk.post(chooser, {"member": key}).status_code == 404


def test_a_page_without_a_choice_leads_to_the_choice(front_desk: Client, world: World) -> None:
    undecided = world["front_desk"].undecided
    answer = front_desk.get(reverse("patient", args=[undecided]))
    assert answer.headers["Location"] == reverse("patient_choose", args=[undecided])


@pytest.mark.parametrize(
    ("by", "asked"),
    [
        ("member_id", {"member_id": "NOBODY77"}),
        ("ssn", {"ssn": "900456788", "birth_date": BIRTH}),
        ("ssn", {"ssn": "900456789", "birth_date": "05/07/1984"}),
        ("name", {"last_name": "Nobody", "birth_date": BIRTH}),
    ],
)
def test_a_miss_says_why_what_to_try_and_where_was_searched(
    front_desk: Client, by: str, asked: dict[str, str]
) -> None:
    answer = visiting.search(front_desk, by, **asked)
    assert answer.status_code == 200
    said = visiting.seen(answer)
    assert "No member was found" in said
    assert "Your search covered the lines you have access to: HMO, PPO, Medi-Cal." in said


def test_somebody_in_a_line_that_is_not_granted_is_as_unknown_as_nobody(world: World) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    known = visiting.search(browser, member_id=patients.ZEPHYRINE)
    unknown = visiting.search(browser, member_id="NOBODY77")
    assert known.status_code == unknown.status_code == 200
    typed = re.compile(f"{patients.ZEPHYRINE}|NOBODY77")
    assert typed.sub("", visiting.as_said(known)) == typed.sub("", visiting.as_said(unknown))


def test_of_a_family_only_those_in_granted_lines_are_seen(world: World) -> None:
    family = patients.SUBSCRIBER
    apart = factories.a_member(
        "NLQX8845", last_name="Wintergreen", first_name="Peregrine", subscriber_number=family
    )
    factories.a_coverage(apart, cast.MEDI_CAL, plan_code=patients.MEDI_CAL_CODE)
    said = page_of(visiting.sign_in(world["medi_cal_only"]), "member_id", member_id=family)
    assert "Peregrine" in said
    assert "Clementina" not in said


@pytest.mark.parametrize(
    ("as_of", "title", "try_this"),
    [
        ("03/11/2025", "lies too far back", "Enter a day from 03/12/2025 to 03/31/2026."),
        ("04/01/2026", "lies too far ahead", "Enter a day from 03/12/2025 to 03/31/2026."),
    ],
)
def test_a_day_outside_the_window_says_which_days_there_are(
    front_desk: Client, as_of: str, title: str, try_this: str
) -> None:
    said = visiting.seen(visiting.search(front_desk, member_id=patients.ZEPHYRINE, as_of=as_of))
    assert title in said
    assert try_this in said


def test_repeated_misses_slow_down_and_say_until_when(
    front_desk: Client, clock: time_machine.Traveller
) -> None:
    answers = [visiting.search(front_desk, member_id="NOBODY77") for _ in range(11)]
    slow = answers[-1]
    assert (slow.status_code, slow.headers["Retry-After"]) == (429, "3")
    assert "Too many searches found nobody" in visiting.seen(slow)
    clock.shift(3)
    assert visiting.search(front_desk, member_id=patients.ZEPHYRINE).status_code == 302


def test_a_plan_may_switch_the_search_by_ssn_off(front_desk: Client, settings: Settings) -> None:
    settings.SSN_SEARCH = False
    said = visiting.seen(visiting.search(front_desk, "ssn", ssn=patients.SSN, birth_date=BIRTH))
    assert "This plan does not search by Social Security number" in said
    assert "Zephyrine" not in said


def test_a_search_can_be_narrowed_to_a_line(front_desk: Client) -> None:
    assert visiting.search(front_desk, member_id=patients.ZEPHYRINE, line=cast.HMO).status_code == 302
    in_another = visiting.seen(visiting.search(front_desk, member_id=patients.ZEPHYRINE, line=cast.PPO))
    assert "No member was found" in in_another
    assert "lines you have access to: PPO." in in_another


def test_a_line_nobody_has_is_refused_like_any_other(world: World) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    assert visiting.search(browser, member_id="NOBODY77", line="no-such-line").status_code == 403


def test_only_own_lines_and_tax_ids_are_offered(world: World) -> None:
    answer = visiting.sign_in(world["medi_cal_only"]).get(SEARCH)
    assert [code for code, _ in answer.context["form"].fields["line"].widget.choices] == ["", "medi-cal"]
    assert cast.SECOND not in answer.content.decode()


def test_a_search_leaves_one_row_that_names_who_was_shown(front_desk: Client) -> None:
    before = worlds.last_use()
    visiting.search(front_desk, member_id=patients.ZEPHYRINE)
    visiting.search(front_desk, member_id="NOBODY77")
    found, missed = worlds.uses(pk__gt=before)
    assert (found.function, found.outcome, found.conclusion) == ("eligibility", "allowed", "found")
    assert (found.tax_id, found.door) == (cast.OWN, "web")
    assert [s.identifier for s in found.subjects.order_by("pk")] == [patients.ZEPHYRINE]
    assert (missed.conclusion, list(missed.subjects.order_by("pk"))) == ("member_id_not_found", [])
