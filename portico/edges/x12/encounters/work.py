"""What is done with a file of encounters, whoever handed it in: judged, read in chunks, answered.

    judge     the whole file, whenever the work begins or goes on; nothing of it is kept
    read      a few hundred records, each accepted or rejected       cursor: place, and position there
    answer    TA1, 999 and 277CA

It may be killed at any moment: a chunk's records and the cursor are in one transaction. Reading goes on at
the last place that can be gone back to, past the records that are stored already.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from portico.domains.encounters import reading
from portico.domains.encounters.reading import Begun
from portico.domains.encounters.reading import Judged as JudgedRecord
from portico.domains.encounters.submissions import Answers
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.edges.x12.encounters import answers, judgement, records
from portico.edges.x12.encounters.answers import Numbers
from portico.edges.x12.encounters.judgement import Judged
from portico.edges.x12.encounters.records import Numbered
from portico.transactions.claims.records import Place

PLACE, POSITION = "place", "position"
TOLD_AT_ONCE = 1_000
_END = 2


@dataclass(slots=True)
class FileWork:
    """One file under way; `leased` carries the cursor as it was kept last.

    `actor` answers who handed it in, with what they hold now. Raises SubmissionNotFound, NotReadable,
    NotPermitted, and what `queue.checkpoint` does.
    """

    leased: Leased
    submission: UUID
    actor: Callable[[], Actor]

    def judged(self) -> tuple[Begun, Judged]:
        """The file, open, and what of it is taken."""
        begun = reading.begin(actor=self.actor(), submission=self.submission)
        queue.renew(self.leased)
        found = judgement.judge(begun.file)
        queue.renew(self.leased)
        return begun, found

    def read(self, begun: Begun, found: Judged) -> int:
        """Reads every record that was not read before; answers how many there are in all."""
        if found.told is None:
            return 0
        cursor = self.leased.cursor
        begin = Place.from_json(cursor[PLACE]) if PLACE in cursor else None
        position = cursor.get(POSITION, 0)
        numbered = records.read(begun.file, found.told, found.sets, begin=begin, position=position)
        new = (each for each in numbered if each.record.position > begun.stored_to)
        last, size = begun.stored_to, begun.file.seek(0, _END)
        while chunk := list(islice(new, reading.CHUNK)):
            self._store(chunk, size)
            last = chunk[-1].record.position
        return last

    def refuse(self, found: Judged, told: Answers, *, code: str) -> None:
        """Refuses the file as a whole; what was read of it is taken back."""
        reading.withdraw(
            actor=self.actor(), submission=self.submission, code=code, answers=told, edits=found.edits
        )

    def finish(self, found: Judged, told: Answers, settle: Callable[[Permit], None]) -> None:
        """The file is read to its end; `settle` ends the job in the same transaction."""
        actor = self.actor()
        reading.finish(
            actor=actor, submission=self.submission, answers=told, settle=settle, edits=found.edits
        )

    def of_envelopes(self, found: Judged, numbers: Numbers) -> Answers:
        """What is answered to the interchange and its sets."""
        if found.told is None:
            return Answers()
        at = self.local()
        return Answers(
            of_interchange=answers.interchange_answer(found.told, at=at, number=numbers.of_interchange),
            of_sets=answers.sets_answer(found.told, at=at, number=numbers.of_sets),
        )

    def of_records(self, found: Judged, numbers: Numbers, *, received_on: date) -> bytes:
        """What is answered to the records, once all were read."""
        if found.told is None:
            return b""
        return answers.records_answer(
            found.told,
            found.sets,
            self._told,
            received_on=received_on,
            at=self.local(),
            number=numbers.of_records,
            reference=str(self.submission.int % 10**9),
        )

    def local(self) -> datetime:
        """The moment of writing, in the plan's time zone."""
        return self.leased.now().astimezone(self.leased.worker.zone)

    def _store(self, chunk: Sequence[Numbered], size: int) -> None:
        cursor = self._cursor(chunk)
        done = cursor[PLACE]["subscriber"]["offset"] if PLACE in cursor else 0

        def settle(given: Permit, found: Sequence[JudgedRecord]) -> None:
            del given, found
            queue.checkpoint(self.leased, cursor=cursor, done=done, total=size)

        reading.read(
            actor=self.actor(),
            submission=self.submission,
            records=[each.record for each in chunk],
            settle=settle,
        )
        self.leased = replace(self.leased, cursor=cursor)

    def _cursor(self, chunk: Sequence[Numbered]) -> dict[str, Any]:
        """Where to go on: after the last record whose place can be gone back to."""
        for each in reversed(chunk):
            if each.place is not None:
                place = {PLACE: each.place.as_json(), POSITION: each.record.position}
                return {**self.leased.cursor, **place}
        return dict(self.leased.cursor)

    def _told(self) -> Iterator[JudgedRecord]:
        after = 0
        while found := reading.judged(
            actor=self.actor(), submission=self.submission, after=after, size=TOLD_AT_ONCE
        ):
            queue.renew(self.leased)
            yield from found
            after = found[-1].position
