"""An office asks: a request is looked up, taken with a number, and said at once what can be said of it.

    what is written ─► the patient ─► who takes part ─► what the list says ─► warnings, unless sent anyway
                                                                                  └► kept, clock, rules

By page and by 278 alike. The same draft, or the same number of the sender's own, is taken once: who sends it
again gets the answer that was given.
"""

from contextlib import AbstractContextManager
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from portico.domains.authorizations import (
    at_hand,
    determining,
    draft_rows,
    models,
    parties,
    preparing,
    reach,
    taking,
    telling,
)
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.at_hand import UnknownRequest as UnknownRequest
from portico.domains.authorizations.facts.requested import (
    Checked,
    Fault,
    NotSent,
    Problem,
    Request,
    Sent,
    ServiceChecked,
)
from portico.domains.authorizations.needs import Need
from portico.domains.authorizations.preparing import Prepared
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit

_ASKED_ANEW: Final = ("partly", "denied", "cancelled")


class UnknownDraft(LookupError):
    """The office has no such draft that could be sent."""


def send(*, actor: Actor, request: Request) -> Sent | NotSent:
    """Take a request, or say why not: faults to mend, or warnings that `sends_anyway` passes by.

    Raises UnknownDraft, UnknownRequest (for `follows`), NotPermitted.
    """
    with permitted(actor, request) as given:
        return answered(given, request)


def check(*, actor: Actor, request: Request) -> Checked:
    """What would be said to a request, before it is sent; nothing is kept. Raises NotPermitted."""
    with permitted(actor, request) as given:
        ready = preparing.prepare(given, request)
        given.conclude("checked")
        known = ready.known
        return Checked(
            ready.faults,
            ready.warnings,
            line=known.patient.line if known else "",
            services=tuple(map(_said, known.needs)) if known else (),
            reference=given.reference,
        )


def answered(given: Permit, request: Request) -> Sent | NotSent:
    """The same as `send`, within the permit of `permitted`: for this domain."""
    answer = _sent_before(given, request) or _send(given, request)
    given.conclude(_conclusion(answer))
    return answer


def taken(
    given: Permit,
    ready: Prepared,
    *,
    extends: models.Authorization | None = None,
    follows: models.Authorization | None = None,
) -> models.Authorization:
    """Keep a request without faults, say what can be said of it at once, and tell who does the services.

    For this domain: the permit is open, and warnings were heeded.
    """
    if ready.known is None:
        raise ValueError("A request with faults is not kept.")
    row = taking.take(given, ready.request, ready.known, extends=extends, follows=follows)
    given.note_subject("authorization", row.number)
    determining.determine(given, row, free_of(ready))
    telling.offices(given, row, telling.SENT_TO_YOU, roles=telling.DOING, others_only=True)
    return row


def free_of(ready: Prepared) -> tuple[int, ...]:
    """The positions of services that need nobody's yes."""
    needs = ready.known.needs if ready.known else ()
    return tuple(place for place, need in enumerate(needs, 1) if need.is_free)


def sent(given: Permit, row: models.Authorization, ready: Prepared | None = None) -> Sent:
    """What is answered for a request that was taken, now or before."""
    return Sent(
        authorization=row.public_id,
        number=row.number,
        state=row.state,
        due_at=row.due_at,
        warnings=ready.warnings if ready else (),
        was_sent_before=ready is None,
        reference=given.reference,
    )


def _send(given: Permit, request: Request) -> Sent | NotSent:
    draft = _draft(given, request)
    follows = _followed(given, request.follows) if request.follows else None
    ready = preparing.prepare(given, request, but=frozenset({follows.pk} if follows else ()))
    if ready.faults or (ready.warnings and not request.sends_anyway):
        return NotSent(ready.faults, ready.warnings, given.reference)
    if follows and ready.known and follows.member_id != ready.known.patient.member_id:
        raise UnknownRequest
    try:
        with transaction.atomic():
            row = taken(given, ready, follows=follows)
    except IntegrityError:
        earlier = _sent_before(given, request)
        if earlier is None:
            raise
        return earlier
    if draft is not None:
        draft_rows.became(given, draft.public_id, row)
    return sent(given, row, ready)


def permitted(actor: Actor, request: Request) -> AbstractContextManager[Permit]:
    """The permit a request is sent by; an NPI that is none is told as a fault."""
    function, npi = FUNCTIONS[request.kind], parties.npi_of(request.requesting.npi)
    return permit(actor, function, tax_id=request.tax_id, line=request.line or None, provider=npi)


def _sent_before(given: Permit, request: Request) -> Sent | NotSent | None:
    """The answer to what was sent before under this draft, or this number of the office's own."""
    row, by_number = None, request.partner_reference.strip()
    if given.actor.office_id is None:
        return None
    own = models.Authorization.objects.filter(office_id=given.actor.office_id)
    if request.draft is not None:
        row = own.filter(drafts__public_id=request.draft).first()
    if row is None and by_number:
        row = own.filter(partner_reference=by_number).first()
    if row is None:
        return None
    own_kinds = at_hand.kinds_of(given.question.function)
    if not reach.asked_by(given).filter(pk=row.pk).exists() or row.kind not in own_kinds:
        return NotSent((Problem(Fault.SENT_BEFORE, "partner_reference"),), reference=given.reference)
    given.note_subject("member", row.member_id)
    given.note_subject("authorization", row.number)
    return sent(given, row)


def _draft(given: Permit, request: Request) -> models.Draft | None:
    """The draft that is sent, locked. Raises UnknownDraft."""
    if request.draft is None:
        return None
    row = draft_rows.open_one(given, request.draft)
    if row is None or row.tax_id != request.tax_id:
        raise UnknownDraft
    return row


def _followed(given: Permit, public_id: UUID) -> models.Authorization:
    """The request that is asked about anew: one of their own, denied, in part too, or given up."""
    wanted = reach.asked_by(given).filter(public_id=public_id, state__in=_ASKED_ANEW)
    row = wanted.filter(kind__in=at_hand.kinds_of(given.question.function)).first()
    if row is None:
        raise UnknownRequest
    return row


def _said(need: Need) -> ServiceChecked:
    rule = need.verdict.rule
    return ServiceChecked(
        answer=need.answer.value,
        decider=need.decider,
        decider_contact=rule.decider_contact if rule and need.decider else "",
        questionnaire=need.questionnaire,
        text=rule.text if rule else "",
        citation=rule.citation if rule else "",
    )


def _conclusion(answer: Sent | NotSent) -> str:
    if isinstance(answer, Sent):
        return "sent_before" if answer.was_sent_before else f"sent_{answer.state}"
    return answer.faults[0].code.value if answer.faults else "warned"
