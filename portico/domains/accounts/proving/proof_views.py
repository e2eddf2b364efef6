"""Where somebody stands with proving who they are, as they and the plan's staff are shown it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portico.domains.accounts import models
from portico.domains.accounts.proving import proof_rules as rules
from portico.domains.accounts.proving import provers
from portico.domains.accounts.proving.proof_rules import Tries
from portico.shared.files.scanning import Scan


class Stand(StrEnum):
    """Where one way of proving it stands."""

    NOT_BEGUN = "not_begun"
    ASKED = "asked"
    HANDED_IN = "handed_in"
    PASSED = "passed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was handed in, or will be; `scan`: how far the scanner is with it (scanning.Scan)."""

    id: int
    kind: str
    name: str
    content_type: str
    size: int
    sent_at: datetime
    scan: str = Scan.CLEAN


@dataclass(frozen=True, slots=True)
class Task:
    """One way of proving it, as far as it has come.

    `asked_for`: the function it was begun for, or "". `tries` of proof_rules.MOST_TRIES are spent, and before
    `blocked_until` none is looked at. `code_until`: a code was sent that works until then. `passed_at` is
    told also where another proof was begun since. `way`, `shown`: by which contact, masked.
    """

    prover: str
    stand: Stand
    id: int | None = None
    asked_for: str = ""
    asked_at: datetime | None = None
    tries: int = 0
    blocked_until: datetime | None = None
    code_until: datetime | None = None
    passed_at: datetime | None = None
    decided_at: datetime | None = None
    reason: str = ""
    way: str = ""
    shown: str = ""
    papers: tuple[Paper, ...] = ()


_STANDS = {
    models.Proof.State.ASKED: Stand.ASKED,
    models.Proof.State.SUBMITTED: Stand.HANDED_IN,
    models.Proof.State.PASSED: Stand.PASSED,
    models.Proof.State.REFUSED: Stand.REFUSED,
    models.Proof.State.CANCELLED: Stand.NOT_BEGUN,
}


def of_user(user: models.User, at: datetime) -> tuple[Task, ...]:
    """Every way there is, those passed before and switched off since among them. Two queries."""
    latest = {row.prover: row for row in models.Proof.objects.filter(user=user).order_by("pk")}
    papers = papers_of(row.pk for row in latest.values())
    known = dict.fromkeys((*provers.codes(), *user.proofs, *latest))
    return tuple(
        task_of(latest[code], user, at, papers) if code in latest else _not_begun(code, user)
        for code in known
    )


def papers_of(proof_ids: Iterable[int]) -> dict[int, list[Paper]]:
    """The documents of these tasks, in the order they were sent; what they hold stays where it is."""
    found: dict[int, list[Paper]] = defaultdict(list)
    rows = models.ProofDocument.objects.filter(proof__in=list(proof_ids)).order_by("pk")
    for row in rows.defer("sealed"):
        paper = Paper(row.pk, row.kind, row.name, row.content_type, row.size, row.sent_at, row.scan)
        found[row.proof_id].append(paper)
    return found


def task_of(
    row: models.Proof, user: models.User, at: datetime, papers: Mapping[int, Sequence[Paper]]
) -> Task:
    """The task of a row, with its documents among `papers`."""
    tries = rules.anew(Tries(row.attempts, row.blocked_until), at)
    has_code = row.code_index is not None and row.expires_at is not None and at < row.expires_at
    return Task(
        prover=row.prover,
        stand=_STANDS[models.Proof.State(row.state)],
        id=row.pk,
        asked_for=row.asked_for,
        asked_at=row.asked_at,
        tries=tries.count,
        blocked_until=tries.blocked_until,
        code_until=row.expires_at if has_code else None,
        passed_at=_passed_at(row.prover, user),
        decided_at=row.decided_at,
        reason=row.reason,
        way=row.told.get("way", ""),
        shown=row.told.get("shown", ""),
        papers=tuple(papers.get(row.pk, ())),
    )


def _not_begun(code: str, user: models.User) -> Task:
    passed_at = _passed_at(code, user)
    return Task(code, Stand.PASSED if passed_at else Stand.NOT_BEGUN, passed_at=passed_at)


def _passed_at(code: str, user: models.User) -> datetime | None:
    passed = user.proofs.get(code)
    return datetime.fromisoformat(passed) if passed else None
