"""Programs that nobody here wrote, or written as such programs are, over a real connection."""

import http.client
import re
import socket
from base64 import b64decode
from typing import Any
from urllib.parse import urlsplit

import pytest
import zeep
from pytest_django.live_server_helper import LiveServer
from requests import Session
from zeep.transports import Transport
from zeep.wsse.username import UsernameToken

from portico.edges.x12.tests import enveloping
from tests.x12 import connecting
from tests.x12.connecting import Partner

pytestmark = pytest.mark.django_db(transaction=True)
BOUNDARY = "b7Kq2xW9dT4z"


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """The address that partners are given."""
    return f"{live_server.url}{connecting.url()}"


@pytest.fixture
def soap(lakeside: Partner, address: str) -> Any:
    """A client made from the WSDL we serve."""
    session = Session()
    session.trust_env = False
    token = UsernameToken(lakeside.username, lakeside.secret)  # type: ignore[no-untyped-call]
    transport = Transport(session=session)  # type: ignore[no-untyped-call]
    client = zeep.Client(f"{address}?wsdl", wsse=token, transport=transport)  # type: ignore[no-untyped-call]
    yield client.service
    session.close()


def said(partner: Partner, asked: str, payload: bytes | None = None, **changes: Any) -> dict[str, Any]:
    """The fields as this client takes them: bytes of a batch, text in real time."""
    fields = partner.fields(asked, payload, UserName=None, Password=None, **changes)
    if asked == "real_time":
        fields["Payload"] = fields["Payload"].decode()
    return fields


def test_zeep_asks_in_real_time(lakeside: Partner, soap: Any) -> None:
    answer = soap.RealTimeTransaction(**said(lakeside, "real_time", connecting.a_270()))
    assert (answer.ErrorCode, answer.PayloadType) == ("Success", "X12_271_Response_005010X279A1")
    assert answer.Payload.startswith("ISA*")
    assert "EB*1*" in answer.Payload


def test_zeep_goes_all_the_way_of_a_batch(lakeside: Partner, soap: Any) -> None:
    receipt = soap.BatchSubmitTransaction(**said(lakeside, "submit", connecting.a_270()))
    assert receipt.PayloadType == "X12_BatchReceiptConfirmation"
    connecting.work()
    acknowledgement = soap.BatchSubmitAckRetrievalTransaction(**said(lakeside, "fetch_999"))
    assert b"AK9*A*1*1*1" in acknowledgement.Payload
    results = soap.BatchResultsRetrievalTransaction(**said(lakeside, "fetch_271"))
    assert b"EB*1*" in results.Payload
    assert results.PayloadLength == len(results.Payload)
    assert results.CheckSum == enveloping.check_sum(results.Payload)
    thanks = soap.BatchResultsAckSubmitTransaction(**said(lakeside, "acknowledge", acknowledgement.Payload))
    assert (thanks.ErrorCode, thanks.Payload) == ("Success", None)


def test_zeep_reads_errors_too(lakeside: Partner, soap: Any) -> None:
    answer = soap.BatchResultsRetrievalTransaction(**said(lakeside, "fetch_271"))
    assert (answer.ErrorCode, answer.PayloadType) == ("PayloadIDIllegal", "CoreEnvelopeError")
    wrong = said(lakeside, "real_time", connecting.a_270(), SenderID="SOMEBODY")
    assert soap.RealTimeTransaction(**wrong).ErrorCode == "SenderIDIllegal"


def posted(address: str, body: bytes, content_type: str) -> tuple[int, str, bytes]:
    """The answer to a body."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
    connection.request("POST", where.path, body, {"Content-Type": content_type, "Connection": "close"})
    response = connection.getresponse()
    found = response.status, response.headers["Content-Type"], response.read()
    assert response.headers["Content-Length"] == str(len(found[2]))
    connection.close()
    return found


def of_a_practice_system(partner: Partner, payload: bytes) -> bytes:
    """A form as an open practice system writes it: names in a case of their own, a length in each part."""
    values = {
        "PayloadType": "X12_270_Request_005010X279A1",
        "ProcessingMode": "RealTime",
        "PayloadId": enveloping.PAYLOAD_ID,
        "TimeStamp": "2026-03-12T09:00:00Z",
        "UserName": partner.username,
        "Password": partner.secret,
        "SenderId": partner.sender_id,
        "ReceiverId": connecting.PAYER,
        "CORERuleVersion": "2.2.0",
        "Payload": payload.decode(),
    }
    parts = []
    for name, text in values.items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n'
        parts.append(f"{head}Content-Length: {len(text)}\r\n\r\n{text}\r\n")
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


def cut_up(body: bytes, content_type: str) -> dict[str, str]:
    """The answer's fields, as that system finds them."""
    _, directive = content_type.split(";")
    boundary = re.escape(directive.strip().split("=")[1].strip('"'))
    found = {}
    for piece in filter(None, re.split(rf"--{boundary}(?:--)?\r?\n", body.decode())):
        match = re.search(
            r'Content-Disposition:.*?name="([^"]+)"[\r\n]+(?:[^\r\n]+\r\n)?([\s\S]+)\r\n$', piece
        )
        assert match, piece
        found[match.group(1)] = match.group(2).strip()
    return found


def test_a_practice_system_asks_by_its_form(lakeside: Partner, address: str) -> None:
    body = of_a_practice_system(lakeside, connecting.a_270())
    status, content_type, answer = posted(address, body, f"multipart/form-data; boundary={BOUNDARY}")
    found = cut_up(answer, content_type)
    assert (status, found["ErrorCode"]) == (200, "Success")
    assert "EB*1*" in found["Payload"]
    assert found["Payload"].count("~") > 10


def test_a_practice_system_is_told_what_is_wrong(lakeside: Partner, address: str) -> None:
    body = of_a_practice_system(lakeside, connecting.a_270()).replace(lakeside.secret.encode(), b"x" * 32)
    status, content_type, answer = posted(address, body, f"multipart/form-data; boundary={BOUNDARY}")
    found = cut_up(answer, content_type)
    assert (status, found["ErrorCode"], found["PayloadType"]) == (200, "UnAuthorized", "CoreEnvelopeError")


def test_an_attachment_goes_both_ways(lakeside: Partner, address: str) -> None:
    submit = enveloping.mtom(lakeside.fields("submit", connecting.a_270()))
    assert posted(address, *submit)[0] == 200
    connecting.work()
    _, content_type, answer = posted(address, *enveloping.mtom(lakeside.fields("fetch_271"), "fetch_271"))
    assert b"xop:Include" in answer
    assert b"EB*1*" in enveloping.read(answer, content_type)["Payload"]
    _, content_type, inline = posted(address, *enveloping.soap(lakeside.fields("fetch_271"), "fetch_271"))
    assert b64decode(re.findall(rb"<Payload>([^<]+)<", inline)[0]).startswith(b"ISA*")


def test_somebody_who_goes_away_in_the_middle_leaves_no_trace_behind(lakeside: Partner, address: str) -> None:
    where = urlsplit(address)
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    head = f"POST {where.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
    with socket.create_connection((where.hostname or "", where.port or 0)) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:50])
    assert posted(address, body, content_type)[0] == 200
