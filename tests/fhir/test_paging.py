"""Pages of a search: links that name nobody, hold for a quarter of an hour, and for one application alone."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.apps import apps

from portico.domains.members.tests import factories
from portico.edges.fhir import continuations
from portico.shared.periods import Period
from tests.conformance import fhir
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import cast, patients
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

FAMILY = {"identifier": patients.SUBSCRIBER}


def ids(answer: Any) -> list[str]:
    return [one["id"] for one in clients.matches(answer)]


def test_pages_of_people_make_the_whole(software: Asker) -> None:
    whole = software.get("Patient", FAMILY)
    page, seen = software.get("Patient", {**FAMILY, "_count": 2}), []
    while True:
        assert page.json()["total"] == 3
        assert fhir.faults(page.json()) == []
        seen.append(ids(page))
        following = clients.link(page, "next")
        if not following:
            break
        page = software.follow(following)
    assert seen == [ids(whole)[:2], ids(whole)[2:]]


def test_pages_of_spans_make_the_whole(software: Asker, world: World) -> None:
    for back in range(1, 61):
        day = TODAY - timedelta(days=900 + back * 10)
        factories.a_coverage(world.members[patients.ZEPHYRINE], cast.HMO, Period(day, day), product="DEN")
    patient = {"patient": clients.patient_id(world)}
    first = software.get("Coverage", {**patient, "_count": 10**9})
    second = software.follow(clients.link(first, "next"))
    assert (len(ids(first)), len(ids(second)), clients.link(second, "next")) == (50, 11, "")
    assert first.json()["total"] == 61
    assert len({*ids(first), *ids(second)}) == 61


def test_the_audit_names_those_on_the_page_alone(software: Asker) -> None:
    before = worlds.last_use()
    page = software.get("Patient", {**FAMILY, "_count": 2})
    software.follow(clients.link(page, "next"))
    rows = worlds.uses(pk__gt=before)
    assert [factories.subjects_of(row) for row in rows] == [
        [("member", "NLQX8842"), ("member", "NLQX8843")],
        [("member", "NLQX8844")],
    ]
    assert {row.conclusion for row in rows} == {"several"}


@pytest.mark.parametrize("asked", [{"_summary": "count"}, {"_count": "0"}])
def test_a_total_alone_shows_nobody_and_is_a_use_of_everybody_counted(
    software: Asker, asked: dict[str, str]
) -> None:
    before = worlds.last_use()
    answer = software.get("Patient", {**FAMILY, **asked})
    assert answer.json()["total"] == 3
    assert "entry" not in answer.json()
    assert clients.link(answer, "next") == ""
    (row,) = worlds.uses(pk__gt=before)
    assert len(factories.subjects_of(row)) == 3


def test_no_link_holds_what_was_searched_by(software: Asker) -> None:
    for asked in (
        FAMILY,
        {"family": "Quillfeather", "given": "Zephyrine", "birthdate": "1984-05-06"},
        {"name": "Nemo", "birthdate": "1984-05-06"},
    ):
        answer = software.get("Patient", {**asked, "_count": "1"})
        for one in answer.json()["link"]:
            told = unquote(one["url"])
            assert [value for value in asked.values() if value in told] == []


def test_the_link_to_itself_asks_the_same_again(software: Asker, world: World) -> None:
    for answer in (
        software.get("Patient", FAMILY),
        software.follow(clients.link(software.get("Patient", {**FAMILY, "_count": 1}), "next")),
        software.get("Coverage", {"patient": clients.patient_id(world), "status": "active"}),
        software.get("Coverage", {"patient": clients.patient_id(world), "_summary": "count"}),
    ):
        again = software.follow(clients.link(answer, "self"))
        assert (ids(again), again.json()["total"]) == (ids(answer), answer.json()["total"])


def test_a_search_by_ids_names_itself_openly(software: Asker, world: World) -> None:
    key = clients.patient_id(world)
    answer = software.get("Coverage", {"patient": key, "status": "active"})
    assert clients.link(answer, "self") == f"{clients.BASE}/Coverage?patient={key}&status=active&_count=50"


@pytest.fixture
def following(software: Asker) -> str:
    """The link to a second page, of the office's software."""
    return clients.link(software.get("Patient", {**FAMILY, "_count": 1}), "next")


def gone(answer: Any) -> bytes:
    """The body of a 410."""
    assert answer.status_code == 410
    assert [issue["code"] for issue in clients.issues(answer)] == ["not-found"]
    return bytes(answer.content)


def test_another_application_cannot_follow_it(world: World, software: Asker, following: str) -> None:
    other = clients.register(world, clients.BY_KEY["reads_only"])
    searcher = clients.register(world, clients.BY_KEY["searches_only"])
    assert software.follow(following).status_code == 200
    assert gone(searcher.follow(following)) == gone(searcher.follow(f"{clients.BASE}/Patient?_page=AAAA"))
    assert other.follow(following).status_code == 410


def test_without_a_token_it_opens_nothing(visitor: Asker, following: str) -> None:
    assert visitor.follow(following).status_code == 401


def test_after_a_revocation_it_opens_nothing(software: Asker, following: str) -> None:
    apps.get_model("access", "Grant").objects.update(state="ended", ended_at=factories.AT, last_on=None)
    answer = software.follow(following)
    assert (answer.status_code, clients.reasons(answer)) == (403, ("grant_expired",))


def test_for_another_resource_it_opens_nothing(software: Asker, following: str) -> None:
    gone(software.follow(following.replace("/Patient?", "/Coverage?")))


def test_after_a_quarter_of_an_hour_it_has_run_out(
    world: World, following: str, clock: time_machine.Traveller
) -> None:
    del world
    machine = apps.get_model("access", "AccessToken").objects.get()
    machine.expires_at = machine.expires_at + timedelta(hours=1)
    machine.save()
    software = Asker(f"token-of-office_software-{machine.machine_id}")
    clock.shift(continuations.LIFE - timedelta(seconds=1))
    assert software.follow(following).status_code == 200
    clock.shift(timedelta(seconds=1))
    gone(software.follow(following))


def test_no_sign_of_it_can_be_changed(software: Asker, following: str) -> None:
    address, _, token = following.partition("_page=")
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        gone(software.follow(f"{address}_page={token[:place]}{other}{token[place + 1 :]}"))
    for wrong in (token[:-4], token + "AAAA", token[4:], "", "=", "%00", "%F0%9F%98%80", "A" * 9000):
        answer = software.follow(f"{address}_page={wrong}")
        assert answer.status_code in (400, 410), wrong


def test_it_goes_with_no_other_parameter(software: Asker, following: str) -> None:
    answer = software.follow(f"{following}&identifier={patients.ZEPHYRINE}")
    assert answer.status_code == 400
