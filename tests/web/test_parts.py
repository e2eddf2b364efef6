"""The part of the plan in the address: one menu everywhere, closed items explained, links that stay."""

import pytest
from django.test import Client

from tests.support import cast, patients, visiting
from tests.support.world import World

HERE = f"/in/{cast.MEDI_CAL}"


def labels(answer: object) -> list[str]:
    """The labels of the navigation, in order."""
    return [item.label for item in answer.context["shell"].navigation]  # type: ignore[attr-defined]


def test_every_link_of_a_page_stays_in_its_part(front_desk: Client) -> None:
    answer = front_desk.get(f"{HERE}/")
    shell = answer.context["shell"]
    assert {item.url.startswith(f"{HERE}/") for item in shell.navigation} == {True}
    assert shell.part.said == "Medi-Cal"
    assert shell.home_url == f"{HERE}/"
    assert 'src="/static/' in answer.content.decode()
    assert f'src="{HERE}' not in answer.content.decode()


def test_the_menu_is_the_same_in_every_part_and_says_why_it_is_closed(world: World) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    there, elsewhere = browser.get(f"{HERE}/"), browser.get(f"/in/{cast.PPO}/")
    assert labels(there) == labels(elsewhere) == labels(browser.get("/"))
    [open_there] = [i for i in there.context["shell"].navigation if i.label == "Patient Info"]
    [closed] = [i for i in elsewhere.context["shell"].navigation if i.label == "Patient Info"]
    assert (open_there.is_locked, closed.is_locked) == (False, True)
    assert closed.why_url == f"/in/{cast.PPO}/why/eligibility/"
    assert "does not cover this line of business" in visiting.seen(browser.get(closed.why_url))


def test_a_page_that_is_closed_in_a_part_is_refused_there_and_open_elsewhere(world: World) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    assert browser.get(f"/in/{cast.PPO}/patients/").status_code == 403
    assert browser.get(f"{HERE}/patients/").status_code == 200


def test_a_search_in_a_part_asks_its_line_alone_whatever_was_sent(front_desk: Client) -> None:
    sought = {"as_of": "03/12/2026", "tax_id": cast.OWN, "member_id": patients.ZEPHYRINE, "line": cast.HMO}
    assert "line" not in front_desk.get(f"{HERE}/patients/").context["form"].fields
    inside = front_desk.post(f"/in/{cast.HMO}/patients/", sought)
    assert inside.status_code == 302
    assert inside.headers["Location"].startswith(f"/in/{cast.HMO}/patients/")
    assert front_desk.post(f"{HERE}/patients/", sought).status_code == 200


def test_a_shared_link_opens_in_the_same_part_after_signing_in(world: World) -> None:
    answer = Client().get(f"{HERE}/receipts/")
    assert answer.headers["Location"] == f"{HERE}/sign-in/?next=%2Fin%2Fmedi-cal%2Freceipts%2F"


@pytest.mark.parametrize(
    "path",
    [
        *("/in/no-such-line/", "/in/medi-cal.nowhere/", "/in/medi-cal", "/in/medi-cal/in/medi-cal/"),
        "/in/medi-cal//",
    ],
    ids=["unknown_line", "unknown_region", "no_page", "twice", "two_slashes"],
)
def test_a_part_the_plan_has_not_is_not_found(front_desk: Client, path: str) -> None:
    assert front_desk.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/x12/core/2.2.0/", "/fhir/metadata", "/.well-known/smart-configuration"])
def test_no_machine_asks_in_a_part(client: Client, world: World, path: str) -> None:
    assert client.get(path).status_code != 404
    assert client.get(HERE + path).status_code in (302, 404)


def test_what_was_chosen_is_remembered_for_its_person_and_opens_with_the_home_page(world: World) -> None:
    browser = visiting.sign_in(world["front_desk"])
    chosen = browser.post("/part/", {"line": cast.MEDI_CAL, "region": "", "next": "/receipts/?page=2"})
    assert chosen.headers["Location"] == f"{HERE}/receipts/?page=2"
    assert browser.get("/").headers["Location"] == f"{HERE}/"
    assert browser.get(f"/in/{cast.HMO}/").status_code == 200
    back = browser.post(f"{HERE}/part/", {"line": "", "region": "", "next": f"{HERE}/receipts/"})
    assert back.headers["Location"] == "/receipts/"
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    "sent", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_choosing_leads_nowhere_but_here(front_desk: Client, sent: str) -> None:
    chosen = front_desk.post("/part/", {"line": "no-such", "region": "nowhere", "next": sent})
    assert chosen.headers["Location"] == "/"


@pytest.mark.parametrize("front", [HERE, "/in/all", f"/in/{cast.PPO}"], ids=["line", "all", "another_line"])
@pytest.mark.parametrize("away", ["//elsewhere.example/", "///elsewhere.example", "/\\elsewhere.example"])
def test_leaving_a_part_leads_to_no_other_site(front_desk: Client, front: str, away: str) -> None:
    chosen = front_desk.post("/part/", {"line": "", "region": "", "next": f"{front}{away}"})
    assert chosen.headers["Location"].startswith("/in/")
    assert front_desk.get(f"{front}{away}").status_code == 404


def test_a_visitor_may_choose_and_nothing_is_kept(world: World) -> None:
    chosen = Client().post("/part/", {"line": cast.HMO, "next": "/sign-in/"})
    assert chosen.headers["Location"] == f"/in/{cast.HMO}/sign-in/"


def test_nobody_at_the_plan_chooses_a_part(world: World) -> None:
    browser = visiting.sign_in(world["operations"])
    assert browser.get("/").context["shell"].part is None
