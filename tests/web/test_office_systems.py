"""The connected systems of an office as its administrator reads them."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.access import machines
from portico.domains.permits.functions import Function
from tests.support import cast, systems, visiting
from tests.support import world as worlds
from tests.support.world import World

SYSTEMS = "/office/systems/"


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


def test_an_administrator_reads_what_asks_in_the_offices_name(administrator: Client) -> None:
    made = systems.a_partner()
    said = visiting.seen(administrator.get(SYSTEMS))
    assert "Practice software Kind Trading partner (X12) State In use" in said
    assert f"Last used Never Signs in as {made.machine.row.sign_in_name}" in said
    assert "Eligibility for 17-1234567 HMO, from 01/01/2025 In force" in said
    assert "Provider Services, 1-800-555-0142" in said


def test_it_is_there_to_be_read_only(administrator: Client) -> None:
    made = systems.a_partner()
    assert "<form" not in administrator.get(SYSTEMS).content.decode().split("<main")[1].split("</main")[0]
    assert administrator.post(SYSTEMS).status_code == 405
    for name in ("machine", "machine_rotate", "machine_revoke", "machine_grant"):
        assert administrator.get(reverse(name, args=[systems.public_id(made)])).status_code == 403


def test_a_revoked_system_stays_in_sight(administrator: Client) -> None:
    made = systems.a_client()
    machines.revoke(actor=worlds.system(), public_id=systems.public_id(made))
    said = visiting.seen(administrator.get(SYSTEMS))
    assert "Care dashboard Kind FHIR client State Revoked" in said
    assert "What it may ask for" not in said


def test_another_offices_systems_are_out_of_sight(administrator: Client, world: World) -> None:
    grants = [systems.a_grant(Function.ELIGIBILITY, cast.FOREIGN)]
    systems.a_partner(name="Theirs", office=cast.HILLCREST, tax_id=cast.FOREIGN, grants=grants)
    assert "No system is connected for your office" in visiting.seen(administrator.get(SYSTEMS))


@pytest.mark.parametrize(("who", "is_open"), [("administrator", True), ("front_desk", False)])
def test_the_menu_shows_it_open_or_locked(world: World, who: str, is_open: bool) -> None:
    page = visiting.sign_in(world[who]).get("/").content.decode()
    assert ('href="/office/systems/"' in page) is is_open
    assert ('href="/why/manage_users/"' in page) is not is_open
    assert "Connected systems" in page
