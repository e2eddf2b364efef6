"""The recurring jobs that look after offices."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from portico.domains.access import granting
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.directory.tests import keeping
from portico.domains.jobs.leases import Leased, Worker
from portico.domains.permits.functions import Function
from portico.edges.cli.main import main
from portico.edges.cli.office_rounds import DropProviders, KeepDirectory, KeepOfficers, KeepReviews

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Lakeside:
    return houses.lakeside()


def leased(days: int = 0) -> Leased:
    at = houses.NOW + timedelta(days=days)
    worker = Worker(name="w", now=lambda: at, zone=ZoneInfo("America/Los_Angeles"))
    return Leased(1, UUID(int=1), "any", {}, {}, 1, 1, worker=worker)


def uses() -> int:
    return apps.get_model("audit", "Entry").objects.count()


def open_items() -> list[str]:
    rows = apps.get_model("work", "Item").objects.filter(state="open")
    return list(rows.values_list("subject", flat=True))


@pytest.mark.parametrize("kind", ["keep_reviews", "drop_providers", "keep_attestations"])
def test_each_is_run_by_the_worker(settings: Any, kind: str) -> None:
    run(settings, kind)
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    assert (use.function, use.actor_name) == ("housekeeping", "office-keeper")


def test_officers_are_looked_after_by_the_worker(house: Lakeside, settings: Any) -> None:
    long_ago = date(2020, 1, 1)
    managing = apps.get_model("access", "Grant").objects.filter(function="manage_users")
    managing.update(first_on=long_ago, last_on=long_ago)
    run(settings, "keep_officers")
    assert houses.recovery(house).cause == "expired"


def test_the_directory_is_settled_by_the_worker_and_where_all_agrees_nothing_is_written(
    settings: Any,
) -> None:
    row = keeping.accepted(keeping.entry())
    keeping.feed(telephone=keeping.NEW_NUMBER)
    run(settings, "keep_directory")
    assert keeping.change(row.reference).state == "contradicted"
    assert open_items() == [row.reference]
    before = uses()
    KeepDirectory().run(leased())
    assert uses() == before


def run(settings: Any, kind: str) -> None:
    settings.JOB_HANDLERS = {kind: settings.JOB_HANDLERS[kind]}
    settings.JOB_SCHEDULE = {kind: settings.JOB_SCHEDULE[kind]}
    assert main(["worker", "--once"]) == 0


def test_an_office_that_is_well_writes_nothing(house: Lakeside) -> None:
    before = uses()
    KeepOfficers().run(leased())
    assert uses() == before
    assert house.present() == [house.ann, house.bea]


def test_an_office_left_to_nobody_is_found_and_becomes_a_work_item(house: Lakeside) -> None:
    apps.get_model("access", "Grant").objects.filter(function="manage_users").update(last_on=houses.TODAY)
    KeepOfficers().run(leased(1))
    assert houses.recovery(house).state == "open"
    assert open_items() == [making.LAKESIDE]
    looking.a_user("cal.admin", making.an_administrator(making.a_grant(Function.MANAGE_USERS)))
    KeepOfficers().run(leased(1))
    assert open_items() == []


def test_reviews_are_opened_in_time(house: Lakeside) -> None:
    KeepReviews().run(leased(92))
    assert houses.notices("review_opened") == [(None, house.ann), (None, house.bea)]


def test_providers_who_left_drop_out(house: Lakeside) -> None:
    making.affiliated(making.NPI, making.OWN, last=-1)
    new = making.a_grant(Function.REMITTANCE, providers=(making.NPI,))
    number = granting.add_grant(actor=houses.system(), persona_id=house.persona("fay", "end_user"), new=new)
    DropProviders().run(leased())
    assert apps.get_model("access", "Grant").objects.get(pk=number).state == "ended"
