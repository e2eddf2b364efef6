"""One request, from its first byte to its answer, which never leaves before the log has it.

What an envelope can say is said in an envelope of the same kind, with HTTP's 200, whether it went well or
not: so the rule has it. HTTP's own codes are for what is no envelope at all (decision 0020).
"""

import traceback
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from portico.domains.access import machine_sign_in, strangers
from portico.domains.exchange import log
from portico.domains.exchange.log import Result
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor, Door
from portico.domains.plan import catalogue, days
from portico.edges.x12.connectivity import bodies, crowding, envelopes, fields, operations, soap_writing
from portico.edges.x12.connectivity.crowding import Crowded, Places
from portico.edges.x12.connectivity.fields import Checked, EnvelopeError
from portico.edges.x12.connectivity.messages import Answer, Message
from portico.edges.x12.connectivity.recording import Call
from portico.edges.x12.connectivity.refusals import Fault, Refused
from portico.edges.x12.connectivity.vocabulary import OPERATIONS, ErrorCode, Field, PayloadType

READING, ANSWERING = Places(settings.X12_AT_ONCE), Places(settings.X12_AT_ONCE)
_ENVELOPE_BYTES = 64 * 1024
_BASE64 = 4 / 3 * 1.03  # with a line end after every 76 characters
_REFUSED = "The user name and password are not those of a partner the plan exchanges with."
told = structlog.get_logger("portico.x12")


def answer(request: HttpRequest) -> HttpResponse:
    """The answer to a posted envelope; whatever happens, in words a program or its operator can act on."""
    call = Call(received_at=datetime.now(UTC))
    try:
        return _answered(request, call)
    except Crowded as crowded:
        return _plain(crowded, {"Retry-After": str(crowding.RETRY_AFTER_SECONDS)})
    except Refused as refused:
        _note_refusal(call, _code_of(refused))
        return _fault(refused) if isinstance(refused, Fault) else _plain(refused)
    except DatabaseError as error:
        _tell(error)
        headers = {"Retry-After": str(crowding.RETRY_AFTER_SECONDS)}
        return _plain(Refused(503, "The portal cannot answer now. Send the same again in a moment."), headers)
    except Exception as error:
        _tell(error)
        with suppress(DatabaseError):
            log.note(call.entry(Result.FAILED))
        return _plain(Refused(500, "The portal could not answer this. The plan's desk sees it in its log."))


def _answered(request: HttpRequest, call: Call) -> HttpResponse:
    content_type = request.META.get("CONTENT_TYPE", "")
    call.shape = envelopes.shape(content_type)
    most = int(settings.X12_BATCH_BYTES * _BASE64) + _ENVELOPE_BYTES
    with READING.one():
        body = bodies.read(request.META, most=most, seconds=settings.X12_BODY_SECONDS)
    with ANSWERING.one():
        call.bytes_received = len(body)
        call.message = envelopes.read(content_type, body)
        try:
            reply = _reply(request, call, call.message)
        except EnvelopeError as error:
            _note_refusal(call, error.code)
            reply = _error(call, call.message, error)
        media_type, written = envelopes.write(reply, call.shape)
        return HttpResponse(written, content_type=media_type, headers={"Content-Length": str(len(written))})


def _reply(request: HttpRequest, call: Call, message: Message) -> Answer:
    """The answer of an envelope that is what it must be, from somebody we know. Raises EnvelopeError."""
    call.checked = fields.check(message)
    call.actor = _sign_in(request, call, call.checked)
    _check_parties(call.actor, call.checked)
    return operations.perform(call, call.actor, call.checked)


def _note_refusal(call: Call, code: str) -> None:
    """Whoever did not sign in may fill so much of the log in a minute; a partner is always in it."""
    if call.actor is not None or strangers.has_room(Door.X12, call.received_at):
        log.note(call.entry(Result.REFUSED, error_code=code))


def _sign_in(request: HttpRequest, call: Call, checked: Checked) -> Actor:
    visitor = actors.visitor(asked_at=call.received_at, today=days.of(call.received_at), door=Door.X12)
    try:
        return machine_sign_in.by_password(
            visitor=visitor, username=checked.user_name, secret=checked.password, peer=_peer(request.META)
        )
    except machine_sign_in.NotSignedIn:
        raise EnvelopeError(ErrorCode.UNAUTHORIZED, _REFUSED) from None


def _check_parties(actor: Actor, checked: Checked) -> None:
    """The sender is who signed in, and the receiver is this plan."""
    if checked.sender_id.casefold() != actor.context.get("sender_id", "").casefold():
        raise fields.is_illegal(Field.SENDER_ID)
    if checked.receiver_id.casefold() != catalogue.identity().payer_id.casefold():
        raise fields.is_illegal(Field.RECEIVER_ID)


def _error(call: Call, message: Message, error: EnvelopeError) -> Answer:
    sent = message.fields.get(Field.SENDER_ID, "")
    return Answer(
        operation=call.operation,
        mode=OPERATIONS[call.operation].mode,
        payload_type=PayloadType.ERROR,
        payload_id=uuid4(),
        time_stamp=operations.time_stamp(call),
        sender_id=catalogue.identity().payer_id,
        receiver_id=sent if fields.is_well_formed(Field.SENDER_ID, sent) else "",
        error_code=error.code,
        error_message=error.words,
    )


def _peer(meta: Mapping[str, Any]) -> str:
    """The address it comes from; what a proxy says of it is believed of the configured number only."""
    hops = [hop.strip() for hop in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    proxies = settings.PROXY_COUNT
    return hops[-proxies] if proxies and len(hops) >= proxies else str(meta.get("REMOTE_ADDR", ""))


def _code_of(refused: Refused) -> str:
    return f"Fault{refused.code}" if isinstance(refused, Fault) else f"Http{refused.status}"


def _fault(fault: Fault) -> HttpResponse:
    media_type, written = soap_writing.write_fault(fault)
    return HttpResponse(written, status=fault.status, content_type=media_type)


def _plain(refused: Refused, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        refused.words + "\n", status=refused.status, content_type="text/plain; charset=utf-8", headers=headers
    )


def _tell(error: Exception) -> None:
    """What kind of error it was and where, without its text: that may quote what was sent."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    told.error("exchange_failed", error=type(error).__name__, at=at)
