"""What is seen of submissions: those of the tax IDs that are open, and of their records those in reach.

Somebody may be given some providers or lines alone. Of a file they see the records of those; whoever sent it
sees also those of its records that name no provider or line the plan knows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from portico.domains.encounters import models
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

Records = QuerySet[models.Encounter]


class Stage(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    READING = "reading"
    REFUSED = "refused"
    READ = "read"


class Source(StrEnum):
    """How it came in."""

    WEB = "web"
    CORE = "core"
    MENDED = "mended"


class SubmissionNotFound(LookupError):
    """There is no such submission that this actor reaches."""


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission and what came of its records; `received` is `accepted` and `rejected` together.

    `outstanding` are those rejected and neither mended nor sent again. `refusal` is a code where it was
    refused. `sees_all` is False where somebody reaches some of its records only: the counts are then theirs.
    """

    id: UUID
    tax_id: str
    name: str
    source: Source
    stage: Stage
    refusal: str
    sender: str
    interchange: str
    size: int
    job: UUID | None
    received: int
    accepted: int
    rejected: int
    created_at: datetime
    finished_at: datetime | None
    outstanding: int = 0
    sees_all: bool = True


def reached(given: Permit) -> QuerySet[models.Submission]:
    """The submissions of the tax IDs that the permit opens."""
    mine = models.Submission.objects.filter(scoping.q(given, tax_id="tax_id"))
    return mine.defer("answers_sealed")


def found(actor: Actor, submission: UUID) -> models.Submission:
    """The submission, where the actor reaches its tax ID. One query. Raises SubmissionNotFound."""
    row = models.Submission.objects.filter(public_id=submission).defer("answers_sealed").first()
    if row is None or not decide(actor, Question(Function.ENCOUNTERS, row.tax_id)).allowed:
        raise SubmissionNotFound
    return row


@contextmanager
def opened(
    actor: Actor, submission: UUID, *, lately: bool = False
) -> Iterator[tuple[Permit, models.Submission]]:
    """A submission through a permit for its tax ID; one of others is as unknown as one that never was.

    Raises SubmissionNotFound, NotPermitted.
    """
    row = models.Submission.objects.filter(public_id=submission).first()
    tax_id = row.tax_id if row and _is_within(actor, row) else None
    with permit(actor, Function.ENCOUNTERS, tax_id=tax_id, lately=lately) as given:
        if row is None or tax_id is None:
            given.conclude("not_found")
        else:
            given.note_subject("submission", str(row.public_id))
            yield given, row
            return
    raise SubmissionNotFound


def records(given: Permit) -> Records:
    """The records in reach, of whichever submissions."""
    attributed = scoping.q(given, tax_id="tax_id", line="line", provider="provider_npi")
    return models.Encounter.objects.filter(attributed | _of_nobody_known(given))


def views(given: Permit, rows: Iterable[models.Submission]) -> tuple[SubmissionView, ...]:
    """Submissions as the permit's actor sees them. Two queries at most, however many.

    Of those in reach as a whole, what waits alone is counted: a page costs the same for files of any size.
    """
    known = list(rows)
    open_ones = [row for row in known if _reaches_whole(given, row)]
    counted = _waiting(open_ones) | _counted(given, [row for row in known if row not in open_ones])
    return tuple(view(row, counted.get(row.pk, Counter())) for row in known)


def view(row: models.Submission, counted: Mapping[str, int]) -> SubmissionView:
    """A submission with the records of it that were counted as in reach."""
    seen, accepted = counted.get("seen", 0), counted.get("accepted", 0)
    return SubmissionView(
        id=row.public_id,
        tax_id=row.tax_id,
        name=row.name,
        source=Source(row.source),
        stage=Stage(row.stage),
        refusal=row.refusal,
        sender=row.sender,
        interchange=row.interchange,
        size=row.size,
        job=row.job,
        received=seen,
        accepted=accepted,
        rejected=seen - accepted,
        created_at=row.created_at,
        finished_at=row.finished_at,
        outstanding=counted.get("outstanding", 0),
        sees_all=seen == row.received_count,
    )


def shows_all(given: Permit, row: models.Submission) -> bool:
    """May all of the file be shown: by whoever sent it, or whoever reaches all that may stand in it?"""
    actor = given.actor
    sender = row.persona_id if actor.machine_id is None else row.machine_id
    is_sender = sender is not None and sender == (actor.machine_id or actor.persona_id)
    return is_sender or _reaches_whole(given, row)


def whole(row: models.Submission) -> SubmissionView:
    """A submission with its own counts, for who is told how far it is."""
    counts = {"seen": row.received_count, "accepted": row.accepted_count}
    return view(row, counts)


def _is_within(actor: Actor, row: models.Submission) -> bool:
    """Is the tax ID open? Whoever it is closed to is refused in the same words as for any other."""
    return decide(actor, Question(Function.ENCOUNTERS, row.tax_id)).allowed


def _of_nobody_known(given: Permit) -> Q:
    """Records that the actor sent and that name no provider or no line the plan knows."""
    actor = given.actor
    sent = (
        Q(submission__machine_id=actor.machine_id)
        if actor.machine_id is not None
        else Q(submission__persona_id=actor.persona_id or 0)
    )
    unknown = Q(line="") | Q(provider_npi="")
    return sent & unknown & scoping.q(given, tax_id="tax_id")


def _reaches_whole(given: Permit, row: models.Submission) -> bool:
    """Does one grant hold all that may stand in the file?"""
    return not row.is_mixed and any(
        row.tax_id in reach.tax_ids and reach.lines is None and reach.providers is None
        for reach in given.scope.reaches
    )


def _waiting(rows: list[models.Submission]) -> dict[int, Counter[str]]:
    """Their own counts, and how many of those rejected wait."""
    found = {row.pk: Counter({"seen": row.received_count, "accepted": row.accepted_count}) for row in rows}
    waiting = models.Encounter.objects.filter(
        submission__in=list(found), state=models.Encounter.State.REJECTED
    )
    counted = waiting.order_by().values_list("submission").annotate(count=Count("pk")) if rows else ()
    for submission, count in counted:
        found[submission]["outstanding"] = count
    return found


def _counted(given: Permit, rows: list[models.Submission]) -> dict[int, Counter[str]]:
    if not rows:
        return {}
    mine = records(given).filter(submission__in=[row.pk for row in rows]).order_by()
    was_accepted, is_open = ~Q(number=""), Q(state=models.Encounter.State.REJECTED)
    counted = mine.values("submission").annotate(
        seen=Count("pk"), accepted=Count("pk", filter=was_accepted), outstanding=Count("pk", filter=is_open)
    )
    return {each["submission"]: Counter(each) for each in counted}
