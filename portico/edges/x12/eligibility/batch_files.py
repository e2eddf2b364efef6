"""A file of 270s as the rows of a batch, and a batch's rows as 271s.

    read    each request is a row; what its 271 has to echo goes with the row (`kept_rows`)
    write   one interchange, with the groups and sets of the file the rows came from

A set that its guide has a fault in is one row that cannot be read; the sets beside it are taken. Rows of
another source, such as a CSV file, are written as if a 270 had asked them.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby, islice

from portico.domains.members import batches
from portico.domains.members.batches import BatchView, CannotRead, NewFile, NewRow, RowView, TooManyRows
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue, days
from portico.edges.x12 import judging, replies
from portico.edges.x12.eligibility import codes, kept_rows, writer
from portico.edges.x12.eligibility.kept_rows import Frame, Place
from portico.edges.x12.eligibility.questions import Questions
from portico.edges.x12.eligibility.reader import Sent
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.judging import AcceptedSet
from portico.edges.x12.reviews import Review
from portico.shared.x12.build import GroupWriter, InterchangeWriter, Writable

SOURCE, SET_REFUSED = "x12", "set_refused"
_ANSWERS = "HB"


def read(content: bytes, *, actor: Actor, tax_id: str, as_of: date) -> NewFile:
    """The rows of a file of 270s. Requests that name no tax ID or day are asked for `tax_id` and `as_of`.

    Raises CannotRead where no set can be taken, TooManyRows.
    """
    review = judging.judge(content, guides=(GUIDE_270,))
    questions, frame = Questions(actor, tax_id=tax_id, as_of=as_of), Frame()
    rows: list[NewRow] = []
    most = batches.most_rows(actor)
    for taken in judging.accepted_sets(content, review):
        for row in _rows(taken, questions, frame, len(rows)):
            rows.append(row)
            if len(rows) > most:
                raise TooManyRows(most)
    if not rows:
        raise CannotRead("no_set_taken", _why_none(review))
    rows += islice(_refused_sets(review, len(rows)), most + 1)
    if len(rows) > most:
        raise TooManyRows(most)
    return NewFile(SOURCE, tuple(rows), frame.text())


def write(view: BatchView, rows: Iterable[RowView], *, frame: str) -> bytes:
    """The 271s of a batch as one interchange, numbered by the batch."""
    file = io.BytesIO()
    write_into(file, view, rows, frame=frame, control_number=view.id.int % 10**9)
    return file.getvalue()


def write_into(
    file: Writable,
    view: BatchView,
    rows: Iterable[RowView],
    *,
    frame: str,
    control_number: int,
    at: datetime | None = None,
) -> None:
    """The 271s of a batch, as a stream; `control_number` becomes ISA13, `at` is when it was written."""
    moment = days.local(at or view.finished_at or view.created_at)
    known = Frame.of(frame) if frame else kept_rows.made_up_frame(view, catalogue.identity())
    header = replies.interchange_header(known.interchange, at=moment, control_number=control_number)
    asked = ((kept_rows.place(row), row) for row in rows if row.inquiry is not None)
    with InterchangeWriter(file, header, replace_delimiters=True) as interchange:
        for place, (group, members) in enumerate(groupby(asked, key=lambda each: each[0].group), 1):
            sent = replies.group_header(
                known.groups[group],
                known.interchange,
                functional_id=_ANSWERS,
                version=codes.GUIDE,
                at=moment,
                number=place,
            )
            with interchange.group(sent) as opened:
                _write_sets(opened, known, members, moment)


def _rows(taken: AcceptedSet, questions: Questions, frame: Frame, before: int) -> Iterator[NewRow]:
    sent = Sent(taken.segments, taken.delimiters, number=taken.header.control_number)
    number = taken.header.control_number
    place: Place | None = None
    for count, request in enumerate(sent.requests(), 1):
        place = place or frame.add(taken.interchange, taken.group, sent.header)
        question = questions.of(request)
        yield NewRow(
            position=before + count,
            locator=f"set {number}, HL {request.patient.level}",
            inquiry=question.inquiry,
            echo=kept_rows.echo(place, request, question.problems),
        )


def _refused_sets(review: Review, before: int) -> Iterator[NewRow]:
    refused = (
        one.header.control_number
        for interchange in review.interchanges
        for group in interchange.groups
        for one in group.sets
        if not (interchange.is_accepted and not group.codes and one.is_accepted)
    )
    for position, number in enumerate(refused, before + 1):
        yield NewRow(position, f"set {number[:9]}", problem=SET_REFUSED)


def _why_none(review: Review) -> str:
    if review.unanswerable:
        return f"This is no X12 file that can be read: {review.unanswerable}"
    faults = [
        f"set {one.header.control_number[:9]}, {fault.where}"
        for interchange in review.interchanges
        for group in interchange.groups
        for one in group.sets
        for fault in one.faults[:1]
    ]
    where = f" The first fault is in {faults[0]}." if faults else ""
    return f"The file holds no 270 (005010X279A1) without a fault.{where}"


def _write_sets(
    group: GroupWriter,
    frame: Frame,
    members: Iterable[tuple[Place, RowView]],
    moment: datetime,
) -> None:
    plan = catalogue.identity()
    for place, rows in groupby(members, key=lambda each: each[0]):
        settled = (kept_rows.settled(row) for _, row in rows)
        with group.transaction("271", guide=codes.GUIDE) as transaction:
            writer.write(transaction, frame.headers[place.set], settled, plan=plan, now=moment)
