"""How often a page asks the database, and why each time.

A permit begins and commits a transaction (in these tests a savepoint). Every page reads the session, the
persona with its user and office, and what it holds together with its office's tax IDs. Who the plan is, a
process remembers for some seconds: it is asked for before the counting begins.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portico.domains.plan import catalogue, policy
from tests.support import cast, files_of_patients, patients, systems, visiting
from tests.support.actors import TODAY
from tests.support.world import World

ASKER = ("session", "persona", "grants and tax IDs")
BEGIN, ROW, COMMIT = "begin", "audit row", "commit"
ROW_ABOUT = (ROW, "audit subjects")
LOOK = ("lookup with member", BEGIN, "coverage")
PERSON = (*ROW_ABOUT, COMMIT)
WHOLE = ("machines with offices", "passwords' days", "grants and tax IDs", "limits of grants")

NAMES = {
    "accounts_session": "session",
    "access_persona": "persona",
    "access_grant": "grants and tax IDs",
    "plan_freshness": "freshness of feeds",
    "plan_lineofbusiness": "lines of business",
    "audit_entry": ROW,
    "audit_subject": "audit subjects",
    "members_lookup": "lookup with member",
    "members_member": "members",
    "members_coverage": "coverage",
    "members_planversion": "plan version",
    "members_planamounts": "plan amounts",
    "members_benefit": "benefits",
    "members_accumulator": "amounts used",
    "members_pcpassignment": "PCP",
    "members_othercoverage": "other payers",
    "members_miss": "earlier misses",
    "members_batch": "batches",
    "members_batchrow": "rows of batches",
    "members_receipt": "receipts with members",
    "offices_affiliation": "the PCP's practice",
    "notifications_notice": "notices",
    "work_item": "work items",
    "jobs_job": "loads",
    "jobs_rowresult": "rows held back",
    "access_machine": "machines with offices",
    "access_machinesecret": "passwords' days",
    "access_grantlimit": "limits of grants",
    "offices_office": "offices",
    "offices_taxid": "tax IDs",
    "exchange_exchange": "exchanges",
    "exchange_exchangedset": "sets",
}

OFFICE_PAGES: dict[str, tuple[str, ...]] = {
    "home": (*ASKER, "freshness of feeds", "lines of business"),
    "notices": (*ASKER, BEGIN, "notices", ROW, COMMIT),
    "patient_search": (*ASKER, "lines of business"),
    "patient": (
        *ASKER,
        *(
            *LOOK,
            "plan version",
            "lines of business",
            "PCP",
            "the PCP's practice",
            "freshness of feeds",
            *PERSON,
        ),
        *(
            *LOOK,
            "plan version",
            "amounts used",
            "lines of business",
            "benefits",
            "freshness of feeds",
            *PERSON,
        ),
        *(*LOOK, "plan version", "amounts used", "plan amounts", "freshness of feeds", *PERSON),
        *(*LOOK, "other payers", "freshness of feeds", *PERSON),
    ),
    "patient_choose": (*ASKER, "lookup with member", BEGIN, "members", "coverage", *PERSON),
    "batches": (*ASKER, BEGIN, "batches", ROW, COMMIT),
    "batch_new": ASKER,
    "receipts": (*ASKER, BEGIN, "receipts with members", *PERSON),
    "receipt": (*ASKER, BEGIN, "receipts with members", *PERSON),
    "schedules": (*ASKER, BEGIN, ROW, COMMIT),
    "schedule": (
        *(
            *ASKER,
            BEGIN,
            "plan version",
            "benefits",
            "lines of business",
            "plan amounts",
            "freshness of feeds",
        ),
        *(ROW, COMMIT),
    ),
    "personas": (*ASKER, BEGIN, "persona", ROW, COMMIT),
}
BATCH_PAGE = (
    *(*ASKER, "batches", "rows of batches", "rows of batches"),
    *("batches", BEGIN, "rows of batches", *PERSON),
)
STAFF_PAGES: dict[str, tuple[str, ...]] = {
    "work_items": (*ASKER, BEGIN, "work items", ROW, COMMIT),
    "feeds": (*ASKER, BEGIN, "loads", ROW, COMMIT),
    "feed": (*ASKER, BEGIN, "loads", "rows held back", ROW, COMMIT),
    "audit": (*ASKER, BEGIN, ROW, COMMIT),
    "machines": (*ASKER, BEGIN, "machines with offices", ROW, COMMIT),
    "machine": (*ASKER, BEGIN, *WHOLE, *PERSON, "lines of business"),
    "machine_rotate": (*ASKER, BEGIN, *WHOLE, *PERSON),
    "exchanges": (*ASKER, BEGIN, "exchanges", ROW, COMMIT, BEGIN, "exchanges", ROW, COMMIT),
    "exchange": (*ASKER, BEGIN, "exchanges", "sets", *PERSON),
    "verify_receipt": (*ASKER, BEGIN, ROW, COMMIT),
}


def reasons_of(visit: Callable[[], Any]) -> tuple[str, ...]:
    """What each query of a visit was for, in order."""
    catalogue.identity()
    policy.current()
    with CaptureQueriesContext(connection) as queries:
        assert visit().status_code in (200, 302)
    return tuple(_reason(query["sql"]) for query in queries)


def _reason(sql: str) -> str:
    if sql.startswith("SAVEPOINT"):
        return BEGIN
    if sql.startswith("RELEASE SAVEPOINT"):
        return COMMIT
    table = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)"?', sql)
    return NAMES[table[1]] if table else sql


def arguments(world: World, route: str) -> list[Any]:
    """What stands in the address of a route."""
    signer = world["front_desk"]
    known: dict[str, list[Any]] = {
        "patient": [signer.lookup],
        "patient_choose": [signer.undecided],
        "receipt": [world.receipts[cast.OWN]],
        "schedule": [patients.HMO_CODE, TODAY],
        "feed": [world.job],
    }
    if route in ("machine", "machine_rotate"):
        return [systems.public_id(systems.partner_of(world))]
    if route == "exchange":
        return [systems.exchange_of(world)]
    return known.get(route, [])


@pytest.mark.parametrize("route", OFFICE_PAGES)
def test_each_page_of_an_office_asks_what_it_must(front_desk: Client, world: World, route: str) -> None:
    address = reverse(route, args=arguments(world, route))
    assert reasons_of(lambda: front_desk.get(address)) == OFFICE_PAGES[route]


@pytest.mark.parametrize("route", STAFF_PAGES)
def test_each_page_of_the_plan_asks_what_it_must(operations: Client, world: World, route: str) -> None:
    address = reverse(route, args=arguments(world, route))
    assert reasons_of(lambda: operations.get(address)) == STAFF_PAGES[route]


def test_a_search_writes_a_lookup_and_its_audit_row(front_desk: Client) -> None:
    found = reasons_of(lambda: visiting.search(front_desk, member_id=patients.ZEPHYRINE))
    kept = ("earlier misses", "members", "coverage", "lookup with member")
    assert found == (*ASKER, "lines of business", BEGIN, *kept, *PERSON)


@pytest.mark.parametrize("rows", [2, 40])
def test_a_page_of_results_asks_the_same_whatever_its_length(front_desk: Client, rows: int) -> None:
    batch = files_of_patients.asked(front_desk, *_family(rows))
    found = reasons_of(lambda: front_desk.get(reverse("batch", args=[batch])))
    assert found == BATCH_PAGE


@pytest.mark.parametrize("more", [1, 12])
def test_a_list_of_batches_asks_the_same_whatever_its_length(front_desk: Client, more: int) -> None:
    for _ in range(more):
        files_of_patients.draft(front_desk, files_of_patients.ZEPHYRINE)
    found = reasons_of(lambda: front_desk.get(reverse("batches")))
    assert found == (*ASKER, BEGIN, "batches", "rows of batches", ROW, COMMIT)


def _family(rows: int) -> list[str]:
    """Rows that find somebody, each on another day."""
    return [
        f"{patients.ZEPHYRINE},Quillfeather,,,,{TODAY - timedelta(days=day):%m/%d/%Y}" for day in range(rows)
    ]


@pytest.mark.parametrize("more", [1, 12])
def test_a_list_asks_the_same_whatever_its_length(front_desk: Client, more: int) -> None:
    for _ in range(more):
        page = visiting.search(front_desk, member_id=patients.ENDED).headers["Location"]
        front_desk.post(f"{page}receipt/")
    assert reasons_of(lambda: front_desk.get(reverse("receipts"))) == OFFICE_PAGES["receipts"]


@pytest.mark.parametrize("more", [1, 12])
def test_the_lists_of_systems_ask_the_same_whatever_their_length(
    operations: Client, world: World, more: int
) -> None:
    for number in range(more):
        systems.a_partner(sender_id=f"SENDER{number}")
        systems.an_exchange()
    assert reasons_of(lambda: operations.get(reverse("machines"))) == STAFF_PAGES["machines"]
    assert reasons_of(lambda: operations.get(reverse("exchanges"))) == STAFF_PAGES["exchanges"]
    administrator = visiting.sign_in(world["administrator"])
    found = reasons_of(lambda: administrator.get(reverse("office_systems")))
    assert found == (*ASKER, BEGIN, *WHOLE, ROW, COMMIT, "lines of business")


def test_a_visitor_costs_no_query(world: World) -> None:
    visitor = Client()
    visitor.get("/")
    assert reasons_of(lambda: visitor.get("/")) == ()
