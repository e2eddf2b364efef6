"""Submitting a registration: it is compared with what is on file, and goes through at once or to the desk.

    submit -> matched      username and password come next (instant)
           -> recognised   the office is here already (joining)
           -> submitted    the plan's desk looks at it

Whatever is found, the same is written and mailed, and nothing on file is said (decision record 0038).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue as plan_catalogue
from portico.domains.plan import policy
from portico.domains.registration import (
    application_rows,
    budgets,
    catalogue,
    drafts,
    events,
    field_checks,
    matching,
    matching_rules,
    models,
    transaction_ids,
)
from portico.domains.registration.application_rows import claim_of
from portico.domains.registration.budgets import Budget
from portico.domains.registration.catalogue_rows import Holds, Offer, Path
from portico.domains.registration.claims import Agreement, Claim, Field, Reason

__all__ = [
    "BadClaim",
    "NotOffered",
    "State",
    "Submitted",
    "TooMany",
    "again",
    "claim_of",
    "outcome",
    "submit",
]

RECEIVED = "registration_received"
State = models.Application.State


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of it. `state`: MATCHED (username and password come next), SUBMITTED (the desk looks at it,
    until `due_at`) or RECOGNISED (the office is here already).

    `transaction_id` in canonical form, to be shown once. `differs`: the field that `reason` names, if any.
    """

    transaction_id: str = field(repr=False)
    state: str
    path: Path
    reason: Reason | None
    differs: tuple[Field, ...]
    due_at: datetime | None


class NotOffered(Exception):
    """The plan does not offer to register so, or does no more: the catalogue has changed meanwhile."""


class BadClaim(ValueError):
    """Something that was claimed will not do; `faults`: the code of the fault by the field's name.

    Beside the claim's own names there is "terms": those agreed to are not in force.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults.items()))
        self.faults = faults


class TooMany(Exception):
    """Too many registrations came from this network today; `until`: when the next may."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many registrations came from this network")
        self.until = until


Refusal = NotOffered | BadClaim | TooMany


def submit(*, actor: Actor, claim: Claim, agreement: Agreement, mark: str, address: str) -> Submitted:
    """Submit what is claimed. The same mark again within the hour answers what it did the first time.

    `agreement` names the terms in force; `address` is the network address that asks. Raises BadClaim,
    NotOffered, TooMany.
    """
    with permit(actor, Function.REGISTRATION) as given:
        ended = _submitted(given, claim, agreement, mark, address)
    if isinstance(ended, Submitted):
        return ended
    raise ended


def again(*, actor: Actor, mark: str) -> Submitted | None:
    """What became of the submission of this mark within the last hour, for the printed confirmation."""
    with permit(actor, Function.REGISTRATION) as given:
        found = _before(given, mark)
        given.conclude("registration_shown" if found else "no_registration")
    return found


def outcome(application: models.Application, transaction_id: str) -> Submitted:
    """How the application stands, as whoever submitted it is told."""
    reason = application_rows.reason_of(application)
    return Submitted(
        transaction_id=transaction_id,
        state=application.state,
        path=Path(application.path),
        reason=reason,
        differs=matching_rules.named_by(reason),
        due_at=application.due_at if application.state == State.SUBMITTED else None,
    )


def _submitted(
    given: Permit, claim: Claim, agreement: Agreement, mark: str, address: str
) -> Submitted | Refusal:
    offer = _offered(claim)
    if offer is None:
        given.conclude("registration_not_offered")
        return NotOffered()
    faults = _faults(claim, offer, agreement)
    if faults:
        given.conclude("registration_faulty")
        return BadClaim(faults)
    draft = drafts.hold(given, mark) if mark else None
    before = _before(given, mark)
    if before is not None:
        given.conclude("registration_shown")
        return before
    until = budgets.closed_until(Budget.SUBMISSION, address, at=given.actor.asked_at)
    if until is not None:
        given.conclude("registration_too_many")
        return TooMany(until)
    budgets.spend(Budget.SUBMISSION, address, at=given.actor.asked_at)
    return _taken(given, field_checks.tidied(claim, offer), offer, agreement, draft)


def _offered(claim: Claim) -> Offer | None:
    """What is claimed as it is offered now; None where it was offered otherwise when it was filled in."""
    now = catalogue.offer(claim.account_type, claim.user_type)
    then = catalogue.offer(claim.account_type, claim.user_type, number=claim.catalogue)
    return now if now == then and now is not None and now.holds is not Holds.NOBODY else None


def _faults(claim: Claim, offer: Offer, agreement: Agreement) -> dict[str, str]:
    regions = [region.code for region in plan_catalogue.regions()]
    faults = field_checks.of_claim(claim, offer, regions=regions)
    terms = policy.current()
    if (agreement.version, agreement.digest) != (terms.terms_version, terms.terms_digest):
        faults["terms"] = "terms_changed"
    return faults


def _before(given: Permit, mark: str) -> Submitted | None:
    became = drafts.became(given, mark)
    if became is None:
        return None
    given.note_subject("registration", str(became.application_id))
    application = models.Application.objects.get(pk=became.application_id)
    return outcome(application, became.transaction_id)


def _taken(
    given: Permit, claim: Claim, offer: Offer, agreement: Agreement, draft: models.Draft | None
) -> Submitted:
    transaction_id = transaction_ids.new()
    claim = replace(claim, catalogue=catalogue.current().number)
    match = matching.compare(given, claim)
    index = transaction_ids.index(transaction_id)
    application = application_rows.write(given, claim, offer, agreement, index)
    events.note(given, application, events.Kind.SUBMITTED)
    application_rows.settle(given, application, match, may_pass=True)
    if draft is not None:
        drafts.settle(given, draft, application, transaction_id)
    _mail(given, claim.email)
    given.note_subject("registration", str(application.pk))
    given.conclude(application_rows.conclusion(application))
    return outcome(application, transaction_id)


def _mail(given: Permit, to: str) -> None:
    """Tell the mailbox; not more than five times a day, whoever types its address."""
    at = given.actor.asked_at
    if budgets.closed_until(Budget.MAIL, to, at=at) is None:
        budgets.spend(Budget.MAIL, to, at=at)
        outbox.enqueue(to=to, template=RECEIVED, context={"reference": given.reference})
