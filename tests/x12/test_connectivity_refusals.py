"""What is refused: who is not known, what is no envelope, and what is too much; each once in the log."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

from portico.domains.access import strangers
from portico.edges.x12.connectivity import crowding, exchanging
from portico.edges.x12.tests import enveloping
from tests.support import world as worlds
from tests.x12 import connecting
from tests.x12.connecting import ENVELOPES, MIME, SOAP, Partner

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("envelope", ENVELOPES)
BOTH = pytest.mark.parametrize("envelope", [MIME, SOAP])


def without_its_own(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs from one to the next."""
    return {name: value for name, value in answer.items() if name not in ("PayloadID", "ReceiverID")}


@EACH
def test_who_is_not_known_is_told_so_in_the_same_words(
    lakeside: Partner, hillcrest: Partner, envelope: str
) -> None:
    connecting.revoke(hillcrest)
    payload = connecting.a_270()
    answers = [
        lakeside.post("real_time", payload, envelope, Password="0" * 32),
        lakeside.post("real_time", payload, envelope, UserName="nobody-at-all"),
        lakeside.post("real_time", payload, envelope, Password=hillcrest.secret),
        lakeside.post("real_time", payload, envelope, UserName=hillcrest.username),
        hillcrest.post("real_time", payload, envelope),
        lakeside.post("real_time", payload, envelope, UserName="nobody-at-all", SenderID="X", ReceiverID="Y"),
    ]
    assert {answer["ErrorCode"] for answer in answers} == {"UnAuthorized"}
    assert all(without_its_own(answer) == without_its_own(answers[0]) for answer in answers)
    assert [row.machine_id for row in connecting.exchanges(error_code="UnAuthorized")] == [None] * 6
    assert worlds.uses(door="x12", function="eligibility") == []


@BOTH
def test_a_sender_is_who_signed_in_and_the_receiver_is_the_plan(lakeside: Partner, envelope: str) -> None:
    said: dict[str, Any] = {"envelope": envelope, "payload": connecting.a_270()}
    assert lakeside.post(**said, SenderID="HILLCREST01")["ErrorCode"] == "SenderIDIllegal"
    assert lakeside.post(**said, ReceiverID="11111")["ErrorCode"] == "ReceiverIDIllegal"
    assert lakeside.post(**said, SenderID=lakeside.sender_id.lower())["ErrorCode"] == "Success"
    assert [row.result for row in connecting.exchanges()] == ["refused", "refused", "answered"]


@EACH
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"PayloadID": None}, "PayloadIDRequired"),
        ({"PayloadID": "x"}, "PayloadIDIllegal"),
        ({"CORERuleVersion": "4.0.0"}, "VersionMismatch"),
        ({"PayloadType": "X12_834_Request_005010X220A1"}, "NotSupported"),
    ],
)
def test_an_error_of_the_envelope_comes_in_the_envelope(
    lakeside: Partner, envelope: str, changes: dict[str, Any], code: str
) -> None:
    found = lakeside.post("real_time", connecting.a_270(), envelope, **changes)
    assert (found["ErrorCode"], found["PayloadType"]) == (code, "CoreEnvelopeError")
    assert (found["SenderID"], found["ReceiverID"]) == ("99999", lakeside.sender_id)
    assert "Payload" not in found
    (row,) = connecting.exchanges()
    assert (row.error_code, row.result, row.envelope) == (code, "refused", envelope)
    assert row.machine_id is None
    assert row.bytes_received > 0


def test_a_batch_that_is_not_what_its_checksum_says_is_refused(lakeside: Partner) -> None:
    for envelope in ENVELOPES:
        found = lakeside.post("submit", connecting.a_270(), envelope, CheckSum="0" * 40)
        assert found["ErrorCode"] == "ChecksumMismatched"
    assert connecting.exchanges(operation="batch_submit", error_code="ChecksumMismatched")[2:]


def test_an_answer_never_repeats_what_might_be_anything(lakeside: Partner) -> None:
    for envelope in (MIME, SOAP):
        found = lakeside.post(
            "real_time", connecting.a_270(), envelope, SenderID="<Quillfeather>\n&", PayloadType="Zephyrine"
        )
        assert found["ReceiverID"] == ""
        assert "Zephyrine" not in repr(found)


def statuses(rows: list[Any]) -> list[str]:
    return [row.error_code for row in rows]


