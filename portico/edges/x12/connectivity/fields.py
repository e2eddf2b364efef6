"""What every field of an envelope must be, in one table; the first that is not says which error code it is.

Nothing here looks at a row: whether the sender is who it says, and whether a payload is what its checksum
says, is asked once it has signed in.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from portico.domains.exchange.log import Operation
from portico.edges.x12.connectivity.messages import Message
from portico.edges.x12.connectivity.vocabulary import (
    NOT_SUPPORTED,
    OPERATIONS,
    RULE_VERSION,
    ErrorCode,
    Field,
    Mode,
    PayloadType,
    illegal,
    required,
)

_SHAPES = {
    Field.PAYLOAD_TYPE: r"[A-Za-z0-9_]{1,80}",
    Field.PROCESSING_MODE: r"RealTime|Batch",
    Field.PAYLOAD_ID: r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    Field.PAYLOAD_LENGTH: r"[0-9]{1,12}",
    Field.TIME_STAMP: r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?",
    Field.USER_NAME: r"[^\x00-\x1f\x7f]{1,60}",
    Field.PASSWORD: r"[^\x00-\x1f\x7f]{1,128}",
    Field.SENDER_ID: r"[\x21-\x7e]([\x20-\x7e]{0,48}[\x21-\x7e])?",
    Field.RECEIVER_ID: r"[\x21-\x7e]([\x20-\x7e]{0,48}[\x21-\x7e])?",
    Field.CHECK_SUM: r"[0-9A-Fa-f]{40}",
}
_COMPILED = {name: re.compile(shape, re.ASCII) for name, shape in _SHAPES.items()}
_WANTED = {
    Field.RULE_VERSION: RULE_VERSION,
    Field.PAYLOAD_TYPE: f"the type of the payload, such as {PayloadType.REQUEST_270}",
    Field.PROCESSING_MODE: "RealTime or Batch, as the payload type is used",
    Field.PAYLOAD_ID: "a UUID of 32 hexadecimal digits with hyphens",
    Field.PAYLOAD_LENGTH: "the number of bytes in the payload",
    Field.TIME_STAMP: "the time of sending, such as 2026-03-12T17:00:00Z",
    Field.USER_NAME: "the user name the plan gave",
    Field.PASSWORD: "the password the plan gave",
    Field.SENDER_ID: "the sender ID agreed with the plan",
    Field.RECEIVER_ID: "the plan's own ID",
    Field.CHECK_SUM: "the SHA-1 of the payload in 40 hexadecimal digits",
    Field.PAYLOAD: "the X12 interchange itself",
}
_ALWAYS = (
    Field.PAYLOAD_ID,
    Field.TIME_STAMP,
    Field.USER_NAME,
    Field.PASSWORD,
    Field.SENDER_ID,
    Field.RECEIVER_ID,
)


class EnvelopeError(Exception):
    """The envelope is not as it must be; `code` is the rule's, `words` say what to send instead."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class Checked:
    """A request whose fields are what they must be; `payload_id` in lower case.

    `length` and `check_sum` are None where they were not sent.
    """

    operation: Operation
    payload_type: PayloadType
    payload_id: str
    user_name: str = field(repr=False)
    password: str = field(repr=False)
    sender_id: str
    receiver_id: str
    payload: bytes = field(repr=False)
    length: int | None = None
    check_sum: str | None = None


def check(message: Message) -> Checked:
    """The request, read. Raises EnvelopeError for the first field that is missing or illegal."""
    if _given(message, Field.RULE_VERSION) != RULE_VERSION:
        words = f"This address speaks version {RULE_VERSION} of the rule and no other."
        raise EnvelopeError(ErrorCode.VERSION_MISMATCH, words)
    kind = _payload_type(message)
    operation = _operation(message, kind, Mode(_given(message, Field.PROCESSING_MODE)))
    values = {name: _given(message, name) for name in _ALWAYS}
    traits = OPERATIONS[operation]
    length = _optional(message, Field.PAYLOAD_LENGTH, needed=traits.counted)
    _check_time(values[Field.TIME_STAMP])
    check_sum = _optional(message, Field.CHECK_SUM, needed=traits.counted)
    return Checked(
        operation=operation,
        payload_type=kind,
        payload_id=str(UUID(values[Field.PAYLOAD_ID])),
        user_name=values[Field.USER_NAME],
        password=values[Field.PASSWORD],
        sender_id=values[Field.SENDER_ID],
        receiver_id=values[Field.RECEIVER_ID],
        payload=_payload(message, needed=traits.brings),
        length=int(length) if length else None,
        check_sum=check_sum.lower() if check_sum else None,
    )


