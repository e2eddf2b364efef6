"""The door of CAQH CORE connectivity, as a partner's software speaks: in a form, in SOAP, in MTOM."""

import base64
import email
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from django.test import Client

from tests.support.programs import Program
from tests.support.world import PAYER_ID

ADDRESS = "/x12/core/2.2.0/"
RULE = "2.2.0"
CORE = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
XOP = "http://www.w3.org/2004/08/xop/include"
BOUNDARY = "a-boundary-of-tests"


class Envelope(StrEnum):
    """What a message travels in."""

    MIME = "mime"
    SOAP = "soap"
    MTOM = "mtom"


@dataclass(frozen=True, slots=True)
class Call:
    """What one operation of the rule needs: its mode, payload type and SOAP element.

    `counted`: with length and checksum of the payload.
    """

    mode: str
    payload_type: str
    element: str
    counted: bool = False


REAL_TIME = Call("RealTime", "X12_270_Request_005010X279A1", "COREEnvelopeRealTimeRequest")
SUBMIT = Call("Batch", "X12_270_Request_005010X279A1", "COREEnvelopeBatchSubmission", counted=True)
FETCH_RESULTS = Call(
    "Batch", "X12_005010_Request_Batch_Results_271", "COREEnvelopeBatchResultsRetrievalRequest"
)


@dataclass(frozen=True, slots=True)
class Back:
    """What came back: HTTP's status, the envelope's fields by name, and the payload as text."""

    status: int
    fields: Mapping[str, str]
    payload: str = ""
    whole: bytes = field(default=b"", repr=False)

    @property
    def error(self) -> str:
        """The rule's code for how it went."""
        return self.fields.get("ErrorCode", "")


def call(
    what: Call,
    program: Program | None,
    payload: str = "",
    *,
    envelope: Envelope = Envelope.MIME,
    client: Client | None = None,
    **changes: str | None,
) -> Back:
    """The answer to one message; `changes` replace fields, and None leaves one out."""
    fields = _fields(what, program, payload) | changes
    said = {name: value for name, value in fields.items() if value is not None}
    content_type, body = _WRITERS[envelope](what, said, payload)
    answer: Any = (client or Client()).post(ADDRESS, body, content_type=content_type)
    return _read(answer)


def _fields(what: Call, program: Program | None, payload: str) -> dict[str, str | None]:
    sent = payload.encode()
    counted = (
        {"PayloadLength": str(len(sent)), "CheckSum": hashlib.sha1(sent, usedforsecurity=False).hexdigest()}
        if what.counted
        else {}
    )
    return {
        "PayloadType": what.payload_type,
        "ProcessingMode": what.mode,
        "PayloadID": str(uuid4()),
        "TimeStamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "SenderID": program.sender_id if program else "NOBODY01",
        "ReceiverID": PAYER_ID,
        "CORERuleVersion": RULE,
        "UserName": program.name if program else None,
        "Password": program.secret if program else None,
        **counted,
    }


def _as_form(what: Call, fields: Mapping[str, str], payload: str) -> tuple[str, bytes]:
    del what
    parts = {**fields, "Payload": payload} if payload else fields
    body = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    return f"multipart/form-data; boundary={BOUNDARY}", f"{body}--{BOUNDARY}--\r\n".encode()


def _as_soap(what: Call, fields: Mapping[str, str], payload: str) -> tuple[str, bytes]:
    is_text = what.mode == "RealTime"
    told = escape(payload) if is_text else base64.b64encode(payload.encode()).decode()
    return "application/soap+xml; charset=utf-8", _soap(what, fields, told if payload else "").encode()


def _as_mtom(what: Call, fields: Mapping[str, str], payload: str) -> tuple[str, bytes]:
    attached = payload and what.mode == "Batch"
    include = f'<xop:Include xmlns:xop="{XOP}" href="cid:payload@tests"/>'
    root = _soap(what, fields, include if attached else escape(payload))
    parts = [("root@tests", 'application/xop+xml; type="application/soap+xml"', root)]
    if attached:
        parts.append(("payload@tests", "application/octet-stream", payload))
    body = "".join(
        f"--{BOUNDARY}\r\nContent-Type: {kind}\r\nContent-ID: <{name}>\r\n\r\n{content}\r\n"
        for name, kind, content in parts
    )
    outer = f'multipart/related; boundary={BOUNDARY}; type="application/xop+xml"; start="<root@tests>"'
    return outer, f"{body}--{BOUNDARY}--\r\n".encode()


def _soap(what: Call, fields: Mapping[str, str], payload: str) -> str:
    inside = "".join(
        f"<{name}>{escape(value)}</{name}>"
        for name, value in fields.items()
        if name not in ("UserName", "Password")
    )
    if payload:
        inside += f"<Payload>{payload}</Payload>"
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header>{_sign_in(fields)}</s:Header><s:Body>'
        f'<c:{what.element} xmlns:c="{CORE}">{inside}</c:{what.element}></s:Body></s:Envelope>'
    )


def _sign_in(fields: Mapping[str, str]) -> str:
    told = "".join(
        f"<w:{name}>{escape(fields[given])}</w:{name}>"
        for name, given in (("Username", "UserName"), ("Password", "Password"))
        if given in fields
    )
    return f'<w:Security xmlns:w="{WSSE}"><w:UsernameToken>{told}</w:UsernameToken></w:Security>'


_WRITERS = {Envelope.MIME: _as_form, Envelope.SOAP: _as_soap, Envelope.MTOM: _as_mtom}


def _read(answer: Any) -> Back:
    content_type: str = answer.headers["Content-Type"]
    if content_type.startswith("multipart/form-data"):
        return _of_form(answer, content_type)
    if content_type.startswith("application/soap+xml"):
        return _of_soap(answer.status_code, answer.content, {})
    if content_type.startswith("multipart/related"):
        parts = _parts(content_type, answer.content)
        return _of_soap(answer.status_code, next(iter(parts.values())), parts)
    return Back(answer.status_code, {}, whole=answer.content)


def _of_form(answer: Any, content_type: str) -> Back:
    message = email.message_from_bytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + answer.content
    )
    fields = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            fields[name] = content.decode()
    return Back(answer.status_code, fields, fields.get("Payload", ""), answer.content)


def _of_soap(status: int, content: bytes, attached: Mapping[str, bytes]) -> Back:
    body = ElementTree.fromstring(content).find(f"{{{SOAP}}}Body")  # noqa: S314 - our own answer
    assert body is not None
    (told,) = body
    fields = {element.tag.rpartition("}")[2]: element.text or "" for element in told}
    include = told.find(f"Payload/{{{XOP}}}Include")
    if include is not None:
        payload = attached[include.attrib["href"].removeprefix("cid:")].decode()
    elif fields.get("ProcessingMode") == "Batch":
        payload = base64.b64decode(fields.get("Payload", "")).decode()
    else:
        payload = fields.get("Payload", "")
    return Back(status, fields, payload, content)


def _parts(content_type: str, content: bytes) -> dict[str, bytes]:
    """The parts of a message with attachments by their Content-ID, the first one first."""
    message = email.message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + content)
    found = {}
    for part in message.walk():
        if not part.is_multipart():
            inside = part.get_payload(decode=True)
            assert isinstance(inside, bytes)
            found[str(part["Content-ID"]).strip("<>")] = inside
    return found