def test_what_is_no_envelope_is_told_by_http(lakeside: Partner) -> None:
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    for sent, kind, status in (
        (body, "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"{}", "application/json", 415),
        (body, "multipart/form-data", 400),
        (body[:-10], content_type, 400),
        (b"\r\n", content_type, 400),
        (b"<x/>".decode().encode("utf-16"), "application/soap+xml", 415),
    ):
        response = lakeside.send(sent, kind)
        assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert statuses(connecting.exchanges()) == [
        *("Http415", "Http415", "Http415", "Http400", "Http400", "Http400", "Http415")
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"<a", 400, "Sender"),
        (f"<!DOCTYPE x [<!ENTITY y SYSTEM '{enveloping.A_FILE}'>]><x>&y;</x>".encode(), 400, "Sender"),
        (b"<x/>", 500, "VersionMismatch"),
    ],
)
def test_what_is_no_soap_envelope_is_a_fault(lakeside: Partner, body: bytes, status: int, code: str) -> None:
    response = lakeside.send(body, "application/soap+xml")
    assert (response.status_code, response["Content-Type"]) == (status, "application/soap+xml; charset=utf-8")
    assert f"<soap:Value>soap:{code}</soap:Value>".encode() in response.content
    assert statuses(connecting.exchanges()) == [f"Fault{code}"]


def test_a_body_beyond_the_limit_is_refused_unread(lakeside: Partner, settings: Any) -> None:
    settings.X12_BATCH_BYTES = 1000
    body, content_type = enveloping.form(lakeside.fields("submit", b"x" * 100_000))
    response = lakeside.send(body, content_type)
    assert response.status_code == 413
    assert statuses(connecting.exchanges()) == ["Http413"]


@pytest.mark.parametrize("length", ["", "-5", "many", "9" * 400])
def test_a_length_that_lies_is_refused(lakeside: Partner, length: str) -> None:
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    assert lakeside.send(body, content_type, CONTENT_LENGTH=length).status_code in (400, 411, 413)


def test_a_body_shorter_than_it_says_is_cut_short(lakeside: Partner) -> None:
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    assert lakeside.send(body, content_type, CONTENT_LENGTH=str(len(body) + 1)).status_code == 400


@pytest.mark.parametrize("places", ["READING", "ANSWERING"])
def test_whoever_comes_beyond_is_sent_away_at_once(
    lakeside: Partner, monkeypatch: pytest.MonkeyPatch, places: str
) -> None:
    full = crowding.Places(1)
    monkeypatch.setattr(exchanging, places, full)
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    with full.one():
        began = time.perf_counter()
        response = lakeside.send(body, content_type)
        assert time.perf_counter() - began < 0.3
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert lakeside.send(body, content_type).status_code == 200


def broken(error: Exception) -> Callable[..., Any]:
    def breaks(*arguments: Any, **named: Any) -> Any:
        raise error

    return breaks


def test_a_database_that_is_away_is_503(
    lakeside: Partner, monkeypatch: pytest.MonkeyPatch, logs: Any
) -> None:
    monkeypatch.setattr("portico.edges.x12.exchange.answer", broken(DatabaseError("NLQX7731")))
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    with connecting.nothing_logged(logs):
        response = lakeside.send(body, content_type)
    assert (response.status_code, response["Retry-After"]) == (503, "2")


def test_what_breaks_is_500_in_plain_words_and_in_the_log(
    lakeside: Partner, monkeypatch: pytest.MonkeyPatch, logs: Any
) -> None:
    monkeypatch.setattr("portico.edges.x12.exchange.answer", broken(ZeroDivisionError("NLQX7731")))
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    with connecting.nothing_logged(logs):
        response = lakeside.send(body, content_type)
    assert response.status_code == 500
    assert b"<html" not in response.content
    assert "ZeroDivisionError" in logs.getvalue()
    (row,) = connecting.exchanges()
    assert (row.result, row.sender_id) == ("failed", lakeside.sender_id)


def test_the_address_behind_a_proxy_is_believed_of_ours_only(settings: Any) -> None:
    forwarded = {"HTTP_X_FORWARDED_FOR": "1.1.1.1, 2.2.2.2", "REMOTE_ADDR": "3.3.3.3"}
    for proxies, peer in ((0, "3.3.3.3"), (1, "2.2.2.2"), (2, "1.1.1.1"), (3, "3.3.3.3")):
        settings.PROXY_COUNT = proxies
        assert exchanging._peer(forwarded) == peer


def test_strangers_fill_so_much_of_the_log_and_no_more(
    lakeside: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "A_MINUTE", 2)
    for _ in range(4):
        assert (
            lakeside.post("real_time", connecting.a_270(), UserName="nobody")["ErrorCode"] == "UnAuthorized"
        )
    assert lakeside.post("real_time", connecting.a_270(), ReceiverID="1")["ErrorCode"] == "ReceiverIDIllegal"
    assert [row.error_code for row in connecting.exchanges()] == [
        *("UnAuthorized", "UnAuthorized", "ReceiverIDIllegal")
    ]
