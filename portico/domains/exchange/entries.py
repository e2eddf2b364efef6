"""What the log holds of an exchange, as edges write and read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Operation(StrEnum):
    """What was asked of us; `RESULTS` is our own making of a batch's answers."""

    REAL_TIME = "real_time"
    BATCH_SUBMIT = "batch_submit"
    ACKNOWLEDGEMENT_RETRIEVAL = "ack_retrieval"
    RESULTS = "batch_results"
    RESULTS_RETRIEVAL = "results_retrieval"
    RESULTS_ACKNOWLEDGEMENT = "results_ack"


class Result(StrEnum):
    """How it ended: answered by its transaction, taken in, rejected by a TA1 or 999, refused before anything
    was read, or failed on our side.
    """

    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNote:
    """One transaction set received: its code, their GS06 and ST02, ours of its answer, and whether it was
    accepted.
    """

    code: str
    group: str
    number: str
    our_group: str = ""
    our_number: str = ""
    accepted: bool = True
    request_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message and how it was answered; what is not known of it stays empty.

    `milliseconds` are from its first byte to its answer. `error_code` is the connectivity rule's,
    `acknowledgement` TA1 or 999 where one was sent, `interchange` their ISA13.
    """

    operation: Operation
    envelope: str
    received_at: datetime
    result: Result
    answered_at: datetime | None = None
    milliseconds: int | None = None
    machine_id: int | None = None
    office_id: int | None = None
    sender_id: str = ""
    receiver_id: str = ""
    payload_type: str = ""
    payload_id: str = ""
    error_code: str = ""
    acknowledgement: str = ""
    interchange: str = ""
    request_count: int = 0
    bytes_received: int = 0
    bytes_sent: int = 0
    sets: tuple[SetNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """An exchange in the log: its number, and what was written in answer (empty where nothing was)."""

    number: int
    written: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the desk looks for; an empty value looks for nothing.

    `control_number` is either side's ISA13, with or without leading zeros; the exchanges wanted were
    received at `since` or later and before `before`.
    """

    control_number: str = ""
    payload_id: str = ""
    sender_id: str = ""
    machine_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    result: Result | None = None
    operation: Operation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Entry):
    """An exchange as the desk sees it; `our_interchange` is our ISA13, empty where we sent none."""

    number: int
    our_interchange: str
