"""The rows of a batch: questions sealed as they came in, and what became of each as edges read it.

A row that asks what an earlier row of the batch asks is not asked again: it shares that row's answer
(decision 0019). Questions and answers are sealed each for its own place, since they name people.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from django.conf import settings

from portico.domains.members import keeping, models
from portico.domains.members.asked import ByFacts, ByMemberId, Facts, Inquiry
from portico.domains.members.keeping import Kept
from portico.shared import identifiers, names

_BETWEEN_DIGITS = re.compile(r"[\s\-.]")


class Outcome(StrEnum):
    """What became of a row."""

    WAITING = "waiting"
    UNREADABLE = "unreadable"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row of a file: what it asks, or the code of what is wrong with it.

    `position` rises from row to row; `locator` says where it stands ("row 12"). An inquiry without tax ID
    asks for that of the batch. `echo` is the edge's own, plain JSON, handed back with the row.
    """

    position: int
    locator: str
    inquiry: Inquiry | None = None
    problem: str = ""
    echo: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.inquiry is None) != bool(self.problem):
            raise ValueError("a row asks something, or says what is wrong with it")


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as its owner sees it now.

    `answer` is None while it waits, and where the one kept is no longer open to the owner (`is_withheld`).
    `reason` is the first reason there is no answer, as a code; `same_as` the position of the earlier row
    whose answer it shares. `reference` is the audit row's.
    """

    position: int
    locator: str
    outcome: Outcome
    problem: str
    reason: str
    reference: str
    asked_at: datetime | None
    inquiry: Inquiry | None
    echo: Mapping[str, Any]
    same_as: int | None = None
    answer: Kept | None = None
    is_withheld: bool = False


class Cover(NamedTuple):
    """What a batch keeps of its file as a whole: its edge's frame, and how many rows repeat another."""

    frame: str
    shared: int


class Asked(NamedTuple):
    """What a row holds sealed about its question."""

    inquiry: Inquiry | None
    echo: Mapping[str, Any]
    same_as: int | None


def made(batch: models.Batch, rows: Sequence[NewRow]) -> tuple[list[models.BatchRow], int]:
    """The rows of a new batch, not yet saved, and how many of them share an earlier one's question."""
    firsts: dict[bytes, int] = {}
    questions = [_asked(batch, row, firsts) for row in rows]
    if any(after.position <= row.position for row, after in pairwise(rows)):
        raise ValueError("positions rise from row to row")
    shared = sum(asked.same_as is not None for asked in questions)
    return [_made(batch, row, asked) for row, asked in zip(rows, questions, strict=True)], shared


def sealed_cover(batch: models.Batch, cover: Cover) -> bytes:
    """What the batch keeps sealed about its file as a whole."""
    text = json.dumps(cover, separators=(",", ":"))
    sealed: bytes = settings.PORTICO_VAULT.seal(text, place=_cover_place(batch))
    return sealed


def cover(batch: models.Batch) -> Cover:
    """What was kept of the file as a whole. Raises vault.CannotOpen."""
    if batch.frame_sealed is None:
        return Cover("", 0)
    text = settings.PORTICO_VAULT.open(bytes(batch.frame_sealed), place=_cover_place(batch))
    return Cover(*json.loads(text))


def asked(row: models.BatchRow) -> Asked:
    """What the row asks. Raises vault.CannotOpen."""
    held = json.loads(settings.PORTICO_VAULT.open(bytes(row.asked_sealed), place=_place("asked", row)))
    inquiry = keeping.inquiry_of(held["inquiry"]) if "inquiry" in held else None
    return Asked(inquiry, held.get("echo", {}), held.get("same_as"))


def answer(row: models.BatchRow, *, with_benefits: bool) -> Kept | None:
    """What was answered; None where nothing is kept. Raises vault.CannotOpen."""
    if row.answer_sealed is None:
        return None
    text = settings.PORTICO_VAULT.open(bytes(row.answer_sealed), place=_place("answer", row))
    return keeping.answer_of(text, with_benefits=with_benefits)


def sealed_answer(row: models.BatchRow, answer: Kept) -> bytes:
    """The answer as this row keeps it."""
    sealed: bytes = settings.PORTICO_VAULT.seal(keeping.text_of(answer), place=_place("answer", row))
    return sealed


def copied_answer(source: models.BatchRow, row: models.BatchRow) -> bytes | None:
    """The answer of another row as this row keeps it."""
    if source.answer_sealed is None:
        return None
    vault = settings.PORTICO_VAULT
    text = vault.open(bytes(source.answer_sealed), place=_place("answer", source))
    sealed: bytes = vault.seal(text, place=_place("answer", row))
    return sealed


def _asked(batch: models.Batch, row: NewRow, firsts: dict[bytes, int]) -> Asked:
    if row.inquiry is None:
        return Asked(None, row.echo, None)
    inquiry = row.inquiry if row.inquiry.tax_id else replace(row.inquiry, tax_id=batch.tax_id)
    first = firsts.setdefault(_question(inquiry), row.position)
    return Asked(inquiry, row.echo, None if first == row.position else first)


def _made(batch: models.Batch, row: NewRow, asked: Asked) -> models.BatchRow:
    held: dict[str, Any] = {"echo": dict(asked.echo)} if asked.echo else {}
    if asked.inquiry is not None:
        held["inquiry"] = keeping.image_of(asked.inquiry)
    if asked.same_as is not None:
        held["same_as"] = asked.same_as
    made = models.BatchRow(
        batch=batch,
        position=row.position,
        locator=row.locator[:64],
        problem=row.problem[:64],
        outcome=Outcome.UNREADABLE if row.problem else Outcome.WAITING,
    )
    text = json.dumps(held, separators=(",", ":"))
    made.asked_sealed = settings.PORTICO_VAULT.seal(text, place=_place("asked", made))
    return made


def _question(inquiry: Inquiry) -> bytes:
    """Equal for rows that ask the same, however they write it; a digest, since there may be many."""
    by = inquiry.by
    if isinstance(by, ByMemberId):
        by = replace(by, member_id=identifiers.compact_member_id(by.member_id))
    if isinstance(by, ByFacts):
        by = replace(by, person=_comparable(by.person), dependent=by.dependent and _comparable(by.dependent))
    image = json.dumps(keeping.image_of(replace(inquiry, by=by)), sort_keys=True)
    return hashlib.blake2b(image.encode(), digest_size=16).digest()


def _comparable(facts: Facts) -> Facts:
    return replace(
        facts,
        member_id=identifiers.compact_member_id(facts.member_id),
        ssn=_BETWEEN_DIGITS.sub("", facts.ssn),
        last_name=names.key(facts.last_name) or facts.last_name,
        first_name=names.key(facts.first_name) or facts.first_name,
    )


def _cover_place(batch: models.Batch) -> str:
    return f"members.batch.frame:{batch.pk}"


def _place(what: str, row: models.BatchRow) -> str:
    return f"members.batchrow.{what}:{row.batch_id}:{row.position}"
