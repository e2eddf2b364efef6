"""What Today is made of: each source with the function that opens it, told as tasks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portico.domains.access.asking import waiting as requests
from portico.domains.access.reviews import waiting as reviews
from portico.domains.authorizations import owed
from portico.domains.authorizations.facts.requested import Level
from portico.domains.claims import waiting as claims
from portico.domains.directory import attesting_due
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.work import items
from portico.domains.work.today_rules import Kind, Side, Task


@dataclass(frozen=True, slots=True)
class Told:
    """What a source told: tasks of one kind, the ones due first, and how many there are in all."""

    kind: Kind
    tasks: tuple[Task, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """What is asked, and by which function."""

    kind: Kind
    function: Function
    ask: Callable[[Actor, int], Told]


def _questions(actor: Actor, size: int) -> Told:
    return _requests(Kind.QUESTION, Side.OURS, owed.answers(actor=actor, size=size))


def _decisions(actor: Actor, size: int) -> Told:
    return _requests(Kind.DECISION, Side.THEIRS, owed.decisions(actor=actor, size=size))


def _queue(actor: Actor, size: int) -> Told:
    return _requests(Kind.DECISION, Side.OURS, owed.queue(actor=actor, size=size))


def _requests(kind: Kind, side: Side, found: owed.OwedRequests) -> Told:
    tasks = tuple(
        Task(
            kind,
            side,
            target=str(each.public_id),
            number=each.number,
            action=each.level if each.level is Level.EXPEDITED else each.kind,
            due_at=each.due_at,
            assigned_to=each.assigned_to,
            is_mine=each.is_mine,
        )
        for each in found.requests
    )
    return Told(kind, tasks, found.count)


def _drafts(function: Function) -> Callable[[Actor, int], Told]:
    def ask(actor: Actor, size: int) -> Told:
        tasks = tuple(
            Task(
                Kind.DRAFT, Side.OURS, target=str(each.public_id), action=each.kind, who=each.by, is_mine=True
            )
            for each in owed.handed(actor=actor, function=function, size=size)
        )
        return Told(Kind.DRAFT, tasks, len(tasks))

    return ask


def _claims(actor: Actor, size: int) -> Told:
    found = claims.of(actor=actor, size=size)
    tasks = tuple(
        Task(
            Kind.CLAIM,
            Side.OURS,
            target=str(each.public_id),
            number=each.claim_number,
            action=each.action,
            due_on=each.due_on,
        )
        for each in found.claims
    )
    return Told(Kind.CLAIM, tasks, found.count)


def _to_decide(actor: Actor, size: int) -> Told:
    found = requests.to_decide(actor=actor, size=size)
    tasks = tuple(
        Task(Kind.ACCESS_REQUEST, Side.OURS, target=str(each.public_id), who=each.who, due_at=each.due_at)
        for each in found.requests
    )
    return Told(Kind.ACCESS_REQUEST, tasks, found.count)


def _own(actor: Actor, size: int) -> Told:
    found = requests.own(actor=actor, size=size)
    tasks = tuple(
        Task(
            Kind.OWN_ACCESS_REQUEST,
            Side.THEIRS,
            target=str(each.public_id),
            action="with_plan" if each.is_with_plan else "with_office",
            due_at=each.due_at,
            is_mine=True,
        )
        for each in found.requests
    )
    return Told(Kind.OWN_ACCESS_REQUEST, tasks, found.count)


def _review(actor: Actor, size: int) -> Told:
    del size
    found = reviews.of(actor=actor)
    if found is None:
        return Told(Kind.ACCESS_REVIEW, (), 0)
    task = Task(Kind.ACCESS_REVIEW, Side.OURS, due_on=found.due_on, count=found.people)
    return Told(Kind.ACCESS_REVIEW, (task,), 1)


def _attestation(actor: Actor, size: int) -> Told:
    del size
    found = attesting_due.of(actor=actor)
    if found is None:
        return Told(Kind.ATTESTATION, (), 0)
    task = Task(Kind.ATTESTATION, Side.OURS, due_on=found.due_on, count=found.count)
    return Told(Kind.ATTESTATION, (task,), 1)


def _items(actor: Actor, size: int) -> Told:
    found = items.waiting(actor=actor, size=size)
    tasks = tuple(
        Task(Kind.WORK_ITEM, Side.OURS, number=each.reference, action=each.kind) for each in found.items
    )
    return Told(Kind.WORK_ITEM, tasks, found.count)


OF_OFFICE: Final = (
    Source(Kind.QUESTION, Function.AUTHORIZATION_INQUIRY, _questions),
    Source(Kind.DRAFT, Function.AUTHORIZATION_SUBMISSION, _drafts(Function.AUTHORIZATION_SUBMISSION)),
    Source(Kind.DRAFT, Function.REFERRALS, _drafts(Function.REFERRALS)),
    Source(Kind.CLAIM, Function.CLAIMS_INQUIRY, _claims),
    Source(Kind.ACCESS_REQUEST, Function.MANAGE_USERS, _to_decide),
    Source(Kind.ACCESS_REVIEW, Function.MANAGE_USERS, _review),
    Source(Kind.ATTESTATION, Function.DIRECTORY_MAINTENANCE, _attestation),
    Source(Kind.DECISION, Function.AUTHORIZATION_INQUIRY, _decisions),
    Source(Kind.OWN_ACCESS_REQUEST, Function.ACCESS_REQUEST, _own),
)
OF_PLAN: Final = (
    Source(Kind.DECISION, Function.AUTHORIZATION_REVIEW, _queue),
    Source(Kind.ACCESS_REQUEST, Function.PROVISIONING, _to_decide),
    Source(Kind.WORK_ITEM, Function.WORK_QUEUE, _items),
)
