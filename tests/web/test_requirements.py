"""Is authorization required? What its pages and files say; its receipt is one that the plan verifies."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from portico.edges.loaders.requirements import Layout
from tests.support import requirements as saying
from tests.support import visiting
from tests.support.cast import HMO, OWN
from tests.support.world import World

pytestmark = pytest.mark.django_db
ASKED = {"system": "procedure", "code": "70551", "on": "03/12/2026", "line": HMO, "tax_id": OWN}


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    vendor = {"decided_by": "vendor", "decider": "Clearview", "decider_contact": "1-800-555-0177"}
    saying.say("70540", system="procedure", last_code="70559", key="MRI", **vendor)
    saying.say("J1745", system="procedure", places=["22"], key="INFUSION")
    saying.say("73721", "not_required", system="procedure", tax_id=OWN, key="EXCUSED")


def test_an_answer_names_who_decides_and_has_a_receipt_the_plan_verifies(world: World) -> None:
    office = visiting.sign_in(world["front_desk"])
    answer = office.post(reverse("requirement"), ASKED)
    said = visiting.seen(office.get(answer.headers["Location"]))
    for words in ("Yes, an authorization is required", "Clearview 1-800-555-0177", f"List {saying.VERSION}"):
        assert words in said
    reference = answer.headers["Location"].split("/")[-2]
    desk = visiting.sign_in(world["operations"])
    verified = visiting.seen(desk.post(reverse("verify_receipt"), {"reference": reference}))
    assert "This receipt is ours and unaltered" in verified
    assert "Yes, an authorization is required" in verified


def test_a_place_is_asked_for_beside_its_field(world: World) -> None:
    office = visiting.sign_in(world["front_desk"])
    answer = office.post(reverse("requirement"), {**ASKED, "code": "j1745"})
    assert answer.status_code == 422
    assert "the answer depends on the place" in visiting.seen(answer)
    assert office.post(reverse("requirement"), {**ASKED, "code": "J1745", "place": "22"}).status_code == 302


@pytest.mark.parametrize("tax_id", ["1" * 40, "nobody's"], ids=["long", "words"])
def test_a_tax_id_that_is_none_is_said_beside_its_field(world: World, tax_id: str) -> None:
    office = visiting.sign_in(world["front_desk"])
    answer = office.post(reverse("requirement"), {**ASKED, "tax_id": tax_id})
    assert answer.status_code == 422


def test_anybody_reads_the_list_but_no_rule_about_an_office() -> None:
    said = visiting.seen(Client().get("/authorization-list/"))
    assert "70540 to 70559" in said
    assert "73721" not in said
    assert "70540 to 70559" in visiting.seen(Client().get("/authorization-list/?code=70551"))
    assert "No rule speaks of it" in visiting.seen(Client().get("/authorization-list/?code=99213"))


def test_the_files_say_the_same_as_the_page() -> None:
    table = Client().get(reverse("requirement_list_csv", args=[saying.VERSION])).content.decode()
    held = json.loads(Client().get(reverse("requirement_list_json", args=[saying.VERSION])).content)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["key"] for row in rows] == [rule["key"] for rule in held["rules"]]
    assert (held["version"], held["effective_on"], held["effective_until"]) == (
        saying.VERSION,
        saying.SINCE.isoformat(),
        None,
    )
    assert "EXCUSED" not in table
    assert {"tax_id", "npi"}.isdisjoint(held["rules"][0])


def test_a_list_is_handed_in_looked_through_and_published(world: World) -> None:
    desk = visiting.sign_in(world["operations"])
    rule = {
        "key": "NEW",
        "system": "procedure",
        "first_code": "27447",
        "answer": "required",
        "text": "Joints",
    }
    cells = {
        "version": "2030-1",
        "effective_on": "2030-01-01",
        "citation": "List",
        "first_on": "2015-01-01",
    } | rule
    row = ",".join(cells.get(name, "") for name in Layout.columns)
    file = io.BytesIO(f"{','.join(Layout.columns)}\n{row}\n".encode())
    file.name = "list.csv"
    taken = desk.post(reverse("requirement_lists"), {"file": file})
    page = desk.get(taken.headers["Location"])
    assert "New rules 1" in visiting.seen(page)
    digest = page.context["seen"].digest
    assert desk.post(taken.headers["Location"], {"digest": digest}).status_code == 302
    assert "2030-1" in visiting.seen(Client().get("/authorization-list/"))
