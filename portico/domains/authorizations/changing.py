"""An office changes a request it sent, gives it up, or says that the patient left.

Which fields may be changed in which state, and by whom, is for change_rules to say. What a page saw is named
by its `version`: where somebody else was quicker, nothing is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from portico.domains.authorizations import (
    at_hand,
    awaiting,
    change_rules,
    clocks,
    determining,
    ledger,
    models,
    preparing,
    restating,
    sending,
    taking,
    talk_telling,
    telling,
)
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.at_hand import Changed as Changed
from portico.domains.authorizations.at_hand import NotNow as NotNow
from portico.domains.authorizations.at_hand import UnknownRequest as UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import (
    Kind,
    Level,
    NotSent,
    PartySent,
    Request,
    Sent,
    ServiceSent,
)
from portico.domains.authorizations.facts.shown import Standing, State
from portico.domains.authorizations.preparing import Prepared
from portico.domains.authorizations.prolonging import More as More
from portico.domains.authorizations.prolonging import continue_stay as continue_stay
from portico.domains.authorizations.prolonging import extend as extend
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days

_CONTACT = frozenset({"contact_name", "contact_telephone"})


class Why(StrEnum):
    """Why a request is given up."""

    NOT_NEEDED = "not_needed"
    BY_MISTAKE = "by_mistake"
    PATIENT_DECLINED = "patient_declined"
    OTHER_PLAN = "other_plan"
    OTHER = "other"


class UnitsUsed(ValueError):
    """Claims were paid on it: it is no longer given up."""


class BadDay(ValueError):
    """The patient did not leave on that day: it is before the admission, or has not come yet."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be otherwise; None leaves a field as it is."""

    level: Level | None = None
    urgency: str | None = None
    servicing: PartySent | None = None
    facility: PartySent | None = None
    place: str | None = None
    diagnoses: Sequence[str] | None = None
    services: Sequence[ServiceSent] | None = None
    contact_name: str | None = None
    contact_telephone: str | None = None
    admitted_at: datetime | None = None
    sends_anyway: bool = False


def change(*, actor: Actor, authorization: UUID, of: Kind, changes: Changes, version: int) -> Sent | NotSent:
    """Change what may be changed as the request stands; one in review is looked at by the rules again.

    Faults and warnings are told as before sending. Raises UnknownRequest, NotNow (also for a field that may
    not be changed), Changed, NotPermitted.
    """
    with permit(actor, FUNCTIONS[of]) as given:
        row = at_hand.held(given, authorization)
        fault = _fault(given, row, Act.CHANGE, version)
        if fault is None and row is not None:
            before = restating.request_of(row)
            request, named = _changed(before, changes)
            if named <= _allowed(row) and not _is_too_late(given, row, request):
                answer = _change(given, row, request, named, changes.sends_anyway)
                given.conclude("changed" if isinstance(answer, Sent) else "not_changed")
                return answer
            fault = NotNow()
        given.conclude("not_found" if row is None else "not_changed")
    raise fault or UnknownRequest


def cancel(*, actor: Actor, authorization: UUID, of: Kind, why: Why, version: int | None = None) -> State:
    """Give a request up; whoever would do the services is told.

    Raises UnknownRequest, NotNow, Changed, UnitsUsed, NotPermitted.
    """
    with permit(actor, FUNCTIONS[of]) as given:
        fault = given_up(given, at_hand.held(given, authorization), why, version)
    if fault is not None:
        raise fault
    return State.CANCELLED


def given_up(
    given: Permit, row: models.Authorization | None, why: Why, version: int | None = None
) -> Exception | None:
    """Give up a request that was held, or say why not, as `cancel` does: for this domain."""
    fault = _fault(given, row, Act.CANCEL, version)
    if fault is None and row is not None:
        if not models.Usage.objects.filter(service__authorization=row).exists():
            _cancel(given, row, why)
            return None
        fault = UnitsUsed()
    given.conclude("not_found" if row is None else "not_cancelled")
    return fault


def discharge(*, actor: Actor, authorization: UUID, on: date, version: int | None = None) -> date:
    """Say on which day the patient left; no further days can be asked for then.

    Raises UnknownRequest, NotNow, Changed, BadDay, NotPermitted.
    """
    with permit(actor, FUNCTIONS[Kind.ADMISSION]) as given:
        row = at_hand.held(given, authorization)
        fault = _fault(given, row, Act.DISCHARGE, version)
        if fault is None and row is not None:
            if row.admitted_at is not None and days.of(row.admitted_at) <= on <= actor.today:
                return _discharge(given, row, on)
            fault = BadDay()
        given.conclude("not_found" if row is None else "not_discharged")
    raise fault or UnknownRequest