def check_payload(checked: Checked) -> None:
    """The payload is as long as it says, and the one it says. Raises EnvelopeError."""
    if checked.length is not None and checked.length != len(checked.payload):
        words = f"PayloadLength says {checked.length} bytes; {len(checked.payload)} arrived."
        raise EnvelopeError(illegal(Field.PAYLOAD_LENGTH), words)
    if checked.check_sum is not None and checked.check_sum != digest(checked.payload):
        words = "The SHA-1 of the payload that arrived is not the one CheckSum says. Send it again."
        raise EnvelopeError(ErrorCode.CHECKSUM_MISMATCHED, words)


def digest(payload: bytes) -> str:
    """The checksum of a payload: SHA-1, as the rule has it, against accidents and not against attacks."""
    return hashlib.sha1(payload, usedforsecurity=False).hexdigest()


def is_illegal(name: Field) -> EnvelopeError:
    """The error of a field that is there and is not what it must be."""
    return EnvelopeError(illegal(name), f"{name} must be {_WANTED[name]}.")


def _given(message: Message, name: Field) -> str:
    value = message.fields.get(name, "")
    if name in message.broken:
        raise is_illegal(name)
    if not value.strip():
        raise EnvelopeError(required(name), f"{name} is missing. Send {_WANTED[name]}.")
    shape = _COMPILED.get(name)
    if shape and not shape.fullmatch(value):
        raise is_illegal(name)
    return value


def _optional(message: Message, name: Field, *, needed: bool) -> str:
    is_there = needed or name in message.broken or message.fields.get(name, "").strip()
    return _given(message, name) if is_there else ""


def _payload_type(message: Message) -> PayloadType:
    given = _given(message, Field.PAYLOAD_TYPE)
    asked_with = {kind for traits in OPERATIONS.values() for kind in traits.types}
    if given in NOT_SUPPORTED:
        raise EnvelopeError(ErrorCode.NOT_SUPPORTED, "This portal does not exchange this payload type.")
    if given not in asked_with:
        raise is_illegal(Field.PAYLOAD_TYPE)
    return PayloadType(given)


def _operation(message: Message, kind: PayloadType, mode: Mode) -> Operation:
    """What is asked for: a SOAP message names it, a form says it by type and mode; the three must agree."""
    if message.operation is not None:
        traits = OPERATIONS[message.operation]
        if kind not in traits.types:
            raise is_illegal(Field.PAYLOAD_TYPE)
        if mode is not traits.mode:
            raise is_illegal(Field.PROCESSING_MODE)
        return message.operation
    for operation, traits in OPERATIONS.items():
        if kind in traits.types and mode is traits.mode:
            return operation
    raise is_illegal(Field.PROCESSING_MODE)


def _check_time(given: str) -> None:
    """A day and a time that exist; the rule lets senders be off, and some send the time of long ago."""
    try:
        datetime.fromisoformat(given[:19])
    except ValueError:
        raise is_illegal(Field.TIME_STAMP) from None


def _payload(message: Message, *, needed: bool) -> bytes:
    if not needed:
        return b""
    if Field.PAYLOAD in message.broken:
        raise is_illegal(Field.PAYLOAD)
    if not message.payload:
        raise EnvelopeError(required(Field.PAYLOAD), f"Payload is missing. Send {_WANTED[Field.PAYLOAD]}.")
    return message.payload


def is_well_formed(name: Field, value: str) -> bool:
    """Is a value what the field may hold, as far as its looks go?"""
    shape = _COMPILED.get(name)
    return bool(value) and (shape is None or shape.fullmatch(value) is not None)
