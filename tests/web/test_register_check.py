"""Looking at a field while it is typed: a message beside it, nothing looked up, nothing kept."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.registration import field_checks
from portico.edges.web.register.every_form import CHECKED
from portico.edges.web.register.fault_words import FAULTS, HINTS
from tests.support import registering, visiting
from tests.support import world as worlds
from tests.support.world import World

WRONG: dict[str, tuple[dict[str, str], str]] = {
    "npi": ({"npi": "1234567890"}, FAULTS["npi_check_digit"]),
    "npi, too short": ({"npi": "12345"}, FAULTS["npi_format"]),
    "tax ID": ({"tax_id_0": "12"}, FAULTS["tax_id_format"]),
    "a tax ID twice": ({"tax_id_1": "61-2345601", "tax_id_0": "612345601"}, FAULTS["tax_id_twice"]),
    "a prefix": ({"tax_id_0": "001234567"}, HINTS["tax_id_prefix"]),
    "a licence": ({"licence_number": "9", "licence_state": "CA"}, HINTS["licence_unusual"]),
    "no licence": ({"licence_number": "???"}, FAULTS["licence_format"]),
    "a mail address": ({"email": "nobody"}, FAULTS["email_format"]),
    "a telephone": ({"telephone": "12"}, FAULTS["telephone_format"]),
    "a name": ({"last_name": "R2D2"}, FAULTS["name_format"]),
    "a ZIP code": ({"postal_code": "1"}, FAULTS["postal_code_format"]),
    "a username": ({"username": "Ä"}, FAULTS["username_format"]),
}


def check(name: str, **sent: str) -> Any:
    """The answer to a field as far as it was typed."""
    return Client().post(reverse("register_check"), {**sent, "check": name})


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_in_words(case: str, world: World) -> None:
    del world
    sent, said = WRONG[case]
    answer = check(next(iter(sent)), **sent)
    assert answer.status_code == 200
    assert said in visiting.seen(answer)


@pytest.mark.parametrize("name", sorted(CHECKED))
def test_an_empty_field_is_left_in_peace(name: str, world: World) -> None:
    del world
    assert check(name, **{name: "  "}).content == b""


@pytest.mark.parametrize("name", ["password", "csrfmiddlewaretoken", "", "tax_ids"])
def test_nothing_else_is_looked_at(name: str, world: World) -> None:
    del world
    assert check(name, **{name or "x": "something"}).content == b""


def test_what_was_typed_is_not_said_back(world: World) -> None:
    del world
    assert b"<script" not in check("npi", npi="<script>1</script>").content


def test_nothing_is_looked_up_and_nothing_is_kept(world: World) -> None:
    registering.prepare()
    before = worlds.last_use()
    known, unknown = check("npi", npi=registering.NPI), check("npi", npi="1234567893")
    assert known.content == unknown.content
    taken, free = check("username", username="front.desk"), check("username", username="nobody.here")
    assert taken.content == free.content
    assert worlds.last_use() == before
    assert not apps.get_model("registration", "Draft").objects.exists()
    assert world["front_desk"].person.username == "front.desk"


def test_every_field_that_is_asked_for_is_looked_at_in_the_same_way_when_it_is_sent() -> None:
    for name in CHECKED - {"username"}:
        assert field_checks.check(name, "\x00") != ()


def test_only_a_post_is_answered(world: World) -> None:
    del world
    assert Client().get(reverse("register_check")).status_code == 405
