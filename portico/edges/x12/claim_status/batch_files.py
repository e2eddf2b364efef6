"""A file of 276s read request by request, and its answers kept as pieces and written as 277s.

    requests   every request of the sets that were taken, in their order
    packed     what came of some requests, as a piece of the results
    write      one interchange, with the groups and sets of the file

A piece is JSON: for each request its loops, and what has to be open to whoever reads them.
"""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby
from typing import Any

from portico.domains.claims.answers import StatusAnswer
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Identity
from portico.edges.x12 import judging, replies
from portico.edges.x12.claim_status import writer
from portico.edges.x12.claim_status.content import ClaimLoop, Outcome
from portico.edges.x12.claim_status.reader import Sent
from portico.edges.x12.claim_status.requests import Request
from portico.edges.x12.claim_status.writer import Settled
from portico.edges.x12.eligibility.benefit_lines import segment
from portico.edges.x12.guides.guide_277 import GUIDE_277
from portico.edges.x12.judging import AcceptedSet
from portico.edges.x12.reviews import Review
from portico.shared.x12.build import GroupWriter, InterchangeWriter

_FUNCTION = Function.CLAIMS_INQUIRY


@dataclass(slots=True)
class Piece:
    """What came of some requests: the loops of each, and the tax IDs and lines they show."""

    answers: list[tuple[ClaimLoop, ...]] = field(default_factory=list)
    shown: set[tuple[str, str]] = field(default_factory=set)

    def add(self, outcome: Outcome, loops: tuple[ClaimLoop, ...]) -> None:
        """Takes what came of one request."""
        self.answers.append(loops)
        if isinstance(outcome, StatusAnswer):
            self.shown |= {(told.claim.tax_id, told.claim.line) for told in outcome.claims}


def requests(content: bytes, review: Review) -> Iterator[Request]:
    """Every request of the sets taken of a file that was judged, in their order."""
    for taken in judging.accepted_sets(content, review):
        yield from _sent(taken).requests()


def packed(piece: Piece) -> bytes:
    """A piece as it is kept."""
    kept = {"answers": piece.answers, "shown": sorted(piece.shown)}
    return json.dumps(kept, separators=(",", ":")).encode()


def questions(pieces: Iterable[bytes]) -> set[Question]:
    """What has to be open to whoever reads the answers in these pieces."""
    return {
        Question(_FUNCTION, tax_id, line) for each in pieces for tax_id, line in json.loads(each)["shown"]
    }


def write(content: bytes, review: Review, pieces: Iterable[bytes], *, at: datetime, number: int) -> bytes:
    """The 277s of a file whose answers stand in `pieces`; `number` becomes ISA13, `at` is the plan's time."""
    file, plan = io.BytesIO(), catalogue.identity()
    answers = (loops for each in pieces for loops in _unpacked(each))
    sent = judging.accepted_sets(content, review)
    first = next(sent)
    header = replies.interchange_header(first.interchange, at=at, control_number=number)
    with InterchangeWriter(file, header, replace_delimiters=True) as interchange:
        for place, (_, sets) in enumerate(groupby(chain([first], sent), key=_of_group), 1):
            _write_group(interchange, place, sets, answers, plan, at)
    return file.getvalue()


def _write_group(
    interchange: InterchangeWriter,
    place: int,
    sets: Iterator[AcceptedSet],
    answers: Iterator[tuple[ClaimLoop, ...]],
    plan: Identity,
    at: datetime,
) -> None:
    first = next(sets)
    header = replies.group_header(
        first.group,
        first.interchange,
        functional_id=GUIDE_277.functional_id,
        version=GUIDE_277.version,
        at=at,
        number=place,
    )
    with interchange.group(header) as group:
        for taken in chain([first], sets):
            _write_set(group, taken, answers, plan, at)


def _write_set(
    group: GroupWriter,
    taken: AcceptedSet,
    answers: Iterator[tuple[ClaimLoop, ...]],
    plan: Identity,
    at: datetime,
) -> None:
    sent = _sent(taken)
    asked = sent.requests()
    first = next(asked)  # the set's header is known from here on
    settled = (Settled(*each) for each in zip(chain([first], asked), answers, strict=False))
    with group.transaction("277", guide=GUIDE_277.version) as transaction:
        writer.write(transaction, sent.header, settled, plan=plan, now=at)


def _unpacked(piece: bytes) -> Iterator[tuple[ClaimLoop, ...]]:
    for loops in json.loads(piece)["answers"]:
        yield tuple(tuple(segment(*map(_value, each)) for each in loop) for loop in loops)


def _value(kept: Any) -> Any:
    """An element: text, or a composite of several."""
    return tuple(kept) if isinstance(kept, list) else kept


def _sent(taken: AcceptedSet) -> Sent:
    return Sent(taken.segments, number=taken.header.control_number)


def _of_group(taken: AcceptedSet) -> tuple[str, str]:
    return taken.interchange.control_number, taken.group.control_number
