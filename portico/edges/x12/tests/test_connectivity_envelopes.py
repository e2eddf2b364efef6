"""Both envelopes, read as clients in the wild write them, and written so that they can read them."""

import base64
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from portico.domains.exchange.log import Operation
from portico.edges.x12.connectivity import envelopes
from portico.edges.x12.connectivity.messages import Answer, Message, Shape
from portico.edges.x12.connectivity.refusals import Fault, FaultCode, Refused
from portico.edges.x12.connectivity.vocabulary import Field, Mode
from portico.edges.x12.tests import enveloping

X12 = enveloping.REAL_TIME_270
ANSWER = Answer(
    operation=Operation.REAL_TIME,
    mode=Mode.REAL_TIME,
    payload_type="X12_271_Response_005010X279A1",
    payload_id=UUID(enveloping.PAYLOAD_ID),
    time_stamp="2026-03-12T17:00:00Z",
    sender_id="99999",
    receiver_id="A&B <1>",
    payload="ISA*x*MÜLLER & <SÖHNE>~\r\nIEA*1~".encode(),
)
BATCH = replace(ANSWER, operation=Operation.RESULTS_RETRIEVAL, mode=Mode.BATCH)
SHAPES = pytest.mark.parametrize("shape", list(Shape))


def of_form(*parts: bytes) -> Message:
    body = b"".join(parts) + enveloping.CLOSING
    return envelopes.read(f"multipart/form-data; boundary={enveloping.BOUNDARY}", body)


def of_soap(body: bytes, content_type: str = "application/soap+xml; charset=utf-8") -> Message:
    return envelopes.read(content_type, body)


def of_payload(text: str, asked: str = "real_time", declaration: str = "", charset: str = "utf-8") -> Message:
    body, _ = enveloping.soap(enveloping.fields(asked), asked, payload=text)
    encoded = (declaration + body.decode()).encode(charset)
    return envelopes.read(f"application/soap+xml; charset={charset}", encoded)


# ------------------------------------------------------------------ the form


def test_fields_are_read_whatever_the_case_of_their_names() -> None:
    said = enveloping.fields()
    renamed = {name.replace("ID", "Id"): value for name, value in said.items()}
    body, content_type = enveloping.form(renamed)
    found = envelopes.read(content_type, body)
    assert found.fields[Field.PAYLOAD_ID] == enveloping.PAYLOAD_ID
    assert found.fields[Field.SENDER_ID] == "LAKESIDE01"


def test_a_part_may_say_its_length_its_type_and_a_file_name() -> None:
    headers = (
        "Content-Length: 138",
        "Content-Type: text/plain; charset=us-ascii",
        "Content-Transfer-Encoding: 8bit",
    )
    named = enveloping.part("Payload", X12, *headers).replace(
        b'name="Payload"', b'name="Payload"; filename="x.270"'
    )
    assert of_form(named).payload == X12


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_the_payload_of_a_form_is_taken_byte_by_byte(charset: str) -> None:
    text = "ISA*MÜLLER\x1e~\r\n".encode(charset)
    assert (
        of_form(enveloping.part("Payload", text, f"Content-Type: text/plain; charset={charset}")).payload
        == text
    )


def test_a_payload_in_base64_is_decoded() -> None:
    coded = base64.encodebytes(X12)
    assert of_form(enveloping.part("Payload", coded, "Content-Transfer-Encoding: base64")).payload == X12


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; charset=utf-16",
        "Content-Type: text/plain; charset=ibm037",
        "Content-Type: multipart/mixed; boundary=inner",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Transfer-Encoding: base64",
    ],
)
def test_a_payload_in_an_encoding_that_is_not_read_is_broken(header: str) -> None:
    found = of_form(enveloping.part("Payload", b"ISA*!", header))
    assert (found.payload, found.broken) == (None, frozenset({Field.PAYLOAD}))


