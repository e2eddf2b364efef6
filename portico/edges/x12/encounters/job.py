"""The job of a file of encounters that a person sent: judged, read, answered (see `work`).

It acts as who sent the file, with what they hold at each moment.
"""

from uuid import UUID

from portico.domains.encounters import reading, submissions
from portico.domains.encounters.reading import NotReadable
from portico.domains.encounters.submissions import SubmissionNotFound
from portico.domains.jobs import queue
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.edges.x12.encounters import answers
from portico.edges.x12.encounters.work import FileWork

READER = "encounter-reader"
NO_RECORD = "no_record"
NO_LONGER_OPEN = "no_longer_open"


class SenderGone(Exception):
    """Whoever sent the file may no longer act: what was read of it is taken back."""


class X12Encounters:
    """The handler of jobs of kind `x12_encounters`."""

    def run(self, leased: Leased) -> None:
        """Goes on with the file that the payload names; one that is gone or done is nothing to do."""
        submission = UUID(leased.payload["submission"])
        try:
            _go_on(FileWork(leased, submission, lambda: _actor(leased, submission)), submission)
        except (SubmissionNotFound, NotReadable):
            queue.finish(leased)
        except (NotPermitted, SenderGone):
            reading.abandon(actor=leased.actor(READER), submission=submission, code=NO_LONGER_OPEN)
            raise CannotDo(NO_LONGER_OPEN) from None


def _go_on(work: FileWork, submission: UUID) -> None:
    begun, found = work.judged()
    numbers = answers.numbers(submission)
    told = work.of_envelopes(found, numbers)
    code = found.refusal or ("" if work.read(begun, found) else NO_RECORD)
    if code:
        work.refuse(found, told, code=code)
        queue.finish(work.leased)
        return
    received_on = work.local().date()
    records = work.of_records(found, numbers, received_on=received_on)
    whole = submissions.Answers(told.of_interchange, told.of_sets, records)
    work.finish(found, whole, lambda given: queue.finish(work.leased))


def _actor(leased: Leased, submission: UUID) -> Actor:
    """Who sent the file, now. Raises SenderGone when they may no longer act."""
    now = leased.now()
    today = now.astimezone(leased.worker.zone).date()
    actor = submissions.owner(submission, at=now, today=today)
    if actor is None:
        raise SenderGone
    return actor
