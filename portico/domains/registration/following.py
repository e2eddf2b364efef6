"""Where is my registration? Its stage, what is missing, and how much of the plan's time is left."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import opening
from portico.domains.registration import (
    application_rows,
    correcting_rules,
    events,
    finding,
    goal,
    joining,
    links,
    matching_rules,
    models,
    transaction_ids,
)
from portico.domains.registration.claims import Field, Reason
from portico.domains.registration.deciding_rules import Back
from portico.domains.registration.finding import TooManyTries
from portico.domains.registration.links import Stand

__all__ = ["Stage", "Stand", "Status", "TooManyTries", "look"]
State = models.Application.State


class Stage(StrEnum):
    """How far an application is, as the applicant is told."""

    IN_REVIEW = "in_review"
    RETURNED = "returned"
    MATCHED = "matched"
    APPROVED = "approved"
    DENIED = "denied"
    RECOGNISED = "recognised"
    LET_IN = "let_in"
    NOT_LET_IN = "not_let_in"
    COMPLETED = "completed"
    LAPSED = "lapsed"


_JOINING: Final = {joining.ACCEPTED: Stage.LET_IN, joining.REFUSED: Stage.NOT_LET_IN}


@dataclass(frozen=True, slots=True)
class Status:
    """What an applicant is told. Nothing that was claimed stands in it, and nothing that is on file.

    `back`: why the desk sent it back, `missing`: codes of what it asks for. `business_left`: of the two
    business days, 0 at least, None once it is decided. `may_correct`: fields may be corrected and files
    handed in, `has_changed`: some were, so that correcting.finish may be called. `may_finish`: username and
    password may be chosen now (instant.complete). `link`: how the mailed link stands; None where none was
    sent. `decision`: its code, "" before it.
    """

    stage: Stage
    reason: Reason | None
    differs: tuple[Field, ...]
    back: Back | None
    missing: tuple[str, ...]
    submitted_at: datetime
    due_at: datetime | None
    business_left: Decimal | None
    decided_at: datetime | None
    may_correct: bool
    has_changed: bool
    may_finish: bool
    link: Stand | None
    decision: str


def look(*, actor: Actor, transaction_id: str, address: str) -> Status | None:
    """How the registration of this transaction ID stands; None for an unknown one.

    `transaction_id` as it was typed, `address` the network address that asks. Raises BadIdentifier for a slip
    (nothing is counted), TooManyTries.
    """
    number = transaction_ids.parse(transaction_id)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address)
        status = None if found.application is None else _status(found.application, actor.asked_at)
        if status is not None:
            given.conclude("registration_shown")
    found.check_open()
    return status


def _status(application: models.Application, at: datetime) -> Status:
    reason, is_open = application_rows.reason_of(application), application.decided_at is None
    is_returned = application.state == State.RETURNED
    return Status(
        stage=_stage(application),
        reason=reason,
        differs=matching_rules.named_by(reason),
        back=_back(application) if is_returned else None,
        missing=events.missing(application) if is_returned else (),
        submitted_at=application.submitted_at,
        due_at=application.due_at if is_open else None,
        business_left=_left(application, at) if is_open else None,
        decided_at=application.decided_at,
        may_correct=correcting_rules.may_correct(handled(application)),
        has_changed=events.has_changed(application),
        may_finish=application.state == State.MATCHED,
        link=links.stand(application, at=at),
        decision=application.decision,
    )


def handled(application: models.Application) -> correcting_rules.Handled:
    """How far the application is handled."""
    return correcting_rules.Handled(
        application.state, application.returned_at, application.corrected_at, application.assigned_to
    )


def _back(application: models.Application) -> Back | None:
    code = events.sent_back_for(application)
    return Back(code) if code else None


def _stage(application: models.Application) -> Stage:
    if application.state == State.RECOGNISED:
        wish = models.JoinRequest.objects.filter(application=application).first()
        return Stage.RECOGNISED if wish is None else _JOINING.get(wish.ending, Stage.RECOGNISED)
    is_with_plan = application.state in (State.SUBMITTED, State.SECONDING)
    return Stage.IN_REVIEW if is_with_plan else Stage(application.state)


def _left(application: models.Application, at: datetime) -> Decimal:
    """The clock stands still while it lies with the applicant."""
    returned_at = application.returned_at if application.state == State.RETURNED else None
    return goal.left(opening.hours(), application.submitted_at, returned_at or at, waited=application.waited)
