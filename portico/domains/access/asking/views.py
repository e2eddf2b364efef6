"""Access requests as people read them: one's own with its clock, an office's inbox, those with the plan.

Whoever decides asks under what they decide with: the plan's desk under Function.PROVISIONING, for what lies
or lay with the plan; an administrator under Function.MANAGE_USERS, for all of the own office. Nobody's and
another office's request are answered alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from portico.domains.access import models
from portico.domains.access.asking import asked, words
from portico.domains.access.asking.rules import Step
from portico.domains.access.delegating import acting
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.reasons import Reason
from portico.shared import pages

SIZE: Final = 25
State = models.AccessRequest.State


class UnknownRequest(LookupError):
    """There is no request of this number, or none the actor may find."""

    code = "not_found"


@dataclass(frozen=True, slots=True)
class Given:
    """One function given for a request; `state` is that of the grant as it began. An empty dimension: all."""

    function: Function
    tax_ids: tuple[str, ...]
    lines: tuple[str, ...]
    providers: tuple[str, ...]
    regions: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request. "" leaves a dimension open, as it was asked.

    `first` is whom it lies with first, and `decided_by` who decided: "" for the plan, or nobody. `is_late`:
    open, and nobody has answered by `due_at`. `is_own`: whoever reads it asked for it.
    """

    public_id: UUID
    persona_id: int
    user_id: int
    who: str
    kind: PersonaKind
    office_name: str
    functions: tuple[Function, ...]
    wants_end_user: bool
    tax_id: str
    line: str
    region: str
    provider: str
    reasons: tuple[Reason, ...]
    state: str
    step: Step
    first: str
    made_at: datetime
    due_at: datetime
    expires_at: datetime
    is_late: bool
    is_own: bool
    decided_at: datetime | None
    decided_by: str
    decision: str
    given: tuple[Given, ...]
    note: str = ""
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Does it wait for a decision?"""
        return self.state == State.OPEN


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of requests, and how many of those within reach are open."""

    page: pages.Page[Request]
    waiting: int


def mine(*, actor: Actor, key: str = "", size: int = SIZE) -> pages.Page[Request]:
    """What the actor's user asked for in any of their personas, the newest first. Raises NotPermitted."""
    with permit(actor, Function.ACCESS_REQUEST) as given:
        page = _page(given, _own(actor), key, size)
        given.conclude("own_access_requests_shown")
        return page


def my_own(*, actor: Actor, public_id: UUID) -> Request:
    """One of them, with all that was written. Raises UnknownRequest, NotPermitted."""
    with permit(actor, Function.ACCESS_REQUEST) as given:
        row = find(given, _own(actor), public_id)
        if row is not None:
            return whole(given, row)
    raise UnknownRequest("there is no request of this number")


def inbox(*, actor: Actor, open_only: bool = True, key: str = "", size: int = SIZE) -> Inbox:
    """What whoever decides has before them, the newest first. Raises NotPermitted."""
    with permit(actor, acting.function_of(actor)) as given:
        rows = within_reach(given)
        page = _page(given, rows.filter(state=State.OPEN) if open_only else rows, key, size)
        given.conclude("access_requests_shown")
        return Inbox(page, rows.filter(state=State.OPEN).count())


def open_one(actor: Actor, digest: str) -> UUID | None:
    """The open request of the actor's persona for that wish (rules.digest); None where there is none."""
    open_ones = models.AccessRequest.objects.filter(
        persona_id=actor.persona_id or 0, digest=digest, state=State.OPEN
    )
    return open_ones.values_list("public_id", flat=True).first()


def within_reach(given: Permit) -> "QuerySet[models.AccessRequest]":
    """The requests the permit finds."""
    if given.question.function is Function.MANAGE_USERS:
        return models.AccessRequest.objects.filter(office_id=given.actor.office_id or 0)
    return models.AccessRequest.objects.filter(step=Step.PLAN)


def _read(given: Permit, rows: Sequence[models.AccessRequest]) -> tuple[Request, ...]:
    """The rows as they are shown, without what was written. One query for the names."""
    names = asked.names(number for row in rows for number in (row.first, row.decided_by))
    return tuple(_request(given, row, names) for row in rows)


def find(
    given: Permit, rows: "QuerySet[models.AccessRequest]", public_id: UUID
) -> models.AccessRequest | None:
    """The one of these rows, noted; None where it is not among them."""
    row = rows.select_related("persona__user", "office").filter(public_id=public_id).first()
    given.conclude("access_request_shown" if row else "not_found")
    if row is not None:
        given.note_subject("request", str(public_id))
        given.note_subject("user", str(row.persona.user_id))
    return row


def whole(given: Permit, row: models.AccessRequest) -> Request:
    """The row with all that was written."""
    names = asked.names((row.first, row.decided_by))
    note = words.opened(row.note, of=row.public_id, what=words.NOTE)
    answer = words.opened(row.answer, of=row.public_id, what=words.ANSWER)
    return _request(given, row, names, note=note, answer=answer)


def _own(actor: Actor) -> "QuerySet[models.AccessRequest]":
    return models.AccessRequest.objects.filter(persona__user_id=actor.user_id or 0)


def _page(given: Permit, rows: "QuerySet[models.AccessRequest]", key: str, size: int) -> pages.Page[Request]:
    wanted = rows.filter(pk__lt=int(key)) if pages.is_row(key) else rows
    found = list(wanted.select_related("persona__user", "office").order_by("-pk")[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda row: str(row.pk))
    return pages.Page(_read(given, cut.rows), cut.next_key)


def _request(given: Permit, row: models.AccessRequest, names: Any, **written: str) -> Request:
    user, at = row.persona.user, given.actor.asked_at
    return Request(
        public_id=row.public_id,
        persona_id=row.persona_id,
        user_id=user.pk,
        who=f"{user.first_name} {user.last_name}".strip(),
        kind=PersonaKind(row.persona.kind),
        office_name=row.office.name,
        functions=_functions(row.functions),
        wants_end_user=row.wants_end_user,
        tax_id=row.tax_id,
        line=row.line,
        region=row.region,
        provider=row.provider,
        reasons=tuple(Reason(each) for each in row.reasons if each in set(Reason)),
        state=row.state,
        step=Step(row.step),
        first=names.get(row.first, ""),
        made_at=row.made_at,
        due_at=row.due_at,
        expires_at=row.expires_at,
        is_late=row.state == State.OPEN and row.due_at < at,
        is_own=user.pk == given.actor.user_id,
        decided_at=row.decided_at,
        decided_by=names.get(row.decided_by, ""),
        decision=row.decision,
        given=tuple(_given(each) for each in row.granted if each["function"] in set(Function)),
        **written,
    )


def _given(kept: Any) -> Given:
    dimensions = {name: tuple(kept[name]) for name in ("tax_ids", "lines", "providers", "regions")}
    return Given(function=Function(kept["function"]), state=kept["state"], **dimensions)


def _functions(kept: Sequence[str]) -> tuple[Function, ...]:
    """Those this version knows."""
    return tuple(function for function in Function if function in kept)