def test_a_field_twice_or_not_in_utf8_or_without_end_is_broken() -> None:
    for parts in (
        (enveloping.part("SenderID", "A"), enveloping.part("SenderID", "B")),
        (enveloping.part("SenderID", b"\xff"),),
        (enveloping.part("SenderID", "x" * 1025),),
    ):
        assert of_form(*parts).broken == {Field.SENDER_ID}
    assert of_form(enveloping.part("Payload", X12), enveloping.part("Payload", X12)).broken == {Field.PAYLOAD}


def test_fields_nobody_knows_do_not_matter() -> None:
    assert of_form(enveloping.part("Comment", "hello"), enveloping.part("SenderID", "A")).fields == {
        Field.SENDER_ID: "A"
    }


def test_a_part_that_is_no_field_is_refused() -> None:
    with pytest.raises(Refused):
        of_form(f"--{enveloping.BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx\r\n".encode())


# ------------------------------------------------------------------ SOAP


@pytest.mark.parametrize(
    "content_type",
    [
        "application/soap+xml",
        'application/soap+xml; charset=utf-8; action="RealTimeTransaction"',
        "application/soap+xml; charset=utf-8;action=RealTimeTransaction;",
        "text/xml; charset=UTF-8",
        "application/xml",
    ],
)
def test_a_soap_message_is_read_under_the_types_that_clients_give_it(content_type: str) -> None:
    body, _ = enveloping.soap(enveloping.fields())
    found = of_soap(body, content_type)
    assert (found.shape, found.operation, found.payload) == (Shape.SOAP, Operation.REAL_TIME, X12)


@pytest.mark.parametrize("payload", ["<![CDATA[ISA*&<~]]>", "\n  <![CDATA[ISA*&<~]]>", "ISA*&amp;&lt;~"])
def test_the_payload_of_a_real_time_message_is_text(payload: str) -> None:
    assert of_payload(payload).payload == b"ISA*&<~"


@pytest.mark.parametrize(
    ("declaration", "charset"),
    [
        ("", "utf-8"),
        ("\ufeff", "utf-8"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "iso-8859-1"),
        ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8"),
    ],
)
def test_xml_is_read_in_utf8_and_in_latin1(declaration: str, charset: str) -> None:
    assert (
        of_payload("ISA*MÜLLER~", declaration=declaration, charset=charset).payload == "ISA*MÜLLER~".encode()
    )


def test_the_content_type_is_believed_before_the_declaration() -> None:
    found = of_payload(
        "ISA*MÜLLER~", declaration='<?xml version="1.0" encoding="ISO-8859-1"?>', charset="utf-8"
    )
    assert found.payload == "ISA*MÜLLER~".encode()


@pytest.mark.parametrize(
    "charset", ["utf-16", "utf-16-le", "utf-32", "utf-7", "ibm037", "windows-1252", "nonsense"]
)
def test_xml_in_another_encoding_is_refused(charset: str) -> None:
    body, _ = enveloping.soap(enveloping.fields())
    with pytest.raises(Refused) as refused:
        of_soap(body, f"application/soap+xml; charset={charset}")
    assert refused.value.status == 415
    with pytest.raises(Refused):
        of_soap(f'<?xml version="1.0" encoding="{charset}"?>'.encode() + body, "application/soap+xml")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-32-le"])
def test_xml_that_is_in_another_encoding_without_saying_so_is_refused(codec: str) -> None:
    body, _ = enveloping.soap(enveloping.fields())
    with pytest.raises(Refused) as refused:
        of_soap(body.decode().encode(codec), "application/soap+xml")
    assert refused.value.status == 415


def test_elements_may_have_the_namespace_of_the_rule() -> None:
    body, _ = enveloping.soap(enveloping.fields())
    named = body.replace(b"core:", b"").replace(b"xmlns:core=", b"xmlns=")
    assert of_soap(named).fields == of_soap(body).fields


def test_a_batch_comes_in_base64_or_attached() -> None:
    said = enveloping.fields("submit")
    inline = of_soap(*enveloping.soap(said, "submit"))
    body, content_type = enveloping.mtom(said)
    attached = envelopes.read(content_type, body)
    assert (inline.payload, attached.payload) == (X12, X12)
    assert (inline.shape, attached.shape) == (Shape.SOAP, Shape.MTOM)


