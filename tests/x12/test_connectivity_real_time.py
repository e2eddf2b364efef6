"""Real time: a 270 in either envelope is answered in it, and the log has both sides' numbers before."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portico.edges.x12.tests import enveloping
from tests.support import patients
from tests.support.actors import NOW
from tests.x12 import connecting
from tests.x12.connecting import ENVELOPES, MIME, SOAP, Partner

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("envelope", ENVELOPES)


def sets_of(exchange: Any) -> list[Any]:
    return list(apps.get_model("exchange", "ExchangedSet").objects.filter(exchange=exchange).order_by("pk"))


@EACH
def test_a_270_gets_its_271_in_the_same_envelope(lakeside: Partner, envelope: str) -> None:
    found = lakeside.post("real_time", connecting.a_270(), envelope)
    assert (found["ErrorCode"], found["PayloadType"]) == ("Success", "X12_271_Response_005010X279A1")
    assert (found["ProcessingMode"], found["CORERuleVersion"]) == ("RealTime", "2.2.0")
    assert (found["SenderID"], found["ReceiverID"]) == ("99999", lakeside.sender_id)
    assert found["TimeStamp"] == f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    assert found["PayloadID"] != lakeside.fields()["PayloadID"]
    ((*_, number),) = connecting.segments(found["Payload"], "IEA")
    assert connecting.segments(found["Payload"], "EB")
    assert [segment[2] for segment in connecting.segments(found["Payload"], "TRN")][:1] == ["T1"]
    (row,) = connecting.exchanges()
    assert row.our_interchange == number == f"{row.pk:09d}"


@EACH
def test_every_exchange_is_one_row_of_the_log(lakeside: Partner, envelope: str) -> None:
    payload = connecting.a_270(connecting.zephyrine(trace="T2"))
    found = lakeside.post("real_time", payload, envelope)
    (row,) = connecting.exchanges()
    assert (row.operation, row.envelope, row.result) == ("real_time", envelope, "answered")
    assert (row.sender_id, row.receiver_id) == (lakeside.sender_id, "99999")
    assert (row.payload_type, row.payload_id) == (
        "X12_270_Request_005010X279A1",
        lakeside.fields()["PayloadID"],
    )
    assert (row.interchange, row.request_count, row.error_code) == ("000000907", 2, "")
    assert row.received_at == NOW
    assert row.milliseconds is not None
    assert (row.bytes_sent, row.acknowledgement) == (len(found["Payload"]), "")
    assert row.machine_id
    assert row.office_id
    (one,) = sets_of(row)
    assert (one.code, one.group, one.number, one.accepted) == ("270", "1", "0001", True)
    assert (one.our_group, one.our_number, one.request_count) == ("1", "0001", 2)


def test_what_is_refused_is_acknowledged(lakeside: Partner) -> None:
    broken = connecting.a_270().replace(b"BHT*0022*13", b"BHT*0022*99")
    found = lakeside.post("real_time", broken)
    assert found["PayloadType"] == "X12_999_Response_005010X231A1"
    assert found["ErrorCode"] == "Success"
    old = connecting.a_270().replace(b"*00501*", b"*00401*")
    found = lakeside.post("real_time", old)
    assert found["PayloadType"] == "X12_TA1_Response_00501X231A1"
    first, second = connecting.exchanges()
    assert (first.result, first.acknowledgement) == ("rejected", "999")
    assert (second.result, second.acknowledgement) == ("rejected", "TA1")
    assert not sets_of(first)[0].accepted


@pytest.mark.parametrize(
    "payload", [b"hello", b"isa*", b"ISA*00*", connecting.a_270() * 2, b"\xff\xfeI\0S\0A\0"]
)
def test_what_is_no_interchange_is_an_illegal_payload(lakeside: Partner, payload: bytes) -> None:
    found = lakeside.post("real_time", payload)
    assert (found["ErrorCode"], found["PayloadType"]) == ("PayloadIllegal", "CoreEnvelopeError")
    assert "Payload" not in found


def test_a_large_payload_has_to_come_as_a_batch(lakeside: Partner) -> None:
    found = lakeside.post("real_time", connecting.a_270() + b" " * 256 * 1024)
    assert found["ErrorCode"] == "PayloadIllegal"
    assert "batch" in found["ErrorMessage"]


@EACH
def test_the_same_payload_id_again_is_answered_again(lakeside: Partner, envelope: str) -> None:
    first, second = (lakeside.post("real_time", connecting.a_270(), envelope) for _ in range(2))
    assert first["ErrorCode"] == second["ErrorCode"] == "Success"
    assert first["PayloadID"] != second["PayloadID"]
    assert len({row.our_interchange for row in connecting.exchanges()}) == 2


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize("envelope", [MIME, SOAP])
def test_names_beyond_ascii_are_read_in_either_charset(
    lakeside: Partner, charset: str, envelope: str
) -> None:
    text = connecting.a_270().decode().replace("LAKESIDE FAMILY", "LÄKESIDE FAMILY")
    if envelope == MIME:
        found = lakeside.post("real_time", text.encode(charset), envelope)
    else:
        body, _ = connecting.write(lakeside.fields("real_time", text.encode()), "real_time", envelope)
        response = lakeside.send(body.decode().encode(charset), f"application/soap+xml; charset={charset}")
        found = enveloping.read(response.content, response["Content-Type"])
    assert "LÄKESIDE FAMILY" in found["Payload"].decode()


def test_nobody_else_sees_another_offices_patient(hillcrest: Partner) -> None:
    found = hillcrest.post("real_time", connecting.a_270())
    assert found["ErrorCode"] == "Success"
    assert connecting.segments(found["Payload"], "AAA")
    assert not connecting.segments(found["Payload"], "EB")


def test_nothing_about_a_patient_is_logged(lakeside: Partner, logs: Any) -> None:
    with connecting.nothing_logged(logs):
        lakeside.post("real_time", connecting.a_270())
        lakeside.post("real_time", connecting.a_270().replace(b"QUILLFEATHER", b"QUILLFEATHER" + b"\x01"))
        lakeside.post(
            "real_time", connecting.a_270(), PayloadType="Quillfeather", SenderID="Zephyrine 900456789"
        )
    kept = repr([vars(row) for row in connecting.exchanges()])
    assert patients.shown_in(kept) == []


def test_a_question_costs_so_many_queries(
    lakeside: Partner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lakeside.post("real_time", connecting.a_270())
    with django_assert_max_num_queries(45):
        lakeside.post("real_time", connecting.a_270())


def test_no_cookie_is_given_and_none_is_read(lakeside: Partner) -> None:
    body, content_type = connecting.write(lakeside.fields("real_time", connecting.a_270()), "real_time", SOAP)
    response = lakeside.send(body, content_type)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def test_only_posts_are_answered(lakeside: Partner) -> None:
    client = Client()
    for method in ("get", "head", "put", "patch", "delete", "options"):
        response = getattr(client, method)(connecting.url())
        assert (response.status_code, response["Allow"]) == (405, "POST")
    assert not connecting.exchanges()
    del lakeside


def test_the_service_describes_itself(lakeside: Partner) -> None:
    del lakeside
    for query, begins in (
        ("wsdl", b"<wsdl:definitions"),
        ("WSDL", b"<wsdl:definitions"),
        ("xsd", b"<xsd:schema"),
    ):
        response = Client().get(f"{connecting.url()}?{query}")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        assert begins in response.content
    assert b'location="http://testserver/x12/core/2.2.0/"' in Client().get(f"{connecting.url()}?wsdl").content
