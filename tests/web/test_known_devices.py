"""A browser that passed the second factor is known at the sign-in: strangers do not lock its people out."""

import pytest
import time_machine
from django.test import Client

from tests.support import cast, visiting
from tests.support.world import World

COOKIE = "portico_device"


def lock(world: World, name: str) -> None:
    """Five misses from somewhere else."""
    for _ in range(5):
        visiting.give_password(Client(), world[name], password="not the pass phrase")


def test_strangers_lock_a_name_and_not_the_browser_that_is_known(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    front_desk.post("/sign-out/")
    lock(world, "front_desk")
    clock.shift(30)
    assert visiting.give_password(Client(), world["front_desk"]).status_code == 422
    assert visiting.sign_in(world["front_desk"], front_desk).get("/patients/").status_code == 200


def test_people_who_share_a_browser_are_each_known_in_it(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    visiting.sign_in(world["colleague"], front_desk)
    lock(world, "front_desk")
    lock(world, "colleague")
    clock.shift(30)
    for name in ("front_desk", "colleague"):
        visiting.sign_in(world[name], front_desk)


def test_the_cookie_goes_to_this_portal_alone_and_names_nobody(world: World, front_desk: Client) -> None:
    cookie = front_desk.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Strict")
    assert world["front_desk"].person.username not in cookie.value
    assert COOKIE not in visiting.sign_in(world["no_factor"]).cookies


def test_a_browser_is_known_at_the_sign_in_of_every_part(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    front_desk.post("/sign-out/")
    lock(world, "front_desk")
    clock.shift(30)
    given = {"username": world["front_desk"].person.username, "password": cast.PASSWORD}
    cookie = front_desk.cookies[COOKIE]
    assert f"/in/{cast.MEDI_CAL}/sign-in/".startswith(cookie["path"])
    assert front_desk.post(f"/in/{cast.MEDI_CAL}/sign-in/", given).status_code == 302


@pytest.mark.parametrize("worth", ["", "x", "W10:1:1", None])
def test_an_altered_or_old_cookie_is_a_strangers(
    world: World, front_desk: Client, clock: time_machine.Traveller, worth: str | None
) -> None:
    if worth is None:
        clock.shift(181 * 24 * 60 * 60)
    else:
        front_desk.cookies[COOKIE] = worth
    lock(world, "front_desk")
    assert visiting.give_password(front_desk, world["front_desk"]).status_code == 422


def test_a_cookie_alone_opens_nothing(front_desk: Client) -> None:
    found = Client()
    found.cookies[COOKIE] = front_desk.cookies[COOKIE].value
    assert found.get("/patients/").headers["Location"].startswith("/sign-in/")