def test_an_attachment_is_found_as_clients_name_it() -> None:
    body, _ = enveloping.mtom(enveloping.fields("submit"))
    bare = body.replace(b"<root@client>", b"rootpart").replace(b"<payload@client>", b"attachment")
    bare = bare.replace(b"cid:payload%40client", b"cid:attachment").replace(b"\r\n", b"\n")
    content_type = (
        f' multipart/related; type="application/xop+xml"; start="rootpart"; boundary="{enveloping.BOUNDARY}"'
    )
    assert envelopes.read(content_type, bare).payload == X12
    first = f"multipart/related; boundary={enveloping.BOUNDARY}"
    assert envelopes.read(first, body).payload == X12


@pytest.mark.parametrize("href", ["cid:nothing", "http://example.org/x", enveloping.A_FILE, ""])
def test_an_attachment_that_is_not_there_is_a_broken_payload(href: str) -> None:
    body, content_type = enveloping.mtom(enveloping.fields("submit"))
    found = envelopes.read(content_type, body.replace(b"cid:payload%40client", href.encode()))
    assert (found.payload, found.broken) == (None, frozenset({Field.PAYLOAD}))


@pytest.mark.parametrize("text", ["ISA*00*", "not base64!", "é"])
def test_a_batch_that_is_not_base64_is_broken(text: str) -> None:
    assert of_payload(text, "submit").broken == {Field.PAYLOAD}


def test_a_message_that_begins_nowhere_is_refused() -> None:
    body, content_type = enveloping.mtom(enveloping.fields("submit"))
    for wrong in (content_type.replace("root@client", "other"), content_type.replace("boundary", "border")):
        with pytest.raises(Refused):
            envelopes.read(wrong, body)


@pytest.mark.parametrize("kind", ["", "PasswordText", "http://example.org/#PasswordDigest"])
def test_a_password_counts_in_plain_text_only(kind: str) -> None:
    said = enveloping.fields()
    body = enveloping.message(
        f'<core:COREEnvelopeRealTimeRequest xmlns:core="{enveloping.RULE}"/>', enveloping.token(said, kind)
    )
    assert Field.PASSWORD not in of_soap(body).fields
    plain = body.replace(f' Type="{kind}"'.encode(), b"")
    assert of_soap(plain).fields[Field.PASSWORD] == said["Password"]


def test_the_sign_in_counts_in_the_header_only() -> None:
    body, _ = enveloping.soap(enveloping.fields(UserName=None, Password=None))
    body = body.replace(b"<PayloadID>", b"<UserName>x</UserName><Password>y</Password><PayloadID>")
    found = of_soap(body).fields
    assert (found.get(Field.USER_NAME, ""), found.get(Field.PASSWORD, "")) == ("", "")


ADDRESSING = '<a:Action xmlns:a="http://www.w3.org/2005/08/addressing" soap:mustUnderstand="1">x</a:Action>'
EMPTY = f'<core:COREEnvelopeRealTimeRequest xmlns:core="{enveloping.RULE}"/>'


