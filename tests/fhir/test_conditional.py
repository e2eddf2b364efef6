"""Reads of what a client may hold already: tags, dates, and the audit row that a 304 leaves too."""

from typing import Any

import pytest
from django.apps import apps

from portico.domains.members import models as tables
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients
from tests.support import world as worlds
from tests.support.world import World

CHANGED = "Thu, 12 Mar 2026 17:00:00 GMT"
BEFORE = "Thu, 12 Mar 2026 16:59:59 GMT"


@pytest.fixture(params=["Patient", "Coverage"])
def address(request: pytest.FixtureRequest, world: World) -> str:
    """What is read."""
    key = {"Patient": clients.patient_id, "Coverage": clients.coverage_id}[request.param](world)
    return f"{request.param}/{key}"


def test_a_read_tells_its_tag_and_when_it_changed(software: Asker, address: str) -> None:
    answer, again = software.get(address), software.get(address)
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["ETag"] == again.headers["ETag"]
    assert answer.headers["Last-Modified"] == CHANGED
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", ["{tag}", '"old", {tag}', "*", "{strong}", 'W/"old",{tag}'])
def test_who_holds_it_is_not_sent_it_again(software: Asker, address: str, form: str) -> None:
    whole = software.get(address)
    tag = whole.headers["ETag"]
    held = form.format(tag=tag, strong=tag.removeprefix("W/"))
    answer = software.get(address, headers={"If-None-Match": held})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("form", ['W/"old"', "", "old", '"', "W/"])
def test_who_holds_another_is_sent_it(software: Asker, address: str, form: str) -> None:
    assert software.get(address, headers={"If-None-Match": form}).status_code == 200


def test_a_tag_goes_before_a_date(software: Asker, address: str) -> None:
    answer = software.get(address, headers={"If-None-Match": 'W/"old"', "If-Modified-Since": CHANGED})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("since", "status"), [(CHANGED, 304), (BEFORE, 200), ("yesterday", 200), ("", 200), ("0" * 5000, 200)]
)
def test_who_holds_it_since_a_day(software: Asker, address: str, since: str, status: int) -> None:
    assert software.get(address, headers={"If-Modified-Since": since}).status_code == status


def test_what_changed_has_another_tag(software: Asker, world: World, address: str) -> None:
    tag = software.get(address).headers["ETag"]
    member = world.members[patients.ZEPHYRINE]
    member.city, member.group_number = "Southlake", "GRP-200"
    member.save()
    assert software.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_later_load_is_seen(software: Asker, address: str) -> None:
    tables.Member.objects.update(changed_at="2026-03-12T17:00:00.500Z")
    answer = software.get(address, headers={"If-Modified-Since": CHANGED})
    assert answer.status_code == 304  # HTTP's dates know no half seconds; tags do
    tables.Member.objects.update(changed_at="2026-03-12T17:00:01Z")
    assert software.get(address, headers={"If-Modified-Since": CHANGED}).status_code == 200


def test_a_read_that_sends_nothing_is_a_use_all_the_same(software: Asker, address: str) -> None:
    tag, before = software.get(address).headers["ETag"], worlds.last_use()
    answer = software.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    (row,) = worlds.uses(pk__gt=before)
    assert (row.outcome, row.door, row.reference) == ("allowed", "fhir", answer.headers["X-Request-Id"])


def test_who_may_no_longer_read_holds_nothing(world: World, address: str) -> None:
    software = clients.register(world, clients.BY_KEY["office_software"])
    tag: Any = software.get(address).headers["ETag"]
    apps.get_model("access", "Grant").objects.update(last_on="2026-03-11")
    assert software.get(address, headers={"If-None-Match": tag}).status_code == 403
    assert software.get(address, headers={"If-None-Match": "*"}).status_code == 403


def test_what_is_not_there_has_no_tag(software: Asker) -> None:
    answer = software.get("Patient/nothing", headers={"If-None-Match": "*"})
    assert answer.status_code == 404
    assert "ETag" not in answer.headers


def test_head_is_get_without_content(software: Asker, address: str) -> None:
    whole, head = software.get(address), software.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    changing = "X-Request-Id"
    told, also_told = dict(whole.headers), dict(head.headers)
    assert told.pop(changing) != also_told.pop(changing)
    assert told == also_told
