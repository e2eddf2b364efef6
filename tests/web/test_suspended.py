"""Somebody whose account was suspended signs in, and every page says so and who opens it again."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.permits.functions import Function
from portico.edges.web.navigation import OFFICE_AREAS, STAFF_AREAS, Area
from tests.support import looking, visiting
from tests.support.world import World

PUBLIC = ("library", "help")
"""What of these is public stays open to everybody."""


def closed(areas: tuple[Area, ...]) -> list[Area]:
    return [each for each in areas if each.route not in PUBLIC]


def browser_of(world: World, key: str) -> Client:
    looking.suspend(world[key].user_id)
    return visiting.sign_in(world[key])


@pytest.mark.parametrize("area", closed(OFFICE_AREAS), ids=lambda area: str(area.route))
def test_every_area_of_an_office_says_so_and_names_the_administrator(world: World, area: Area) -> None:
    answer = browser_of(world, "front_desk").get(reverse(area.route))
    said = visiting.seen(answer)
    assert answer.status_code == 403
    assert "Your account is suspended: it was not used for a long time." in said
    assert "Your office's administrator: Administrator Tester Reactivates your account." in said


def test_finding_out_which_it_is_stays_open_and_says_so(world: World) -> None:
    browser = browser_of(world, "front_desk")
    assert browser.get(reverse("diagnose")).status_code == 200
    answer = browser.post(reverse("diagnose"), {"function": Function.ELIGIBILITY.value})
    assert "Your account is suspended" in visiting.seen(answer)


@pytest.mark.parametrize("area", closed(STAFF_AREAS), ids=lambda area: str(area.route))
def test_every_area_of_the_plan_says_so(world: World, area: Area) -> None:
    answer = browser_of(world, "operations").get(reverse(area.route))
    assert answer.status_code == 403
    assert "Your account is suspended" in visiting.seen(answer)


@pytest.mark.parametrize("key", ["front_desk", "operations"])
@pytest.mark.parametrize("route", PUBLIC)
def test_what_is_public_stays_open(world: World, route: str, key: str) -> None:
    assert browser_of(world, key).get(reverse(route)).status_code == 200


def test_the_only_administrator_is_sent_to_the_plan(world: World) -> None:
    said = visiting.seen(browser_of(world, "administrator").get("/"))
    assert "Provider Services 1-800-555-0142 Reactivates your account." in said


def test_once_it_is_open_again_the_next_click_works(world: World) -> None:
    browser = browser_of(world, "front_desk")
    administrator = visiting.sign_in(world["administrator"])
    administrator.post(looking.page(world["front_desk"].user_id, "reactivate", of=looking.OFFICE))
    assert browser.get("/patients/").status_code == 200
