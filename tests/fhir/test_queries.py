"""How often an interaction asks the database, and why each time; and how fast a page is written."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fhir.resources.R4B.bundle import Bundle

from portico.domains.members.tests import factories
from portico.domains.plan import catalogue
from portico.edges.fhir import answering
from portico.shared.periods import Period
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import cast, patients
from tests.support.actors import TODAY
from tests.support.world import World
from tests.web.test_queries import NAMES, _reason

ASKER = ("token with client and office", "grants and tax IDs")
MEMBER = ("begin", "earlier misses", "members", "coverage")
ANSWER = (
    "plan version",
    "lines of business",
    "PCP",
    "the PCP's practice",
    "freshness of feeds",
    "other payers",
)
DONE = ("audit row", "audit subjects", "commit")
OURS = {"access_accesstoken": "token with client and office"}


def reasons_of(ask: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """What each query was for, in order."""
    for table, reason in OURS.items():
        monkeypatch.setitem(NAMES, table, reason)
    catalogue.identity()
    assert ask().status_code == 200  # the client is noted as seen once a minute
    with CaptureQueriesContext(connection) as queries:
        assert ask().status_code == 200
    return tuple(_reason(query["sql"]) for query in queries)


def test_each_interaction_asks_what_it_must(
    software: Asker, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = (*ASKER, *MEMBER, *ANSWER, *DONE)
    key, span = clients.patient_id(world), clients.coverage_id(world)
    for ask in (
        lambda: software.get(f"Patient/{key}"),
        lambda: software.get(f"Coverage/{span}"),
        lambda: software.get("Patient", {"identifier": patients.ZEPHYRINE}),
        lambda: software.get("Coverage", {"patient": key}),
    ):
        assert reasons_of(ask, monkeypatch) == one


def test_the_statement_asks_nothing(visitor: Asker, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    del world
    assert reasons_of(lambda: visitor.get("metadata"), monkeypatch) == ()


def test_fifty_spans_are_as_many_queries_as_one(
    software: Asker, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifty_spans(world)
    asked = {"patient": clients.patient_id(world)}
    queries = reasons_of(lambda: software.get("Coverage", asked), monkeypatch)
    assert queries == (*ASKER, *MEMBER, *ANSWER, *DONE)


def test_fifty_spans_are_written_far_faster_than_by_models(software: Asker, world: World) -> None:
    fifty_spans(world)
    bundle = software.get("Coverage", {"patient": clients.patient_id(world)}).json()
    assert len(bundle["entry"]) == 50
    ours = fastest(lambda: answering.written(bundle))
    theirs = fastest(lambda: Bundle.model_validate(bundle).model_dump_json())
    assert ours * 20 < theirs


def fifty_spans(world: World) -> None:
    """Zephyrine's one span, and forty-nine before it."""
    for back in range(1, 50):
        day = TODAY - timedelta(days=900 + back * 10)
        factories.a_coverage(world.members[patients.ZEPHYRINE], cast.HMO, Period(day, day), product="DEN")


def fastest(work: Callable[[], object]) -> float:
    """The seconds of the fastest of five tries."""
    tries = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        tries.append(time.perf_counter() - began)
    return min(tries)
