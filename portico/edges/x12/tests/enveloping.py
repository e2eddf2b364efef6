"""Envelopes as a partner's program writes and reads them, apart from the code that the product uses.

Every default is right; a test changes what it is about. None leaves a field out.
"""

import base64
import hashlib
import re
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any
from xml.sax.saxutils import escape

RULE = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
XOP = "http://www.w3.org/2004/08/xop/include"
BOUNDARY = "c5a1b7e0"
A_FILE = "file:" + "//" + "/etc/hostname"  # of the machine it runs on
PAYLOAD_ID = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6"
REAL_TIME_270 = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260312*1700*^*00501*"
REAL_TIME_270 += b"000000001*0*T*:~IEA*0*000000001~"
CLOSING = f"--{BOUNDARY}--\r\n".encode()

ELEMENTS = {
    "real_time": "COREEnvelopeRealTimeRequest",
    "submit": "COREEnvelopeBatchSubmission",
    "fetch_999": "COREEnvelopeBatchSubmissionAckRetrievalRequest",
    "fetch_271": "COREEnvelopeBatchResultsRetrievalRequest",
    "acknowledge": "COREEnvelopeBatchResultsAckSubmission",
}
TYPES = {
    "real_time": "X12_270_Request_005010X279A1",
    "submit": "X12_270_Request_005010X279A1",
    "fetch_999": "X12_999_RetrievalRequest_005010X231A1",
    "fetch_271": "X12_005010_Request_Batch_Results_271",
    "acknowledge": "X12_999_SubmissionRequest_005010X231A1",
}
COUNTED = ("submit", "acknowledge")
Fields = dict[str, Any]


def fields(asked: str = "real_time", payload: bytes | None = REAL_TIME_270, **changes: Any) -> Fields:
    """The fields of a request, by the rule's names."""
    said: Fields = {
        "PayloadType": TYPES[asked],
        "ProcessingMode": "RealTime" if asked == "real_time" else "Batch",
        "PayloadID": PAYLOAD_ID,
        "TimeStamp": "2026-03-12T17:00:00Z",
        "UserName": "lakeside-0001",
        "Password": "AAAA-BBBB",
        "SenderID": "LAKESIDE01",
        "ReceiverID": "99999",
        "CORERuleVersion": "2.2.0",
    }
    if payload is not None and asked not in ("fetch_999", "fetch_271"):
        said["Payload"] = payload
        if asked in COUNTED:
            said |= {"PayloadLength": len(payload), "CheckSum": check_sum(payload)}
    return {name: value for name, value in (said | changes).items() if value is not None}


def check_sum(payload: bytes) -> str:
    """The checksum of a payload."""
    return hashlib.sha1(payload, usedforsecurity=False).hexdigest()


def form(said: Fields) -> tuple[bytes, str]:
    """The MIME envelope: its body and its Content-Type."""
    body = b"".join(part(name, value) for name, value in said.items()) + CLOSING
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, value: Any, *headers: str) -> bytes:
    """One field of the form."""
    head = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"', *headers]
    content = value if isinstance(value, bytes) else str(value).encode()
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content + b"\r\n"


def soap(said: Fields, asked: str = "real_time", *, payload: str | None = None) -> tuple[bytes, str]:
    """The SOAP envelope with its payload inside: its body and its Content-Type."""
    inside = "".join(
        f"<{name}>{_xml(name, value, asked, payload)}</{name}>"
        for name, value in said.items()
        if name not in ("UserName", "Password")
    )
    asks = f'<core:{ELEMENTS[asked]} xmlns:core="{RULE}">{inside}</core:{ELEMENTS[asked]}>'
    return message(asks, token(said)), "application/soap+xml; charset=utf-8"


def mtom(said: Fields, asked: str = "submit") -> tuple[bytes, str]:
    """The same with its payload attached."""
    include = f'<xop:Include xmlns:xop="{XOP}" href="cid:payload%40client"/>'
    body, _ = soap(said, asked, payload=include)
    root = 'Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"\r\n'
    text = f"--{BOUNDARY}\r\n{root}Content-ID: <root@client>\r\n\r\n".encode() + body + b"\r\n"
    text += f"--{BOUNDARY}\r\nContent-Type: application/octet-stream\r\n".encode()
    text += b"Content-ID: <payload@client>\r\n\r\n" + said.get("Payload", b"") + b"\r\n" + CLOSING
    kinds = 'type="application/xop+xml"; start="<root@client>"; start-info="application/soap+xml"'
    return text, f"multipart/related; boundary={BOUNDARY}; {kinds}"


def message(asks: str, header: str = "") -> bytes:
    """A SOAP message with this in its body."""
    inside = f"<soap:Header>{header}</soap:Header><soap:Body>{asks}</soap:Body>"
    return f'<soap:Envelope xmlns:soap="{SOAP}">{inside}</soap:Envelope>'.encode()


def token(said: Fields, kind: str = f"{WSS}-username-token-profile-1.0#PasswordText") -> str:
    """The sign-in of WS-Security."""
    name = f"<w:Username>{escape(said['UserName'])}</w:Username>" if "UserName" in said else ""
    password = (
        f'<w:Password Type="{kind}">{escape(said["Password"])}</w:Password>' if "Password" in said else ""
    )
    security = f'<w:Security xmlns:w="{WSS}-wssecurity-secext-1.0.xsd" soap:mustUnderstand="true">'
    return f"{security}<w:UsernameToken>{name}{password}</w:UsernameToken></w:Security>"


def read(body: bytes, content_type: str) -> dict[str, Any]:
    """The fields of an answer, whichever envelope it is in; `Payload` as bytes."""
    if content_type.startswith("multipart/form-data"):
        found = {
            str(each.get_param("name", header="content-disposition")): _bytes(each)
            for each in _parts(body, content_type)
        }
        return {name: value if name == "Payload" else value.decode() for name, value in found.items()}
    attached: dict[str, bytes] = {}
    if content_type.startswith("multipart/related"):
        root, *others = _parts(body, content_type)
        attached = {str(each["content-id"]).strip("<>"): _bytes(each) for each in others}
        body = _bytes(root)
    return _of_xml(body.decode(), attached)


def _of_xml(text: str, attached: dict[str, bytes]) -> dict[str, Any]:
    element = re.search(rf'<core:(\w+) xmlns:core="{re.escape(RULE)}">(.*)</core:\1>', text, re.DOTALL)
    assert element, text
    found: dict[str, Any] = {"element": element.group(1)}
    found |= {
        name: _plain(value) for name, value in re.findall(r"<(\w+)>(.*?)</\1>", element.group(2), re.DOTALL)
    }
    if "Payload" in found:
        include = re.search(r'href="cid:([^"]+)"', found["Payload"])
        is_text = found["ProcessingMode"] == "RealTime"
        value = found["Payload"]
        found["Payload"] = (
            attached[include.group(1)] if include else value.encode() if is_text else base64.b64decode(value)
        )
    return found


def _plain(text: str) -> str:
    for entity, sign in (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def _parts(body: bytes, content_type: str) -> list[Mail]:
    whole = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    assert not whole.defects
    return list(whole.get_payload())


def _bytes(part: Mail) -> bytes:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def _xml(name: str, value: Any, asked: str, payload: str | None) -> str:
    if name != "Payload":
        return escape(str(value))
    if payload is not None:
        return payload
    return escape(value.decode()) if asked == "real_time" else base64.b64encode(value).decode()
