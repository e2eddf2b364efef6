"""The operations of CORE connectivity as cells: who connects, what is asked for, what each operation answers.

A check answers what is not as it must be of one cell, given the answer and the audit rows it left.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from portico.domains.exchange.log import Operation
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.reasons import Reason
from portico.edges.x12.connectivity import vocabulary
from portico.edges.x12.eligibility import refusals
from tests.matrix.standings import Standing
from tests.support import cast, patients
from tests.support.doors import x12
from tests.support.doors.core import Back, Call
from tests.support.doors.x12 import Sought
from tests.support.programs import Program

OWN = Standing("own")
NOBODYS = "00000000-0000-4000-8000-000000000000"
# How each pair of transactions asks, by its GS01 and GS08.
INQUIRIES: Mapping[tuple[str, str], Callable[..., str]] = {("HS", "005010X279A1"): x12.inquiry}
_OF_ONE_QUESTION = (Reason.NOT_PARTICIPATING, Reason.TAX_ID_NOT_GRANTED)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who connects: the partner behind it, and what of its envelope is not as it should be.

    `error` is the rule's answer to that; empty where the envelope is in order.
    """

    program: Program
    changes: Mapping[str, str | None] = field(default_factory=dict)
    error: str = ""
    client: Client = field(default_factory=Client)
    standing: Standing = OWN

    @property
    def may_ask(self) -> bool:
        """May it ask for anything at all? For which tax ID is decided patient by patient."""
        return not self.error and self.standing.refused in (None, *_OF_ONE_QUESTION)


@dataclass(frozen=True, slots=True)
class Object:
    """What is asked for: somebody in a line, the batch of a partner (`owner`), or what never was."""

    name: str
    sought: Sought
    line: str = ""
    payload_id: str = NOBODYS
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a cell: who asked for what, the answer, and the audit rows."""

    key: str
    asker: Asker
    one: Object
    back: Back
    rows: list[Any]

    @property
    def is_own(self) -> bool:
        """Is it the asker's own batch?"""
        return self.one.owner == self.key


PEOPLE = (
    Object("in the HMO", Sought(patients.ZEPHYRINE, "Quillfeather"), cast.HMO),
    Object("in Medi-Cal", Sought(patients.PERPETUA, "Quillfeather"), cast.MEDI_CAL),
    Object("nobody's", Sought("NLZZ0000", "Quillfeather")),
)


def calls(operation: Operation) -> Iterator[Call]:
    """The messages that ask for an operation, as the edge's table has them."""
    traits = vocabulary.OPERATIONS[operation]
    for payload_type in traits.types:
        yield Call(traits.mode, payload_type, traits.request, counted=traits.counted)


def payload(operation: Operation, one: Object, program: Program) -> str:
    """What such a message brings, if anything."""
    inquiry = x12.inquiry(program.sender_id, [one.sought], tax_id=program.tax_id)
    if operation in (Operation.REAL_TIME, Operation.BATCH_SUBMIT):
        return inquiry
    return x12.acknowledgement(inquiry) if operation is Operation.RESULTS_ACKNOWLEDGEMENT else ""


def real_time(heard: Heard) -> Iterator[str]:
    """A question is answered by a 271, whatever it says, and leaves one audit row."""
    expected = _rejections(heard)
    told = [patient.rejections for patient in x12.patients(heard.back.payload)]
    if told != [expected]:
        yield f"{told} instead of {expected}"
    if expected:
        asked = " ".join((heard.one.sought.member_id, heard.one.sought.last_name))
        said = re.sub(r"TRN\*1\*[^~]*~", "", heard.back.payload)  # ours is random
        shown = patients.shown_in(said)
        yield from (f"shows {canary}" for canary in shown if canary not in asked)
    yield from _one_row(heard)


def submit(heard: Heard) -> Iterator[str]:
    """A batch is taken in from whoever may ask at all: under any name but one of its own that is used up."""
    yield from _said(heard, "PayloadIDIllegal" if heard.is_own else "Success")


def fetch(heard: Heard) -> Iterator[str]:
    """A file is handed to whoever handed its batch in; to everybody else there is no such batch."""
    yield from _said(heard, "Success" if heard.is_own else "PayloadIDIllegal")
    if bool(heard.back.payload) != (heard.is_own and heard.asker.may_ask):
        yield f"hands over {len(heard.back.payload)} bytes"


def acknowledge(heard: Heard) -> Iterator[str]:
    """Results are acknowledged by whoever they were made for."""
    yield from _said(heard, "Success" if heard.is_own else "PayloadIDIllegal")


CHECKS: Mapping[Operation, Callable[[Heard], Iterator[str]]] = {
    Operation.REAL_TIME: real_time,
    Operation.BATCH_SUBMIT: submit,
    Operation.ACKNOWLEDGEMENT_RETRIEVAL: fetch,
    Operation.RESULTS_RETRIEVAL: fetch,
    Operation.RESULTS_ACKNOWLEDGEMENT: acknowledge,
}


def stopped(heard: Heard) -> Iterator[str]:
    """Who is not let in is told so by the rule's code, and gets nothing."""
    if (heard.back.error, heard.back.payload) != (heard.asker.error, ""):
        yield f"{heard.back.error} instead of {heard.asker.error}"


def _said(heard: Heard, error: str) -> Iterator[str]:
    expected = error if heard.asker.may_ask else "UnAuthorized"
    if heard.back.error != expected:
        yield f"{heard.back.error} instead of {expected}"
    yield from _one_row(heard)


def _one_row(heard: Heard) -> Iterator[str]:
    if [row.machine_id for row in heard.rows] != [heard.asker.program.number]:
        yield f"left {len(heard.rows)} audit rows, or another's"


def _rejections(heard: Heard) -> list[tuple[str, ...]]:
    """The AAA a question gets; none where somebody is found."""
    standing = heard.asker.standing
    if standing.refused is None and heard.one.line in standing.lines:
        return []
    if standing.refused:
        line = refusals.REASONS[standing.refused]
    else:
        line = refusals.NO_ANSWERS[NoAnswer.MEMBER_ID_NOT_FOUND]
    return [(line.loop.value, line.sound, line.code, line.follow_up)]
