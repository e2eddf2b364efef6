"""The MIME envelope: `multipart/form-data`, one part for each field, one for the payload.

Field names are read whatever their case: clients in the wild write PayloadId as well as PayloadID.
"""

import base64
import binascii
from secrets import token_hex

from portico.edges.x12.connectivity import fields, multiparts
from portico.edges.x12.connectivity.messages import Answer, Message, Shape
from portico.edges.x12.connectivity.multiparts import Part
from portico.edges.x12.connectivity.refusals import Refused
from portico.edges.x12.connectivity.vocabulary import RULE_VERSION, Field, Mode

MEDIA_TYPE = "multipart/form-data"
CHARSETS = frozenset({"", "utf-8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1"})
MOST_FIELD_BYTES = 1024
_BY_NAME = {name.lower(): name for name in Field}
_AS_IT_IS = frozenset({"", "7bit", "8bit", "binary"})
_WHITE_SPACE = b" \t\n\r\v\f"


def read(body: bytes, boundary: str) -> Message:
    """The request in a form. Raises Refused (400) where it is no whole form."""
    values: dict[Field, str] = {}
    broken: set[Field] = set()
    payload: bytes | None = None
    for part in multiparts.cut(body, boundary):
        name = _field(part)
        if name is None:
            continue
        content = _content(part)
        is_again = name in values or (name is Field.PAYLOAD and payload is not None)
        if is_again or content is None:
            broken.add(name)
        elif name is Field.PAYLOAD:
            payload = content
        else:
            _keep(name, content, values, broken)
    return Message(Shape.MIME, values, payload, broken=frozenset(broken))


def write(answer: Answer) -> tuple[str, bytes]:
    """The media type and the body of an answer."""
    boundary = token_hex(16)
    parts = b"".join(_part(boundary, name, value) for name, value in _values(answer))
    return f"{MEDIA_TYPE}; boundary={boundary}", parts + f"--{boundary}--\r\n".encode()


def _field(part: Part) -> Field | None:
    """Which field a part is; None for one we do not know."""
    disposition, given = part.header("content-disposition")
    if disposition != "form-data" or "name" not in given:
        raise Refused(400, "A part of the form does not say which field it is.")
    return _BY_NAME.get(given["name"].lower())


def _content(part: Part) -> bytes | None:
    """The bytes of a part; None where its encoding is none we read."""
    media_type, given = part.header("content-type")
    if media_type.startswith("multipart/") or given.get("charset", "").lower() not in CHARSETS:
        return None
    encoding = part.headers.get("content-transfer-encoding", "").strip().lower()
    if encoding in _AS_IT_IS:
        return part.content
    return of_base64(part.content) if encoding == "base64" else None


def of_base64(text: bytes) -> bytes | None:
    """The bytes that base64 stands for, with white space anywhere in it; None for anything else."""
    try:
        return base64.b64decode(text.translate(None, _WHITE_SPACE), validate=True)
    except binascii.Error:
        return None


def _keep(name: Field, content: bytes, values: dict[Field, str], broken: set[Field]) -> None:
    try:
        text = content[:MOST_FIELD_BYTES].decode()
    except UnicodeDecodeError:
        text = ""
        broken.add(name)
    if len(content) > MOST_FIELD_BYTES:
        broken.add(name)
    values[name] = text if name is Field.PASSWORD else text.strip()


def _values(answer: Answer) -> list[tuple[str, bytes]]:
    """Every field of an answer with its bytes, in the order of the rule."""
    payload = answer.payload
    texts = [
        (Field.PAYLOAD_TYPE, answer.payload_type),
        (Field.PROCESSING_MODE, answer.mode),
        (Field.PAYLOAD_ID, str(answer.payload_id)),
        (Field.TIME_STAMP, answer.time_stamp),
        (Field.SENDER_ID, answer.sender_id),
        (Field.RECEIVER_ID, answer.receiver_id),
        (Field.RULE_VERSION, RULE_VERSION),
        ("ErrorCode", answer.error_code),
        ("ErrorMessage", answer.error_message),
    ]
    values = [(str(name), text.encode()) for name, text in texts]
    if payload is None:
        return values
    if answer.mode is Mode.BATCH:
        values.insert(3, (Field.PAYLOAD_LENGTH, str(len(payload)).encode()))
        values.insert(8, (Field.CHECK_SUM, fields.digest(payload).encode()))
    return [*values, (Field.PAYLOAD, payload)]


def _part(boundary: str, name: str, content: bytes) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n"
