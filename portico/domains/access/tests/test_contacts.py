"""Contacts on file for somebody: those of the offices worked for and of their practices today, no others."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from portico.domains.access import contacts, granting
from portico.domains.accounts.proving.proof_rules import Way
from portico.domains.accounts.proving.provers import Contact
from tests.support import cast
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import LAST_YEAR, World

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def world() -> World:
    """The rows."""
    return worlds.build()


def practice(tax_id: str, npi: str, **said: Any) -> None:
    """A practice with these ways to reach it, affiliated since a year ago."""
    offices = {name: apps.get_model("offices", name).objects for name in ("Provider", "TaxId", "Affiliation")}
    provider = offices["Provider"].create(npi=npi, last_name="Practice", name_key="practice")
    billing = offices["TaxId"].get(number=tax_id)
    offices["Affiliation"].create(**{"provider": provider, "tax_id": billing, "first_on": LAST_YEAR, **said})


def on_file(world: World, key: str = "front_desk") -> list[tuple[str, str]]:
    """What stands on file for that person, as pairs."""
    found = contacts.on_file(user_id=world[key].user_id, today=TODAY)
    return [(str(each.way), each.value) for each in found]


OFFICE = ("mail", "office@lakeside.example.org")


def test_the_offices_own_stand_first_then_its_practices(world: World) -> None:
    practice(cast.SECOND, "2000000107", email="practice@lakeside.example", telephone="5305550177", fax="1")
    assert on_file(world)[0] == OFFICE
    rest = on_file(world)[1:]
    assert ("mail", "practice@lakeside.example") in rest
    assert ("telephone", "5305550177") in rest
    assert ("fax", "1") in rest


def test_one_written_in_two_ways_stands_there_once(world: World) -> None:
    practice(cast.OWN, "2000000107", email="Office@Lakeside.example.ORG", telephone="(530) 555-0166")
    practice(cast.OWN, "2000000115", telephone="530-555-0166")
    found = on_file(world)
    assert [each for each in found if each[0] == "mail"] == [OFFICE]
    assert len([each for each in found if each[1].endswith("0166")]) == 1


@pytest.mark.parametrize(
    ("first", "last", "stands"),
    [
        (date(2025, 1, 1), None, True),
        (TODAY, TODAY, True),
        (date(2025, 1, 1), YESTERDAY, False),
        (TOMORROW, None, False),
    ],
    ids=["running", "one day", "over", "not yet"],
)
def test_a_practice_counts_while_it_is_affiliated(
    world: World, first: date, last: date | None, stands: bool
) -> None:
    practice(cast.OWN, "2000000107", email="new@practice.example", first_on=first, last_on=last)
    assert (("mail", "new@practice.example") in on_file(world)) is stands


def test_another_offices_stand_not_there(world: World) -> None:
    practice(cast.FOREIGN, "2000000107", email="theirs@hillcrest.example")
    assert not any("hillcrest" in value for _, value in on_file(world))
    assert any("hillcrest" in value for _, value in on_file(world, "outsider"))


def test_of_a_large_group_twelve_of_a_kind_stand_there(world: World) -> None:
    for number in range(15):
        practice(cast.OWN, f"20000{number:05}", email=f"practice{number:02}@group.example")
    assert len([each for each in on_file(world) if each[0] == "mail"]) <= 1 + 12


def test_for_the_plans_staff_and_for_nobody_none_stand_there(world: World) -> None:
    assert on_file(world, "operations") == []
    assert contacts.on_file(user_id=None, today=TODAY) == ()


def test_a_suspended_persona_reaches_none(world: World) -> None:
    granting.suspend_persona(actor=worlds.system(), persona_id=world["front_desk"].persona_id)
    assert on_file(world) == []


def test_the_offices_of_people_are_named(world: World) -> None:
    ids = [world[key].user_id for key in ("front_desk", "outsider", "operations")]
    assert contacts.offices_of(ids) == {
        ids[0]: ("Lakeside Family Practice",),
        ids[1]: ("Hillcrest Family Practice",),
    }


def test_the_setting_names_it() -> None:
    assert import_string(settings.CONTACTS_ON_FILE) is contacts.on_file
    assert Contact(Way.MAIL, "secret@x.example").value not in repr(Contact(Way.MAIL, "secret@x.example"))
