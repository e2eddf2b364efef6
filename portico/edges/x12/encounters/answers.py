"""What is answered to a file of encounters: TA1, 999 and 277CA, each an interchange of its own."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portico.domains.claims.facts.submitted import Form, Party, Patient, SentClaim
from portico.domains.encounters.reading import Judged as JudgedRecord
from portico.domains.plan import catalogue
from portico.edges.x12 import acknowledgements, replies
from portico.edges.x12.acknowledgements import Due, Mode
from portico.edges.x12.encounters import statuses, writer
from portico.edges.x12.encounters.accounts import Account, ToldClaim, provider_sums
from portico.edges.x12.encounters.judgement import TakenSet
from portico.edges.x12.reviews import InterchangeReview
from portico.shared.x12.build import GroupWriter, InterchangeWriter

Records = Callable[[], Iterable[JudgedRecord]]
_KINDS = 3
_NUMBERS = 999_999_999 // _KINDS


@dataclass(frozen=True, slots=True)
class Numbers:
    """Our control numbers (ISA13) of the three answers."""

    of_interchange: int
    of_sets: int
    of_records: int


def numbers(submission: UUID) -> Numbers:
    """Those of a submission that came by no log of exchanges."""
    first = submission.int % _NUMBERS * _KINDS + 1
    return Numbers(first, first + 1, first + 2)


def interchange_answer(told: InterchangeReview, *, at: datetime, number: int) -> bytes:
    """The TA1, where one is due; `at` is the moment of writing in the plan's time zone."""
    due = acknowledgements.due(told, Mode.BATCH)
    return _written(told, Due(True, ()), at, number) if due.ta1 else b""


def sets_answer(told: InterchangeReview, *, at: datetime, number: int) -> bytes:
    """The 999, where one is due: of every group of an interchange that is taken."""
    due = acknowledgements.due(told, Mode.BATCH)
    return _written(told, Due(False, due.groups), at, number) if due.groups else b""


def records_answer(
    told: InterchangeReview,
    sets: Sequence[TakenSet],
    records: Records,
    *,
    received_on: date,
    at: datetime,
    number: int,
    reference: str,
) -> bytes:
    """The 277CAs, one for each set that brought records; `records` are those of the file, read twice.

    `reference` is our name for the file.
    """
    sums = {place: provider_sums(map(told_claim, some)) for place, some in _by_set(sets, records())}
    file = io.BytesIO()
    header = replies.interchange_header(told.header, at=at, control_number=number)
    group_header = replies.group_header(
        sets[0].group.header,
        told.header,
        functional_id=writer.FUNCTIONAL_ID,
        version=writer.VERSION,
        at=at,
        number=1,
    )
    with (
        InterchangeWriter(file, header, replace_delimiters=True) as interchange,
        interchange.group(group_header) as group,
    ):
        for place, claims in _by_set(sets, records()):
            account = Account(
                sets[place].sender, received_on, at.date(), *sums[place], claims=map(told_claim, claims)
            )
            _write(group, account, f"{reference}-{place + 1}", at)
    return file.getvalue()


def told_claim(record: JudgedRecord) -> ToldClaim:
    """What a 277CA says of a record; of one that could not be read, what there is."""
    claim = record.claim
    edits = [(misfit.code, misfit.value_at) for misfit in record.misfits]
    is_institutional = claim is not None and claim.form is Form.INSTITUTIONAL
    rejected = statuses.of_edits(edits, is_institutional=is_institutional)
    return ToldClaim(
        billing=claim.billing if claim else Party(),
        patient=_patient(claim) if claim else Patient(),
        patient_control_number=record.patient_control_number,
        billed=record.billed,
        first_on=claim.starts_on if claim else None,
        last_on=claim.ends_on if claim else None,
        statuses=(statuses.ACCEPTED,) if record.is_accepted else rejected,
        number=record.number,
        bill_type=f"{claim.facility}{claim.frequency}" if claim and is_institutional else "",
        tracking_number=claim.tracking_number if claim else "",
    )


def _patient(claim: SentClaim) -> Patient:
    """Who was treated, under the member ID that was sent: the subscriber's."""
    treated, subscriber = claim.treated, claim.subscriber
    return Patient(
        last_name=treated.last_name,
        first_name=treated.first_name,
        middle_name=treated.middle_name,
        suffix=treated.suffix,
        member_id=treated.member_id or subscriber.member_id,
    )


def _written(told: InterchangeReview, due: Due, at: datetime, number: int) -> bytes:
    file = io.BytesIO()
    header = replies.interchange_header(told.header, at=at, control_number=number)
    with InterchangeWriter(file, header, replace_delimiters=True) as interchange:
        acknowledgements.put(interchange, told, due, at=at)
    return file.getvalue()


def _by_set(
    sets: Sequence[TakenSet], records: Iterable[JudgedRecord]
) -> Iterator[tuple[int, Iterator[JudgedRecord]]]:
    """The records of each set in turn, all of one before the next; sets of none are left out."""
    following = iter(records)
    held = next(following, None)
    for place, _ in enumerate(sets):
        ends = sets[place + 1].first if place + 1 < len(sets) else None

        def of_set(ends: int | None = ends) -> Iterator[JudgedRecord]:
            nonlocal held
            while held is not None and (ends is None or held.place < ends):
                yield held
                held = next(following, None)

        if held is not None and (ends is None or held.place < ends):
            yield place, of_set()


def _write(group: GroupWriter, account: Account, reference: str, at: datetime) -> None:
    with group.transaction(writer.CODE, guide=writer.VERSION) as transaction:
        writer.write(transaction, account, plan=catalogue.identity(), reference=reference, now=at)
