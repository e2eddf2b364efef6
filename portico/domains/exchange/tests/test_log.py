"""The log: noted with the answer or not at all, found by either side's numbers, read by the desk alone."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.exchange import log, models
from portico.domains.exchange.log import Entry, Operation, Result, SetNote, Sought
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from tests.support import actors
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
DESK = actors.plan_staff()
SET = SetNote(code="270", group="7", number="0001", our_group="1", our_number="0001", request_count=2)


def an_entry(**changes: Any) -> Entry:
    """A 270 answered in real time."""
    said: dict[str, Any] = {
        "operation": Operation.REAL_TIME,
        "envelope": "soap",
        "received_at": NOW,
        "result": Result.ANSWERED,
        "milliseconds": 140,
        "machine_id": 41,
        "office_id": 31,
        "sender_id": "LAKESIDE01",
        "payload_id": "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "interchange": "000000907",
    }
    return Entry(**(said | changes))


def noted(**changes: Any) -> int:
    return log.note(an_entry(**changes), write=lambda number: number.encode()).number


def found(**sought: Any) -> list[int]:
    return [row.number for row in log.page(actor=DESK, sought=Sought(**sought)).rows]


def test_an_exchange_is_noted_with_the_answer_written_under_its_number() -> None:
    told = log.note(an_entry(sets=(SET,)), write=lambda number: f"ISA {number}".encode())
    row = log.one(actor=DESK, number=told.number)
    assert told.written == f"ISA {row.our_interchange}".encode()
    assert row.our_interchange == f"{told.number:09d}"
    assert row.bytes_sent == len(told.written)
    assert row.sets == (SET,)


def test_what_carries_no_interchange_has_no_number_of_ours() -> None:
    told = log.note(an_entry())
    assert told.written == b""
    assert log.one(actor=DESK, number=told.number).our_interchange == ""


def test_where_writing_fails_nothing_is_noted() -> None:
    def fails(number: str) -> bytes:
        raise ZeroDivisionError(number)

    with pytest.raises(ZeroDivisionError):
        log.note(an_entry(sets=(SET,)), write=fails)
    assert not models.Exchange.objects.exists()
    assert not models.ExchangedSet.objects.exists()


def test_noting_takes_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(5):  # with the savepoint's two
        log.note(an_entry(sets=(SET, SET)), write=lambda number: number.encode())


@pytest.mark.parametrize(
    ("sought", "is_found"),
    [
        ({}, True),
        ({"control_number": "000000907"}, True),
        ({"control_number": " 907 "}, True),
        ({"control_number": "906"}, False),
        ({"payload_id": " F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6 "}, True),
        ({"payload_id": "f81d4fae"}, False),
        ({"sender_id": "LAKESIDE01"}, True),
        ({"sender_id": "HILLCREST01"}, False),
        ({"machine_id": 41}, True),
        ({"machine_id": 42}, False),
        ({"since": NOW}, True),
        ({"since": NOW + timedelta(seconds=1)}, False),
        ({"before": NOW + timedelta(seconds=1)}, True),
        ({"before": NOW}, False),
        ({"result": Result.ANSWERED}, True),
        ({"result": Result.REFUSED}, False),
        ({"operation": Operation.REAL_TIME}, True),
        ({"operation": Operation.BATCH_SUBMIT}, False),
        ({"control_number": "907", "machine_id": 41, "since": NOW}, True),
        ({"control_number": "907", "machine_id": 42}, False),
    ],
)
def test_the_desk_finds_by_what_it_knows(sought: dict[str, Any], is_found: bool) -> None:
    number = noted()
    assert found(**sought) == ([number] if is_found else [])


def test_our_number_finds_as_theirs_does() -> None:
    first, second = noted(), noted(interchange="000000908")
    assert found(control_number=str(second)) == [second]
    assert found(control_number=f"{first:09d}") == [first]


def test_pages_go_on_from_the_newest_to_the_oldest() -> None:
    numbers = [noted() for _ in range(5)]
    seen: list[int] = []
    key: str | None = ""
    while key is not None:
        page = log.page(actor=DESK, after=key, size=2)
        seen += [row.number for row in page.rows]
        key = page.next_key
    assert seen == numbers[::-1]


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "1 or 1=1"])
def test_a_key_that_nobody_gave_begins_anew(key: str) -> None:
    number = noted()
    assert [row.number for row in log.page(actor=DESK, after=key).rows] == [number]


def test_a_page_takes_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(4):
        noted(sets=(SET,))
    with django_assert_num_queries(4):  # the permit's savepoint, the rows, the audit
        log.page(actor=DESK)


def test_an_unknown_exchange_is_not_found() -> None:
    with pytest.raises(log.UnknownExchange):
        log.one(actor=DESK, number=4711)


@pytest.mark.parametrize(
    "actor",
    [actors.front_desk(), actors.machine(), actors.visitor(), actors.plan_staff(Desk.MEMBER_SERVICES)],
)
def test_only_two_desks_read_the_log(actor: Any) -> None:
    number = noted()
    for read in (
        lambda: log.page(actor=actor),
        lambda: log.one(actor=actor, number=number),
        lambda: log.service_level(actor=actor, since=NOW, before=NOW),
    ):
        with pytest.raises(NotPermitted):
            read()
    assert log.page(actor=actors.plan_staff(Desk.SUPPORT)).rows


def test_how_fast_counts_what_was_asked_in_real_time_and_in_between() -> None:
    for changes in (
        {"milliseconds": 100},
        {"milliseconds": 100, "result": Result.REJECTED},
        {"milliseconds": 25_000},
        {"milliseconds": 1, "result": Result.REFUSED},
        {"milliseconds": 1, "operation": Operation.BATCH_SUBMIT},
        {"milliseconds": 1, "received_at": NOW - timedelta(days=40)},
        {"milliseconds": None},
    ):
        noted(**changes)
    month = {"since": NOW - timedelta(days=30), "before": NOW + timedelta(days=1)}
    level = log.service_level(actor=DESK, **month)
    assert (level.answers, level.within, level.slowest) == (3, 2, 25_000)
