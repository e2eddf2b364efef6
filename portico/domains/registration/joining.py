"""An office that is here already: the wish to join it is kept, its administrators are named after a proof.

    recognised -> a code to a mail address the plan has on file of that office -> its administrators are named

Whoever has only read an office's numbers somewhere learns nothing of its people. Three codes are sent and
five wrong ones borne, in all, and one mailbox gets twelve a day, whoever asks: then the plan's desk helps.
"""

import hmac
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError

from portico.domains.access import personas
from portico.domains.accounts.proving import contact_proofs, proof_rules
from portico.domains.accounts.proving.proof_rules import Way
from portico.domains.accounts.proving.provers import Contact
from portico.domains.notifications import notices, outbox
from portico.domains.offices import contacts as office_contacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import budgets, events, finding, models, transaction_ids
from portico.domains.registration import finishing_rules as rules
from portico.domains.registration.budgets import Budget
from portico.domains.registration.claims import Reason
from portico.domains.registration.finding import TooManyTries

__all__ = ["Choice", "Joining", "TooManyTries", "contacts", "prove", "recognise", "send_code"]

NOTICE: Final = "join_request"
MAIL: Final = "join_code"
ACCEPTED, REFUSED = "accepted", "refused"
"""How a wish ends (join_inbox)."""
State = models.Application.State


@dataclass(frozen=True, slots=True)
class Choice:
    """A mail address on file of the office: its key, and what is shown of it, masked."""

    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Joining:
    """How far it is: the addresses a code may go to, and where the last went, masked ("" nowhere yet).

    `code_is_open`: a code was sent that works still. `administrators`: their names, once a code was right;
    until then None.
    """

    choices: tuple[Choice, ...]
    sent_to: str
    sends_left: int
    tries_left: int
    code_is_open: bool
    administrators: tuple[str, ...] | None = None


def recognise(given: Permit, application: models.Application, office_id: int) -> None:
    """The office is here already: the application becomes a wish to join it, its administrators are told.

    Within the permit of whoever found it out, with the application held.
    """
    at = given.actor.asked_at
    application.state, application.decision = State.RECOGNISED, Reason.OFFICE_EXISTS
    by_desk = given.question.function is Function.REGISTRATION_REVIEW
    application.decided_at, application.decided_by = at, given.actor.user_id if by_desk else None
    application.save(update_fields=["state", "decision", "decided_at", "decided_by"])
    models.JoinRequest.objects.create(application=application, office_id=office_id, made_at=at)
    events.note(given, application, events.Kind.RECOGNISED)
    given.note_subject("office", str(office_id))
    notices.tell_office(office_id=office_id, kind=NOTICE, context={"reference": given.reference}, now=at)


def contacts(*, actor: Actor, transaction_id: str, address: str) -> Joining | None:
    """How far it is; None where the application is no wish to join, or there is none.

    `address` is the network address that asks. Raises BadIdentifier, TooManyTries, as all here.
    """
    number = transaction_ids.parse(transaction_id)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address)
        request = _request(given, found.application)
        joining = None if request is None else _shown(given, request, "join_request_shown")
    found.check_open()
    return joining


def send_code(*, actor: Actor, transaction_id: str, address: str, key: str) -> Joining | None:
    """Mail a code of six digits to that address of the office (Choice.key), and answer how far it is.

    Any code before it works no more. Nothing is sent where no send or no try is left.
    """
    number = transaction_ids.parse(transaction_id)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address, hold=True)
        request = _request(given, found.application)
        joining = None if request is None else _shown(given, request, _sent(given, request, key))
    found.check_open()
    return joining


def prove(*, actor: Actor, transaction_id: str, address: str, code: str) -> Joining | None:
    """Is it the code that was sent last, in time? Then `administrators` are named, from now on.

    A wrong one is counted; after the fifth no code is looked at any more.
    """
    number = transaction_ids.parse(transaction_id)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address, hold=True)
        request = _request(given, found.application)
        joining = None if request is None else _shown(given, request, _tried(given, request, code))
    found.check_open()
    return joining


