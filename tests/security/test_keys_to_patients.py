"""Whoever hands out what opens patients' data proves himself as if he saw it."""

from dataclasses import replace

from django.apps import apps
from django.test import Client

from portico.domains.access import machines
from tests.support import visiting
from tests.support import world as worlds
from tests.support.world import World
from tests.web.conftest import clock as clock
from tests.web.conftest import world as world
from tests.web.desk import CLIENT, CLIENT_NEW, PARTNER, PARTNER_NEW


def without_factor(world: World, key: str) -> Client:
    """The person's browser, signed in with a password alone: the authenticator is not set up."""
    signer = world[key]
    apps.get_model("accounts", "Factor").objects.filter(user_id=signer.user_id).delete()
    return visiting.sign_in(replace(signer, person=replace(signer.person, has_factor=False)))


def test_a_password_alone_connects_no_system(world: World) -> None:
    browser = without_factor(world, "operations")
    for address, asked in ((PARTNER_NEW, PARTNER), (CLIENT_NEW, CLIENT)):
        answer = browser.post(address, asked)
        assert answer.status_code == 403
        assert "a second step at sign-in" in visiting.seen(answer)
    assert machines.page(actor=worlds.system()).rows == ()


def test_the_support_desk_reaches_no_patient_by_way_of_a_system(world: World) -> None:
    browser = visiting.sign_in(world["support"])
    for address, asked in ((PARTNER_NEW, PARTNER), (CLIENT_NEW, CLIENT)):
        assert browser.post(address, asked).status_code == 403
    assert machines.page(actor=worlds.system()).rows == ()
