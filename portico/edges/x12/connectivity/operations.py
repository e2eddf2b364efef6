"""What each operation of the rule does, for a partner that has signed in."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from uuid import UUID, uuid4

from django.conf import settings

from portico.domains.claims import payment_delivery
from portico.domains.exchange import log, submissions
from portico.domains.exchange.log import Operation, Result
from portico.domains.exchange.submissions import (
    AnotherContent,
    File,
    Kind,
    NoLongerOpen,
    TooManyWaiting,
    UnknownSubmission,
)
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import catalogue
from portico.edges.x12 import exchange, judging
from portico.edges.x12.connectivity import fields, remittances, services
from portico.edges.x12.connectivity.fields import Checked, EnvelopeError
from portico.edges.x12.connectivity.messages import Answer
from portico.edges.x12.connectivity.recording import Call
from portico.edges.x12.connectivity.refusals import Refused
from portico.edges.x12.connectivity.services import SERVICES, Service
from portico.edges.x12.connectivity.vocabulary import OPERATIONS, ErrorCode, Field, PayloadType, illegal
from portico.shared.x12 import tokens
from portico.shared.x12.faults import X12Error

REAL_TIME_BYTES = 256 * 1024
_BEGINNING = 4096
_FIRST_SEGMENTS = 8  # a TA1 stands before the first group
_REFUSALS = {
    exchange.Kind.ACKNOWLEDGEMENT: PayloadType.RESPONSE_999,
    exchange.Kind.INTERCHANGE_ACKNOWLEDGEMENT: PayloadType.RESPONSE_TA1,
}
_NOT_OPEN = "This partner holds no grant for transactions of this kind. The plan's desk can give it one."
_NO_LONGER_OPEN = "The results show what is no longer granted to this partner. Submit the batch again."
_NOT_YET = {
    Kind.ACKNOWLEDGEMENT: (PayloadType.NO_ACKNOWLEDGEMENT, "The acknowledgement is being made. Ask again."),
    Kind.RESULTS: (
        PayloadType.NO_RESULTS,
        "There are no results. Ask again, unless the acknowledgement rejected the batch.",
    ),
}


def perform(call: Call, actor: Actor, checked: Checked) -> Answer:
    """Does what is asked, notes it in the log, and answers. Raises EnvelopeError, Refused."""
    fields.check_payload(checked)
    try:
        return _OPERATIONS[checked.operation](call, actor, checked)
    except NotPermitted:
        raise EnvelopeError(ErrorCode.UNAUTHORIZED, _NOT_OPEN) from None
    except NoLongerOpen:
        raise EnvelopeError(ErrorCode.UNAUTHORIZED, _NO_LONGER_OPEN) from None
    except UnknownSubmission:
        words = "No batch of this sender is known by this PayloadID. Send the one it was submitted with."
        raise EnvelopeError(illegal(Field.PAYLOAD_ID), words) from None


def time_stamp(call: Call) -> str:
    """The time of an answer as the rule writes it."""
    return f"{call.received_at:%Y-%m-%dT%H:%M:%SZ}"


def _real_time(call: Call, actor: Actor, checked: Checked) -> Answer:
    if len(checked.payload) > REAL_TIME_BYTES:
        words = f"In real time a payload may have {REAL_TIME_BYTES} bytes. Send it as a batch."
        raise EnvelopeError(illegal(Field.PAYLOAD), words)
    service = SERVICES[checked.payload_type]
    try:
        reply = exchange.answer(checked.payload, actor=actor, now=call.received_at, guides=service.guides)
    except exchange.Unreadable as error:
        raise EnvelopeError(illegal(Field.PAYLOAD), f"The payload cannot be read: {error}") from error
    is_answer = reply.kind is exchange.Kind.ANSWER
    payload_type = (service.answer or "") if is_answer else _REFUSALS[reply.kind]
    entry = call.entry(
        Result.ANSWERED if is_answer else Result.REJECTED,
        acknowledgement="" if is_answer else reply.kind,
        interchange=reply.interchange,
        request_count=reply.request_count,
        sets=reply.sets,
    )
    noted = log.note(entry, write=lambda number: reply.write(int(number)))
    return _answer(call, checked, payload_type, payload=noted.written)


def _batch_submit(call: Call, actor: Actor, checked: Checked) -> Answer:
    if len(checked.payload) > settings.X12_BATCH_BYTES:
        words = f"A batch may have {settings.X12_BATCH_BYTES} bytes. Send it in several."
        raise EnvelopeError(illegal(Field.PAYLOAD), words)
    service = SERVICES[checked.payload_type]
    _check_beginning(checked.payload, service)
    try:
        receipt = submissions.hand_in(
            actor=actor,
            function=service.function,
            job=service.job,
            payload_id=checked.payload_id,
            file=File(checked.payload_type, checked.payload),
            entry=call.entry(Result.ACCEPTED),
        )
    except AnotherContent:
        words = "Another batch was submitted under this PayloadID. Give each batch one of its own."
        raise EnvelopeError(illegal(Field.PAYLOAD_ID), words) from None
    except TooManyWaiting:
        raise Refused(503, "Too many batches of this sender wait already. Send it again later.") from None
    return _answer(call, checked, PayloadType.RECEIPT, payload_id=receipt.public_id)


def _check_beginning(payload: bytes, service: Service) -> None:
    """Whoever hands in what is no interchange is told now: no acknowledgement could be made of it later."""
    beginning = judging.judge(payload[:_BEGINNING], guides=service.guides)
    if not beginning.interchanges:
        words = beginning.unanswerable.message if beginning.unanswerable else "it is empty"
        raise EnvelopeError(illegal(Field.PAYLOAD), f"The payload cannot be read: {words}.")


def _fetch(kind: Kind) -> "_Operation":
    def fetch(call: Call, actor: Actor, checked: Checked) -> Answer:
        fetched = submissions.fetch(
            actor=actor,
            function=_function(actor, checked),
            name=checked.payload_id,
            kind=kind,
            entry=call.entry(Result.ANSWERED),
        )
        if fetched.file is None:
            payload_type, words = _NOT_YET[kind]
            return replace(_answer(call, checked, payload_type), error_message=words)
        file = fetched.file
        named = _answer(call, checked, file.payload_type, payload_id=fetched.public_id)
        return replace(named, payload=file.content)

    return fetch


def _fetch_results(call: Call, actor: Actor, checked: Checked) -> Answer:
    if checked.payload_type is PayloadType.FETCH_835:
        return _deliver(call, actor, checked)
    return _fetch(Kind.RESULTS)(call, actor, checked)


def _deliver(call: Call, actor: Actor, checked: Checked) -> Answer:
    """Payments belong to no batch: each partner gets those it has not had, under the name it asks by."""
    payments = payment_delivery.deliver(actor=actor, name=checked.payload_id)
    entry = call.entry(Result.ANSWERED, request_count=len(payments))
    if not payments:
        log.note(entry)
        words = "There is no payment that this partner has not fetched before."
        return replace(_answer(call, checked, PayloadType.NO_RESULTS), error_message=words)
    noted = log.note(
        entry,
        write=lambda number: remittances.write(
            payments, receiver=checked.sender_id, at=call.received_at, control_number=int(number)
        ),
    )
    return _answer(call, checked, PayloadType.RESPONSE_835, payload=noted.written)


def _acknowledge_results(call: Call, actor: Actor, checked: Checked) -> Answer:
    ours = _acknowledged(checked.payload)
    submissions.acknowledge_results(
        actor=actor,
        function=_function(actor, checked, our_interchange=ours),
        name=checked.payload_id,
        our_interchange=ours,
        entry=call.entry(Result.ACCEPTED),
    )
    return _answer(call, checked, PayloadType.ACKNOWLEDGED)


def _function(actor: Actor, checked: Checked, *, our_interchange: str = "") -> Function:
    """What the batch named was handed in for, among what the payload type may be about."""
    return submissions.function_of(
        actor=actor,
        among=services.functions(checked.payload_type),
        name=checked.payload_id,
        our_interchange=our_interchange,
    )


def _acknowledged(payload: bytes) -> str:
    """Our control number that a TA1 names (TA101); empty where there is none. Raises EnvelopeError."""
    try:
        for _, segment in islice(tokens.segments(payload), _FIRST_SEGMENTS):
            if segment[0] == "TA1" and len(segment) > 1:
                return segment[1]
    except X12Error as error:
        words = f"The payload cannot be read: {error.fault.message}"
        raise EnvelopeError(illegal(Field.PAYLOAD), words) from error
    return ""


def _answer(
    call: Call,
    checked: Checked,
    payload_type: str,
    *,
    payload_id: UUID | None = None,
    payload: bytes | None = None,
) -> Answer:
    return Answer(
        operation=checked.operation,
        mode=OPERATIONS[checked.operation].mode,
        payload_type=payload_type,
        payload_id=payload_id or uuid4(),
        time_stamp=time_stamp(call),
        sender_id=catalogue.identity().payer_id,
        receiver_id=checked.sender_id,
        payload=payload,
    )


_Operation = Callable[[Call, Actor, Checked], Answer]
_OPERATIONS: dict[Operation, _Operation] = {
    Operation.REAL_TIME: _real_time,
    Operation.BATCH_SUBMIT: _batch_submit,
    Operation.ACKNOWLEDGEMENT_RETRIEVAL: _fetch(Kind.ACKNOWLEDGEMENT),
    Operation.RESULTS_RETRIEVAL: _fetch_results,
    Operation.RESULTS_ACKNOWLEDGEMENT: _acknowledge_results,
}
