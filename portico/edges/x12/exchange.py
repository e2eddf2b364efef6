"""One interchange answered at once: judged, asked, and written as one interchange that goes back.

    reply = exchange.answer(payload, actor=actor, now=now)      # asks; each request leaves its audit row
    content = reply.write(control_number)                       # writes; may be done again

What was taken is answered by its own transaction, what was refused by a 999, in one interchange: the 999s
first. A TA1 alone goes back where the interchange itself is refused. Delimiters are always the standard ones:
a sender's own may be characters that amounts and days are made of.
"""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from django.conf import settings

from portico.domains.exchange.log import SetNote
from portico.domains.permits.actors import Actor
from portico.domains.plan import days
from portico.edges.x12 import acknowledgements, judging, replies
from portico.edges.x12.acknowledgements import Due, Mode
from portico.edges.x12.pairs import GUIDES, PAIRS, Pair, Work
from portico.edges.x12.reviews import Expected, GroupReview, InterchangeReview, Review, SetReview
from portico.shared.x12.build import InterchangeWriter
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.headers import GroupHeader, TransactionHeader

_REFUSED = frozenset("RP")  # AK901: a group refused in whole or in part


class Unreadable(ValueError):
    """The payload is no single interchange, so none can go back; the words name no value of it."""


class Kind(StrEnum):
    """What goes back: the answers, acknowledgements of what was refused, or the TA1 alone."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "999"
    INTERCHANGE_ACKNOWLEDGEMENT = "TA1"


class _Taken(NamedTuple):
    """A set that was taken: where it stood, and its work."""

    group: GroupHeader
    header: TransactionHeader
    pair: Pair
    work: Work


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back for one interchange; `interchange` is its ISA13.

    `request_count` counts the requests read, `sets` tells both sides' control numbers.
    """

    kind: Kind
    interchange: str
    request_count: int
    sets: tuple[SetNote, ...]
    at: datetime
    _told: InterchangeReview
    _due: Due
    _taken: tuple[_Taken, ...]

    def write(self, control_number: int) -> bytes:
        """The interchange that goes back, under our control number (ISA13)."""
        file = io.BytesIO()
        header = replies.interchange_header(self._told.header, at=self.at, control_number=control_number)
        with InterchangeWriter(file, header, replace_delimiters=True) as interchange:
            acknowledgements.put(interchange, self._told, self._due, at=self.at)
            for number, sets in enumerate(_by_group(self._taken), len(self._due.groups) + 1):
                self._write_group(interchange, number, sets)
        return file.getvalue()

    def _write_group(self, interchange: InterchangeWriter, number: int, sets: list[_Taken]) -> None:
        pair = sets[0].pair
        header = replies.group_header(
            sets[0].group,
            self._told.header,
            functional_id=pair.functional_id,
            version=pair.version,
            at=self.at,
            number=number,
        )
        with interchange.group(header) as group:
            for taken in sets:
                taken.work.write(group, at=self.at)


def answer(
    payload: bytes,
    *,
    actor: Actor,
    now: datetime,
    expected: Expected | None = None,
    guides: Collection[Guide] = GUIDES,
) -> Reply:
    """Asks what one interchange asks, of those guides; `now` is an aware instant. Raises Unreadable.

    More requests than `REAL_TIME_REQUESTS` are all refused, and none is asked.
    """
    review = judging.judge(payload, guides=guides, expected=expected)
    if review.unanswerable:
        raise Unreadable(review.unanswerable.message)
    if len(review.interchanges) != 1:
        raise Unreadable("A real-time payload is one interchange (ISA to IEA).")
    (told,) = review.interchanges
    most = settings.REAL_TIME_REQUESTS
    taken = tuple(_read(payload, review, most + 1))
    count = sum(each.work.request_count for each in taken)
    for each in taken:
        if count > most:
            each.work.refuse_as_too_many()
        else:
            each.work.ask(actor)
    return _reply(told, taken, count, days.local(now))


def _read(payload: bytes, review: Review, most: int) -> Iterator[_Taken]:
    for one in judging.accepted_sets(payload, review):
        pair = PAIRS[one.group.functional_id, one.group.version]
        yield _Taken(one.group, one.header, pair, pair.read(one, most))


def _reply(told: InterchangeReview, taken: tuple[_Taken, ...], count: int, at: datetime) -> Reply:
    due = _due(told, is_answered=bool(taken))
    acknowledged = Kind.ACKNOWLEDGEMENT if due.groups else Kind.INTERCHANGE_ACKNOWLEDGEMENT
    return Reply(
        kind=Kind.ANSWER if taken else acknowledged,
        interchange=told.header.control_number,
        request_count=count,
        sets=tuple(_notes(told, due, taken)),
        at=at,
        _told=told,
        _due=due,
        _taken=taken,
    )


def _due(told: InterchangeReview, *, is_answered: bool) -> Due:
    """What is acknowledged beside the answers: in real time, what was refused (CORE 150, 155)."""
    due = acknowledgements.due(told, Mode.REAL_TIME)
    refused = tuple(group for group in due.groups if group.status in _REFUSED)
    return Due(due.ta1 or not (is_answered or refused), refused)


def _by_group(taken: tuple[_Taken, ...]) -> Iterator[list[_Taken]]:
    return (list(sets) for _, sets in groupby(taken, key=lambda each: each.group))


def _notes(told: InterchangeReview, due: Due, taken: tuple[_Taken, ...]) -> Iterator[SetNote]:
    """Each set received, with both sides' control numbers."""
    answered = {
        (sets[0].group.control_number, each.header.control_number): (group, place, each)
        for group, sets in enumerate(_by_group(taken), len(due.groups) + 1)
        for place, each in enumerate(sets, 1)
    }
    acknowledged = {review.header.control_number: place for place, review in enumerate(due.groups, 1)}
    for review in told.groups:
        for one in review.sets:
            number = review.header.control_number, one.header.control_number
            if found := answered.get(number):
                ours, count = (str(found[0]), f"{found[1]:04d}"), found[2].work.request_count
            else:
                ours, count = (str(acknowledged.get(number[0], "")), "0001"), 0
            yield _note(review, one, ours, count, accepted=number in answered)


def _note(
    review: GroupReview, one: SetReview, ours: tuple[str, str], count: int, *, accepted: bool
) -> SetNote:
    return SetNote(
        code=one.header.code[:3],
        group=review.header.control_number[:9],
        number=one.header.control_number[:9],
        our_group=ours[0],
        our_number=ours[1] if ours[0] else "",
        accepted=accepted,
        request_count=count,
    )
