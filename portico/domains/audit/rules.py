"""What an audit row's exact bytes are, and how rows are marked, chained and signed. Pure.

    mark  = HMAC-SHA256(key, row)                       when the row is written
    link  = SHA-256(link before | position | id | row)  when the row is sealed
    head  = HMAC-SHA256(key, position | head before | link | top | instant)  once per batch

The mark finds a row that was forged or altered at once, the chain finds removal and reordering, and a
head kept elsewhere finds a tail that was cut, chain and all.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

GENESIS = bytes(32)
_ROW = "portico-audit-row-1"
_HEAD = "portico-audit-head-1"
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


class Outcome(StrEnum):
    """What became of the question."""

    ALLOWED = "allowed"
    DENIED = "denied"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What a head says: the chain reached `position` with `hash`; `top_entry` is the highest entry id in it.

    `previous` is the position of the head before it, 0 for the first.
    """

    position: int
    previous: int
    hash: bytes
    top_entry: int
    sealed_at: datetime


def instant(at: datetime) -> str:
    """An instant as text, in UTC to the microsecond, always of the same width."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def row_bytes(
    *, at: datetime, values: Sequence[object], reasons: Sequence[str], subjects: Sequence[tuple[str, str]]
) -> bytes:
    """The exact bytes of a row: instant, other columns in a fixed order, reasons, subjects in order."""
    listed = [_ROW, instant(at), *values, list(reasons), [list(subject) for subject in subjects]]
    return _encode(listed).encode()


def mark(key: bytes, row: bytes) -> str:
    """The keyed mark of a row, 64 hexadecimal digits."""
    return hmac.digest(key, row, "sha256").hex()


def link_hash(previous: bytes, *, position: int, entry_id: int, row: bytes) -> bytes:
    """The 32 bytes that tie a row to its place and to everything before it."""
    place = position.to_bytes(8, "big") + entry_id.to_bytes(8, "big", signed=True)
    return hashlib.sha256(previous + place + row).digest()


def signature(key: bytes, head: HeadFacts) -> str:
    """The keyed signature of a head, 64 hexadecimal digits."""
    said = [_HEAD, head.position, head.previous, head.hash.hex(), head.top_entry, instant(head.sealed_at)]
    return hmac.digest(key, _encode(said).encode(), "sha256").hex()


def is_same(first: str, second: str) -> bool:
    """Are two marks or signatures equal? Takes the same time whatever they hold."""
    return hmac.compare_digest(first.encode(), second.encode())
