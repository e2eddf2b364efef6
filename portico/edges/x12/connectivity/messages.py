"""A request and an answer of the rule, whichever envelope they travel in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from portico.domains.exchange.log import Operation
from portico.edges.x12.connectivity.vocabulary import ErrorCode, Field, Mode


class Shape(StrEnum):
    """The envelope: a form, a SOAP message, or a SOAP message with its payload attached."""

    MIME = "mime"
    SOAP = "soap"
    MTOM = "mtom"


@dataclass(frozen=True, slots=True)
class Message:
    """A request as its envelope holds it, nothing checked yet.

    `operation` is the one a SOAP message names; a form names none. `broken` are fields that were there in a
    way that cannot be read: twice, or in an encoding that is none.
    """

    shape: Shape
    fields: Mapping[Field, str] = field(repr=False)
    payload: bytes | None = field(default=None, repr=False)
    operation: Operation | None = None
    broken: frozenset[Field] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `payload` None carries none. A batch's payload goes with its length and checksum."""

    operation: Operation
    mode: Mode
    payload_type: str
    payload_id: UUID
    time_stamp: str
    sender_id: str
    receiver_id: str
    error_code: str = ErrorCode.SUCCESS
    error_message: str = "None"
    payload: bytes | None = field(default=None, repr=False)
