"""What is asked of tables that grow with every file is led by an index, whatever their size."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.encounters import completeness, mending, reading, reports, submissions
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_file, desk, on_day, send
from portico.domains.encounters.tests.test_handing_on import Core, hand_on

pytestmark = [pytest.mark.usefixtures("world"), pytest.mark.sqlite]
BIG = ("encounters_encounter", "encounters_submission", "encounters_edit", "encounters_filepart", "members_")


def walked_through(ask: Callable[[], Any]) -> list[str]:
    """The steps in which SQLite would read a big table from one end to the other."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    steps: list[str] = []
    with connection.cursor() as cursor:
        for statement in (query["sql"] for query in asked.captured_queries):
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}".replace("%", "%%"), None)
                steps += [step for *_, step in cursor.fetchall()]
    return [step for step in steps if step.startswith(tuple(f"SCAN {name}" for name in BIG))]


@pytest.fixture
def sent() -> tuple[UUID, UUID]:
    """A submission with one accepted and one rejected record, and the rejected one."""
    submission, (_, rejected) = send(on_day(3), on_day(4, billed=1))
    return submission, rejected.id


def test_reading_a_chunk_walks_through_no_table(sent: tuple[UUID, UUID]) -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file(b"ISA2", interchange="000000002"))
    again = [on_day(day) for day in range(3, 9)]
    assert walked_through(lambda: sending.read(desk(), receipt.id, again)) == []


def test_taking_a_file_in_walks_through_no_table(sent: tuple[UUID, UUID]) -> None:
    assert walked_through(lambda: submissions.take_in(actor=desk(), file=a_file(b"ISA2"))) == []


def test_a_page_walks_through_no_table(sent: tuple[UUID, UUID]) -> None:
    submission, rejected = sent
    for ask in (submissions.read, reports.control_summary, reports.rejections, reading.judged):
        assert walked_through(lambda: ask(actor=desk(), submission=submission)) == []  # noqa: B023
    assert walked_through(lambda: submissions.listed(actor=desk())) == []
    assert walked_through(lambda: reports.record(actor=desk(), encounter=rejected)) == []
    assert walked_through(lambda: completeness.of(actor=desk(), months=1)) == []


def test_mending_and_handing_on_walk_through_no_table(sent: tuple[UUID, UUID]) -> None:
    _, rejected = sent
    values = {"billed": "120"}
    assert walked_through(lambda: mending.mend(actor=desk(), encounter=rejected, values=values)) == []
    assert walked_through(lambda: hand_on(Core())) == []
