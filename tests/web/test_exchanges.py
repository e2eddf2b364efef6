"""The log of exchanges at the plan's desk: what finds one, what one shows, and how fast this month was."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from portico.domains.exchange import log
from tests.support import systems, visiting
from tests.support import world as worlds
from tests.support.actors import NOW

LIST = "/staff/exchanges/"
OTHER = {
    "sender_id": "CEDAR77",
    "interchange": "000000031",
    "payload_id": "9b2c33f0-0000-4000-8000-000000000000",
}


def found(browser: Client, **asked: str) -> list[int]:
    """The numbers of the exchanges listed."""
    return [row.number for row, *_ in browser.get(LIST, asked).context["rows"]]


def test_an_exchange_is_found_by_what_either_side_calls_it(operations: Client) -> None:
    one, other = systems.an_exchange(), systems.an_exchange(**OTHER)
    assert found(operations) == [other, one]
    assert found(operations, number="907") == [one]
    assert found(operations, number=f"{other:09d}") == [other]
    assert found(operations, sender="CEDAR77") == [other]
    assert found(operations, payload="E51D4FAE-7dec-11d0-a765-00a0c91e6da6") == [one]
    assert found(operations, number="123456789") == []


def test_both_days_of_a_search_count(operations: Client) -> None:
    early = systems.an_exchange(received_at=NOW - timedelta(days=2))
    late = systems.an_exchange()
    assert found(operations, first_on="03/12/2026", last_on="03/12/2026") == [late]
    assert found(operations, last_on="03/11/2026") == [early]
    assert found(operations, first_on="03/10/2026") == [late, early]
    assert found(operations, last_on="12/31/9999") == [late, early]


def test_an_exchange_is_found_by_how_it_ended(operations: Client) -> None:
    refused = systems.an_exchange(result=log.Result.REFUSED, error_code="UnAuthorized")
    systems.an_exchange()
    assert found(operations, result="refused") == [refused]


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "12345678901"},
        {"number": "x"},
        {"first_on": "soon"},
        {"result": "odd"},
        {"sender": "x" * 51},
        {"payload": "x\x00"},
    ],
)
def test_what_cannot_be_looked_for_is_said_so(operations: Client, asked: dict[str, str]) -> None:
    answer = operations.get(LIST, asked)
    assert answer.status_code == 422
    assert "Please check this form" in visiting.seen(answer)


def test_a_long_log_goes_on_by_key_with_what_was_looked_for(operations: Client) -> None:
    numbers = [systems.an_exchange() for _ in range(log.PAGE + 1)]
    systems.an_exchange(**OTHER)
    first = operations.get(LIST, {"sender": systems.SENDER})
    [older] = re.findall(r'href="(\?[^"]+)">Earlier exchanges', first.content.decode())
    rest = operations.get(LIST + older.replace("&amp;", "&"))
    assert [row.number for row, *_ in rest.context["rows"]] == [numbers[0]]


def test_an_exchange_shows_both_sides_numbers_and_nothing_of_its_content(operations: Client) -> None:
    number = systems.an_exchange()
    said = visiting.seen(operations.get(f"{LIST}{number}/"))
    assert f"Interchange 000000907 {number:09d}" in said
    assert "Set 270 0001 group 31 0001 group 1 Yes 1" in said
    assert "Result Answered Operation Real time Envelope SOAP" in said
    assert "Took 140 ms" in said
    assert operations.get(f"{LIST}{number + 1}/").status_code == 404
    assert operations.get(f"{LIST}{10**40}/").status_code == 404


def test_a_message_without_an_interchange_has_no_numbers_to_show(operations: Client) -> None:
    fetched = log.Entry(
        operation=log.Operation.RESULTS_RETRIEVAL,
        envelope="mime",
        received_at=NOW,
        result=log.Result.ANSWERED,
    )
    said = visiting.seen(operations.get(f"{LIST}{log.note(fetched).number}/"))
    assert "Operation Results fetched Envelope MIME" in said
    assert "Control numbers" not in said


def test_a_rejected_exchange_says_by_what(operations: Client) -> None:
    number = systems.an_exchange(result=log.Result.REJECTED, acknowledgement="TA1", sets=())
    assert "Result Rejected Answered by TA1" in visiting.seen(operations.get(f"{LIST}{number}/"))


@pytest.mark.parametrize(
    ("milliseconds", "says", "is_met"),
    [
        ([], "Nobody has asked in real time yet.", None),
        ([200] * 9 + [30_000], "Answers 10 Within 20 seconds 90% Nine of ten within 200 ms", True),
        ([200] * 8 + [30_000] * 2, "Answers 10 Within 20 seconds 80% Nine of ten within 30.0 s", False),
        ([200] * 2 + [20_001], "Answers 3 Within 20 seconds 66.6% Nine of ten within 20.0 s", False),
    ],
)
def test_this_months_speed_is_told(
    operations: Client, milliseconds: list[int], says: str, is_met: bool | None
) -> None:
    systems.an_exchange(milliseconds=90_000, received_at=NOW - timedelta(days=20))
    for taken in milliseconds:
        systems.an_exchange(milliseconds=taken)
    said = visiting.seen(operations.get(LIST))
    assert f"Real time in March 2026 {says}" in said
    assert ("As promised" in said) is (is_met is True)
    assert ("Too slow" in said) is (is_met is False)


def test_reading_the_log_is_audited(operations: Client) -> None:
    number, before = systems.an_exchange(), worlds.last_use()
    operations.get(f"{LIST}{number}/")
    [row] = worlds.uses(pk__gt=before)
    subjects: list[Any] = [(each.kind, each.identifier) for each in row.subjects.order_by("pk")]
    assert (row.function, subjects) == ("exchange_review", [("exchange", str(number))])
