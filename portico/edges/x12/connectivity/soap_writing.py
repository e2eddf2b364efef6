"""The SOAP 1.2 envelope as it goes out: an answer, with its payload in place or attached, or a fault."""

import base64
from secrets import token_hex
from uuid import uuid4
from xml.sax.saxutils import escape

from portico.edges.x12.connectivity import fields
from portico.edges.x12.connectivity.messages import Answer
from portico.edges.x12.connectivity.refusals import Fault
from portico.edges.x12.connectivity.soap_reading import ENVELOPE, XOP
from portico.edges.x12.connectivity.vocabulary import NAMESPACE, OPERATIONS, RULE_VERSION, Field, Mode

MEDIA_TYPE = "application/soap+xml"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_LINE_ENDS = {"\r": "&#13;"}  # a reader of XML turns a bare one into a line feed


def write(answer: Answer) -> tuple[str, bytes]:
    """The media type and the body of an answer with its payload in place."""
    payload = ""
    if answer.payload is not None:
        is_text = answer.mode is Mode.REAL_TIME
        payload = _text(answer.payload) if is_text else base64.b64encode(answer.payload).decode()
    return f"{MEDIA_TYPE}; charset=utf-8", _envelope(answer, payload).encode()


def write_with_attachment(answer: Answer) -> tuple[str, bytes]:
    """The same for a client that speaks MTOM: a batch's payload is attached."""
    boundary, host = token_hex(16), "portico"
    root, attached = f"root@{host}", f"{uuid4()}@{host}"
    is_attached = answer.payload is not None and answer.mode is Mode.BATCH
    if is_attached:
        payload = f'<xop:Include xmlns:xop="{XOP}" href="cid:{attached}"/>'
    else:
        payload = _text(answer.payload or b"")
    message = _envelope(answer, payload).encode()
    media = f'application/xop+xml; charset=utf-8; type="{MEDIA_TYPE}"'
    body = _part(boundary, root, media, message)
    if answer.payload is not None and is_attached:
        body += _part(boundary, attached, "application/octet-stream", answer.payload)
    outer = f'type="application/xop+xml"; start="<{root}>"; start-info="{MEDIA_TYPE}"'
    return f"multipart/related; boundary={boundary}; {outer}", body + f"--{boundary}--\r\n".encode()


def write_fault(fault: Fault) -> tuple[str, bytes]:
    """The media type and the body of a fault."""
    text = (
        f'{_DECLARATION}<soap:Envelope xmlns:soap="{ENVELOPE}"><soap:Body><soap:Fault>'
        f"<soap:Code><soap:Value>soap:{fault.code}</soap:Value></soap:Code>"
        f'<soap:Reason><soap:Text xml:lang="en">{escape(fault.words)}</soap:Text></soap:Reason>'
        "</soap:Fault></soap:Body></soap:Envelope>"
    )
    return f"{MEDIA_TYPE}; charset=utf-8", text.encode()


def _envelope(answer: Answer, payload: str) -> str:
    name = OPERATIONS[answer.operation].response
    inside = "".join(f"<{field}>{text}</{field}>" for field, text in _values(answer, payload))
    return (
        f'{_DECLARATION}<soap:Envelope xmlns:soap="{ENVELOPE}"><soap:Body>'
        f'<core:{name} xmlns:core="{NAMESPACE}">{inside}</core:{name}></soap:Body></soap:Envelope>'
    )


def _values(answer: Answer, payload: str) -> list[tuple[str, str]]:
    """Every element of an answer with its XML, in the order of the schema."""
    is_counted = answer.mode is Mode.BATCH and answer.payload is not None
    values: list[tuple[str, str]] = [
        (Field.PAYLOAD_TYPE, answer.payload_type),
        (Field.PROCESSING_MODE, answer.mode),
        (Field.PAYLOAD_ID, str(answer.payload_id)),
    ]
    if is_counted:
        values.append((Field.PAYLOAD_LENGTH, str(len(answer.payload or b""))))
    values += [
        (Field.TIME_STAMP, answer.time_stamp),
        (Field.SENDER_ID, escape(answer.sender_id)),
        (Field.RECEIVER_ID, escape(answer.receiver_id)),
        (Field.RULE_VERSION, RULE_VERSION),
    ]
    if is_counted:
        values.append((Field.CHECK_SUM, fields.digest(answer.payload or b"")))
    if answer.payload is not None:
        values.append((Field.PAYLOAD, payload))
    return [*values, ("ErrorCode", answer.error_code), ("ErrorMessage", escape(answer.error_message))]


def _text(payload: bytes) -> str:
    return escape(payload.decode(), _LINE_ENDS)


def _part(boundary: str, name: str, media_type: str, content: bytes) -> bytes:
    head = (
        f"--{boundary}\r\nContent-Type: {media_type}\r\nContent-Transfer-Encoding: binary\r\n"
        f"Content-ID: <{name}>\r\n\r\n"
    )
    return head.encode() + content + b"\r\n"