def test_addresses_in_the_header_are_passed_over() -> None:
    assert of_soap(enveloping.message(EMPTY, ADDRESSING)).operation is Operation.REAL_TIME


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", FaultCode.SENDER),
        (b"hello", FaultCode.SENDER),
        (b"<a><b></a>", FaultCode.SENDER),
        (enveloping.message("").replace(b"soap:Body", b"soap:Torso"), FaultCode.SENDER),
        (enveloping.message(""), FaultCode.SENDER),
        (enveloping.message("<x/>"), FaultCode.SENDER),
        (enveloping.message(EMPTY * 2), FaultCode.SENDER),
        (enveloping.message(EMPTY.replace("RealTimeRequest", "RealTimeResponse")), FaultCode.SENDER),
        (enveloping.message(EMPTY.replace("CORERule2.2.0", "CORERule4.0.0")), FaultCode.SENDER),
        (b"<Envelope/>", FaultCode.VERSION_MISMATCH),
        (
            enveloping.message(EMPTY).replace(
                enveloping.SOAP.encode(), b"http://schemas.xmlsoap.org/soap/envelope/"
            ),
            FaultCode.VERSION_MISMATCH,
        ),
        (
            enveloping.message(EMPTY, '<x:y xmlns:x="urn:x" soap:mustUnderstand="true"/>'),
            FaultCode.MUST_UNDERSTAND,
        ),
    ],
)
def test_what_is_no_envelope_is_a_fault(body: bytes, code: FaultCode) -> None:
    with pytest.raises(Fault) as fault:
        of_soap(body)
    assert (fault.value.code, fault.value.status) == (code, 400 if code is FaultCode.SENDER else 500)


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/mixed"]
)
def test_another_type_is_none_of_the_envelopes(content_type: str) -> None:
    with pytest.raises(Refused) as refused:
        envelopes.read(content_type, b"x")
    assert refused.value.status == 415


# ------------------------------------------------------------------ answers


def written(answer: Answer, shape: Shape) -> tuple[dict[str, Any], str, bytes]:
    content_type, body = envelopes.write(answer, shape)
    return enveloping.read(body, content_type), content_type, body


@SHAPES
@pytest.mark.parametrize("answer", [ANSWER, BATCH], ids=["real_time", "batch"])
def test_an_answer_is_read_back_as_it_was_given(answer: Answer, shape: Shape) -> None:
    found, _, _ = written(answer, shape)
    assert found["Payload"] == answer.payload
    assert (found["ErrorCode"], found["ErrorMessage"]) == ("Success", "None")
    assert (found["SenderID"], found["ReceiverID"]) == ("99999", "A&B <1>")
    assert (found["PayloadID"], found["ProcessingMode"]) == (enveloping.PAYLOAD_ID, str(answer.mode))
    assert (found["TimeStamp"], found["CORERuleVersion"]) == ("2026-03-12T17:00:00Z", "2.2.0")
    assert ("CheckSum" in found) is ("PayloadLength" in found) is (answer is BATCH)


@SHAPES
def test_a_batch_goes_with_its_length_and_checksum(shape: Shape) -> None:
    said = enveloping.fields("submit", BATCH.payload)
    found, _, _ = written(BATCH, shape)
    assert (found["PayloadLength"], found["CheckSum"]) == (str(said["PayloadLength"]), said["CheckSum"])


@SHAPES
def test_an_answer_without_a_payload_has_no_place_for_one(shape: Shape) -> None:
    found, _, _ = written(replace(BATCH, payload=None, error_code="PayloadIDIllegal"), shape)
    assert {"Payload", "PayloadLength", "CheckSum"}.isdisjoint(found)


def test_only_a_batch_is_attached() -> None:
    _, content_type, body = written(ANSWER, Shape.MTOM)
    assert content_type.startswith("multipart/related; ")
    assert (body.count(b"Content-ID"), body.count(b"xop:Include")) == (1, 0)
    _, _, body = written(BATCH, Shape.MTOM)
    assert (body.count(b"Content-ID"), body.count(b"xop:Include")) == (2, 1)


def test_a_form_answers_in_the_shape_that_simple_clients_cut_up() -> None:
    """The one in the wild splits at the boundary and reads a name and a value with a regular expression."""
    payload = b"ISA*00*x~IEA*1*000000001~"
    content_type, body = envelopes.write(replace(ANSWER, payload=payload), Shape.MIME)
    media_type, boundary = content_type.split("; boundary=")
    fields = re.split(rf"--{boundary}(?:--)?\r?\n", body.decode())
    shape = r'Content-Disposition:.*?name="([^"]+)"[\r\n]+(?:[^\r\n]+\r\n)?([\s\S]+)\r\n\Z'
    matches = (re.search(shape, each) for each in fields if each)
    found = {match.group(1): match.group(2) for match in matches if match}
    assert media_type == "multipart/form-data"
    assert (found["ErrorCode"], found["Payload"]) == ("Success", payload.decode())