def _fault(
    given: Permit, row: models.Authorization | None, act: Act, version: int | None
) -> Exception | None:
    if row is None:
        return UnknownRequest()
    if version is not None and version != row.version:
        return Changed(row.version)
    return None if at_hand.may(given, row, act) else NotNow()


def _allowed(row: models.Authorization) -> frozenset[str]:
    return change_rules.fields(row.kind, row.state, was_decided=row.decided_at is not None)


def _is_too_late(given: Permit, row: models.Authorization, request: Request) -> bool:
    """Would it give the plan more time for what is late already?"""
    is_slower = row.level != request.level and request.level is Level.STANDARD
    return is_slower and clocks.now(row, given.actor.asked_at).standing is Standing.OVERDUE


def _changed(before: Request, changes: Changes) -> tuple[Request, frozenset[str]]:
    """The request as it is to be, and the fields that differ."""
    told: dict[str, Any] = {field: getattr(changes, field) for field in Changes.__slots__}
    told.pop("sends_anyway")
    said: dict[str, Any] = {
        field: tuple(value) if field in ("diagnoses", "services") else value
        for field, value in told.items()
        if value is not None
    }
    after = replace(before, **said)
    return after, frozenset(field for field in said if getattr(after, field) != getattr(before, field))


def _change(
    given: Permit, row: models.Authorization, request: Request, named: frozenset[str], sends_anyway: bool
) -> Sent | NotSent:
    if not named:
        return sending.sent(given, row)
    if named <= _CONTACT:
        row.contact_name, row.contact_telephone = request.contact_name[:120], request.contact_telephone[:20]
        at_hand.touch(given, row, *sorted(_CONTACT))
        _note_change(given, row, named)
        return sending.sent(given, row)
    ready = preparing.prepare(given, request, but=_family(row), is_again=True)
    if ready.faults or (ready.warnings and not sends_anyway):
        return NotSent(ready.faults, ready.warnings, given.reference)
    _rewrite(given, row, ready, named)
    return sending.sent(given, row, ready)


def _rewrite(given: Permit, row: models.Authorization, ready: Prepared, named: frozenset[str]) -> None:
    """The request as it is asked now; what waited for a person is tried by the rules again."""
    if ready.known is None:
        raise ValueError("A request with faults is not kept.")
    written = taking.restate(row, ready.request)
    taking.write_parties(row, ready.known.parties)
    taking.rewrite_services(row, ready.request, ready.known)
    at_hand.touch(given, row, *written)
    if row.level != ready.request.level:
        clocks.level(given, row, level=ready.request.level)
    _note_change(given, row, named)
    if awaiting.stand(given, row) is State.IN_REVIEW:
        determining.determine(given, row, sending.free_of(ready))
    telling.offices(given, row, telling.CHANGED, roles=telling.DOING, others_only=True)


def _family(row: models.Authorization) -> frozenset[int]:
    """The request itself and those it belongs with are no doubles of it."""
    return frozenset(filter(None, (row.pk, row.extends_id, row.follows_id)))


def _note_change(given: Permit, row: models.Authorization, named: frozenset[str]) -> None:
    details = {"fields": ",".join(sorted(named))}
    ledger.note(given, row, ledger.Kind.CHANGED, side=ledger.Side.OFFICE, details=details)


def _cancel(given: Permit, row: models.Authorization, why: Why) -> None:
    at, persona = given.actor.asked_at, given.actor.persona_id
    row.services.update(state=State.CANCELLED)
    row.asked_for.filter(state="open").update(state="withdrawn", settled_at=at, settled_by=persona)
    _free_the_talk(given, row)
    row.state, row.due_at = State.CANCELLED, None
    ledger.note(given, row, ledger.Kind.CANCELLED, side=ledger.Side.OFFICE, code=why.value)
    at_hand.touch(given, row, "state", "due_at")
    telling.offices(given, row, telling.CANCELLED, roles=telling.DOING, others_only=True)
    given.conclude("cancelled")


def _free_the_talk(given: Permit, row: models.Authorization) -> None:
    """A talk about a request that is given up frees its slot; its reviewer is told."""
    booked = row.conversations.select_related("slot").filter(state="booked").first()
    if booked is not None:
        talk_telling.cancelled(given, booked, side=ledger.Side.OFFICE)


def _discharge(given: Permit, row: models.Authorization, on: date) -> date:
    row.discharged_on = on
    details = {"on": on.isoformat()}
    ledger.note(given, row, ledger.Kind.DISCHARGED, side=ledger.Side.OFFICE, details=details)
    at_hand.touch(given, row, "discharged_on")
    given.conclude("discharged")
    return on
