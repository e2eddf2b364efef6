"""What is kept sealed of submissions and their records, and opened again."""

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from portico.domains.claims import keeping
from portico.domains.claims.edits.places import Segment
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import models


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered to a file: to its interchange (TA1), its sets (999), its records (277CA)."""

    of_interchange: bytes = b""
    of_sets: bytes = b""
    of_records: bytes = b""


def answers(submission: UUID, told: Answers) -> bytes:
    """The answers as they are kept."""
    parts = (told.of_interchange, told.of_sets, told.of_records)
    return _seal(json.dumps([_packed(part) for part in parts]), f"encounters.submission.answers:{submission}")


def answers_of(row: models.Submission, *, with_records: bool = True) -> Answers:
    """The answers kept; empty where nothing was answered yet. Raises vault.CannotOpen."""
    if row.answers_sealed is None:
        return Answers()
    text = _open(row.answers_sealed, f"encounters.submission.answers:{row.public_id}")
    of_interchange, of_sets, of_records = json.loads(text)
    records = _unpacked(of_records) if with_records else b""
    return Answers(_unpacked(of_interchange), _unpacked(of_sets), records)


def content(submission: UUID, position: int, claim: SentClaim | None) -> bytes | None:
    """A record as it was understood, as it is kept."""
    return None if claim is None else _seal(keeping.text_of(claim), _place("content", submission, position))


def content_of(row: models.Encounter, submission: UUID) -> SentClaim | None:
    """The record as it was understood; None where it could not be read. Raises vault.CannotOpen."""
    if row.content_sealed is None:
        return None
    return keeping.claim_of(_open(row.content_sealed, _place("content", submission, row.position)))


def raw(submission: UUID, position: int, segments: Sequence[Segment]) -> bytes | None:
    """The segments of a record, as they are kept."""
    if not segments:
        return None
    plain = [[each.place, each.loop, *each.elements] for each in segments]
    return _seal(json.dumps(plain, separators=(",", ":")), _place("raw", submission, position))


def raw_of(row: models.Encounter, submission: UUID) -> tuple[Segment, ...]:
    """The segments of the record as they were sent. Raises vault.CannotOpen."""
    if row.raw_sealed is None:
        return ()
    plain = json.loads(_open(row.raw_sealed, _place("raw", submission, row.position)))
    return tuple(Segment(place, tuple(elements), loop) for place, loop, *elements in plain)


def segment(submission: UUID, code: str, told: Segment | None) -> bytes | None:
    """The segment that an edit of the file as a whole is about, as it is kept."""
    if told is None:
        return None
    plain = json.dumps([told.place, told.loop, *told.elements])
    return _seal(plain, _segment_place(submission, told.place, code))


def segment_of(edit: models.Edit, submission: UUID) -> Segment | None:
    """That segment. Raises vault.CannotOpen."""
    if edit.segment_sealed is None:
        return None
    place, loop, *elements = json.loads(
        _open(edit.segment_sealed, _segment_place(submission, edit.place, edit.code))
    )
    return Segment(place, tuple(elements), loop)


def _place(what: str, submission: UUID, position: int) -> str:
    return f"encounters.encounter.{what}:{submission}:{position}"


def _segment_place(submission: UUID, place: int, code: str) -> str:
    return f"encounters.edit.segment:{submission}:{place}:{code}"


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 1)).decode() if content else ""


def _unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text)) if text else b""


def _seal(text: str, place: str) -> bytes:
    sealed: bytes = settings.PORTICO_VAULT.seal(text, place=place)
    return sealed


def _open(sealed: bytes | memoryview, place: str) -> str:
    text: str = settings.PORTICO_VAULT.open(bytes(sealed), place=place)
    return text
