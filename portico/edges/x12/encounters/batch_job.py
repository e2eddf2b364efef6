"""The job of a file of encounters that a trading partner handed in: taken in, acknowledged, read, answered.

    take in         as from the website: once, whatever it comes under   cursor: encounters
    acknowledge     TA1 or 999, always, before a record is read          cursor: acknowledged
    read            so many records at a time (see `work`)
    begin results   their row in the log gives them a control number     cursor: results
    keep results    the 277CA, sealed until it is fetched                the job is done

It may be killed at any moment. It acts as the partner, with what that holds at each step. A file that was
here before gets what was answered then; a duplicate its TA1.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from portico.domains.encounters import reading, submissions
from portico.domains.encounters.submissions import Answers, BadUpload, Source, Stage
from portico.domains.exchange import rules, working
from portico.domains.exchange.submissions import File, UnknownSubmission
from portico.domains.exchange.working import Acknowledged
from portico.domains.jobs import queue
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.edges.x12 import batch_working
from portico.edges.x12.batch_working import RESULTS
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.encounters import answers, arriving
from portico.edges.x12.encounters.job import NO_LONGER_OPEN, NO_RECORD, READER
from portico.edges.x12.encounters.work import FileWork

ENCOUNTERS, ACKNOWLEDGED = "encounters", "acknowledged"


class X12EncounterBatch:
    """The handler of jobs of kind `x12_encounter_batch`."""

    def run(self, leased: Leased) -> None:
        """Goes on with the submission that the payload names; one that was forgotten is nothing to do."""
        work = _Work(leased, UUID(leased.payload["submission"]))
        try:
            work.go_on()
        except UnknownSubmission:
            queue.finish(leased)
        except NotPermitted:
            work.abandon()
            raise CannotDo(NO_LONGER_OPEN) from None


@dataclass(slots=True)
class _Work:
    """One submission under way; `leased` carries the cursor as it was kept last."""

    leased: Leased
    submission: UUID

    def go_on(self) -> None:
        """Does each step that was not done."""
        if ENCOUNTERS not in self.leased.cursor:
            self._take_in()
        if self._stage() in (Stage.WAITING, Stage.READING):
            self._read()
        if ACKNOWLEDGED not in self.leased.cursor:
            self._acknowledge_as_before()
        if self._stage() is Stage.REFUSED:
            queue.finish(self.leased)
            return
        self._begin_results()
        self._keep_results()

    def abandon(self) -> None:
        """What was read of a file is taken back where its partner may no longer send any."""
        if ENCOUNTERS in self.leased.cursor:
            actor = self.leased.actor(READER)
            reading.abandon(actor=actor, submission=self._encounters, code=NO_LONGER_OPEN)

    @property
    def _encounters(self) -> UUID:
        return UUID(self.leased.cursor[ENCOUNTERS])

    def _take_in(self) -> None:
        actor = self._partner()
        received = working.received(actor=actor, submission=self.submission)
        file = arriving.look(
            received.file.content,
            tax_id=actor.context.get("tax_id", ""),
            at=actor.asked_at,
            name=received.payload_id,
            source=Source.CORE,
        )
        try:
            receipt = submissions.take_in(actor=actor, file=file)
        except BadUpload as bad:
            raise CannotDo(bad.code) from None
        self._note({ENCOUNTERS: str(receipt.id)})

    def _read(self) -> None:
        """Reads the file to its end, or refuses it; acknowledged as soon as it was judged."""
        work = FileWork(self.leased, self._encounters, self._partner)
        begun, found = work.judged()
        if found.told is None:
            raise CannotDo("no_interchange")
        if ACKNOWLEDGED not in self.leased.cursor:
            cursor = {**self.leased.cursor, ACKNOWLEDGED: True}
            actor = self._partner()
            self.leased = batch_working.acknowledge(
                self.leased, actor, self.submission, (found.told,), cursor
            )
            work.leased = self.leased
        told = work.of_envelopes(found, answers.numbers(self._encounters))
        code = found.refusal or ("" if work.read(begun, found) else NO_RECORD)
        self.leased = work.leased
        if code:
            work.refuse(found, told, code=code)
            return
        self._begin_results()
        work.leased = self.leased
        ours = int(rules.control_number(self.leased.cursor[RESULTS]))
        numbers = replace(answers.numbers(self._encounters), of_records=ours)
        records = work.of_records(found, numbers, received_on=work.local().date())
        whole = Answers(told.of_interchange, told.of_sets, records)
        work.finish(found, whole, lambda given: queue.renew(self.leased))

    def _acknowledge_as_before(self) -> None:
        """The answer that is kept: the file was here before, or its control number was."""
        actor = self._partner()
        view = submissions.read(actor=actor, submission=self._encounters)
        kept = submissions.answers(actor=actor, submission=self._encounters)
        kind, payload_type, content = (
            ("999", PayloadType.RESPONSE_999, kept.of_sets)
            if kept.of_sets
            else ("TA1", PayloadType.RESPONSE_TA1, kept.of_interchange)
        )
        accepted = view.stage is not Stage.REFUSED
        cursor = {**self.leased.cursor, ACKNOWLEDGED: True}
        working.keep_acknowledgement(
            leased=self.leased,
            actor=actor,
            submission=self.submission,
            interchanges=[Acknowledged(interchange=view.interchange, kind=kind, accepted=accepted)],
            payload_type=payload_type,
            write=lambda numbers: content,
            cursor=cursor,
        )
        self.leased = replace(self.leased, cursor=cursor)

    def _begin_results(self) -> None:
        if RESULTS not in self.leased.cursor:
            kind, actor = PayloadType.RESPONSE_277CA, self._partner()
            self.leased = batch_working.begin_results(self.leased, actor, self.submission, kind)

    def _keep_results(self) -> None:
        actor = self._partner()
        view = submissions.read(actor=actor, submission=self._encounters)
        kept = submissions.answers(actor=actor, submission=self._encounters)
        working.keep_results(
            leased=self.leased,
            actor=actor,
            submission=self.submission,
            number=self.leased.cursor[RESULTS],
            file=File(PayloadType.RESPONSE_277CA, kept.of_records),
            shown={Question(Function.ENCOUNTERS, view.tax_id)},
            request_count=view.received,
        )

    def _stage(self) -> Stage:
        return submissions.progress(actor=self._partner(), submission=self._encounters).stage

    def _note(self, more: dict[str, str]) -> None:
        cursor = {**self.leased.cursor, **more}
        queue.checkpoint(self.leased, cursor=cursor, done=self.leased.done)
        self.leased = replace(self.leased, cursor=cursor)

    def _partner(self) -> Actor:
        return batch_working.partner(self.leased, self.submission)