def _request(given: Permit, application: models.Application | None) -> models.JoinRequest | None:
    """The open wish of the application; None, and so concluded, where there is none."""
    if application is None:
        return None
    request = models.JoinRequest.objects.filter(application=application, ended_at__isnull=True).first()
    if request is None or application.state != State.RECOGNISED:
        given.conclude("no_join_request")
        return None
    given.note_subject("office", str(request.office_id))
    return request


def _sent(given: Permit, request: models.JoinRequest, key: str) -> str:
    contact = _on_file(given, request).get(key)
    if contact is None:
        return "join_contact_unknown"
    if request.proven_at or not _sends_left(request) or not _tries_left(request):
        return "join_code_not_sent"
    if not _may_be_mailed(given, contact.value):
        request.codes_sent = rules.MOST_CODES
        request.save(update_fields=["codes_sent"])
        return "join_code_not_sent"
    code = rules.new_code()
    request.contact, request.codes_sent = key, request.codes_sent + 1
    request.code_index, request.code_expires_at = (
        _index(request, code),
        given.actor.asked_at + rules.CODE_LASTS,
    )
    request.save(update_fields=["contact", "codes_sent", "code_index", "code_expires_at"])
    try:
        outbox.enqueue(to=contact.value, template=MAIL, context={"secret": code})
    except ValidationError:
        return "join_contact_unreachable"
    return "join_code_sent"


def _may_be_mailed(given: Permit, to: str) -> bool:
    """Whoever sends one registration after the other guesses no further, and fills nobody's mailbox."""
    at = given.actor.asked_at
    if budgets.closed_until(Budget.JOIN_CODE, to, at=at) is not None:
        return False
    budgets.spend(Budget.JOIN_CODE, to, at=at)
    return True


def _tried(given: Permit, request: models.JoinRequest, code: str) -> str:
    if not _is_open(given, request):
        return "join_code_over"
    typed = _index(request, "".join(filter(str.isalnum, code)))
    if hmac.compare_digest(bytes(request.code_index or b""), typed):
        request.proven_at, request.code_index = given.actor.asked_at, None
        request.save(update_fields=["proven_at", "code_index"])
        return "join_contact_shown"
    request.misses += 1
    if not _tries_left(request):
        request.code_index = None
    request.save(update_fields=["misses", "code_index"])
    return "join_code_wrong"


def _shown(given: Permit, request: models.JoinRequest, conclusion: str) -> Joining:
    given.conclude(conclusion)
    on_file = _on_file(given, request)
    shown = {key: proof_rules.masked(contact.way, contact.value) for key, contact in on_file.items()}
    return Joining(
        choices=tuple(Choice(key, masked) for key, masked in shown.items()),
        sent_to=shown.get(request.contact, ""),
        sends_left=_sends_left(request),
        tries_left=_tries_left(request),
        code_is_open=_is_open(given, request),
        administrators=_names(request) if request.proven_at else None,
    )


def _names(request: models.JoinRequest) -> tuple[str, ...]:
    return tuple(each.name for each in personas.administrators_of(request.office_id))


def _on_file(given: Permit, request: models.JoinRequest) -> dict[str, Contact]:
    """The office's mail addresses on file, by key."""
    found = office_contacts.on_file([request.office_id], on=given.actor.today)
    mails = (Contact(Way.MAIL, value) for kind, value in found if kind == "email")
    return {contact_proofs.key_of(contact): contact for contact in mails}


def _sends_left(request: models.JoinRequest) -> int:
    return max(rules.MOST_CODES - request.codes_sent, 0)


def _tries_left(request: models.JoinRequest) -> int:
    return max(rules.MOST_WRONG_CODES - request.misses, 0)


def _is_open(given: Permit, request: models.JoinRequest) -> bool:
    expires_at = request.code_expires_at
    in_time = expires_at is not None and given.actor.asked_at < expires_at
    return request.code_index is not None and in_time and _tries_left(request) > 0


def _index(request: models.JoinRequest, code: str) -> bytes:
    made: bytes = settings.PORTICO_VAULT.index(code, purpose=f"code of join request {request.pk}")
    return made
