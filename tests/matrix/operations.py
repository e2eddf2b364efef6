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
from portico.edges.x12.claim_status import refusals as claim_refusals
from portico.edges.x12.connectivity import vocabulary
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.eligibility import refusals
from tests.matrix.standings import Standing
from tests.support import cast, patients
from tests.support.doors import x12, x12_authorizations, x12_claims
from tests.support.doors.core import Back, Call
from tests.support.doors.x12 import Sought
from tests.support.doors.x12_claims import SoughtClaim
from tests.support.programs import Program

OWN = Standing("own")
PAID, APPROVED = "F1:65", "A1"
NOBODYS = "00000000-0000-4000-8000-000000000000"
# How each pair of transactions asks, by its GS01 and GS08.
INQUIRIES: Mapping[tuple[str, str], Callable[..., str]] = {
    ("HS", "005010X279A1"): x12.inquiry,
    ("HR", "005010X212"): x12_claims.inquiry,
    ("HI", x12_authorizations.INQUIRY): x12_authorizations.inquiry,
    ("HI", x12_authorizations.REVIEW): x12_authorizations.request,
}
ELIGIBILITY, CLAIMS, REMITTANCES, ENCOUNTERS = "270", "276", "835", "837"
STANDINGS, REVIEWS = "278 inquiry", "278"
# What a payload type is about; one that is not here is about either.
_ABOUT = {
    PayloadType.REQUEST_270: ELIGIBILITY,
    PayloadType.FETCH_271: ELIGIBILITY,
    PayloadType.REQUEST_276: CLAIMS,
    PayloadType.INQUIRY_278: STANDINGS,
    PayloadType.REQUEST_278: REVIEWS,
    PayloadType.FETCH_277: CLAIMS,
    PayloadType.FETCH_835: REMITTANCES,
    PayloadType.REQUEST_837P: ENCOUNTERS,
    PayloadType.REQUEST_837I: ENCOUNTERS,
    PayloadType.FETCH_277CA: ENCOUNTERS,
}
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

    def may_ask(self, about: str) -> bool:
        """May it ask about that at all? For which tax ID is decided patient by patient."""
        is_open = self.standing.refused in (None, *_OF_ONE_QUESTION)
        return not self.error and is_open and (about == ELIGIBILITY or self.has_claims)

    @property
    def has_claims(self) -> bool:
        """Does it hold the claims function?"""
        return self.standing.key != "eligibility alone"


@dataclass(frozen=True, slots=True)
class Object:
    """What is asked for: somebody in a line, the batch of a partner (`owner`), or what never was.

    `about` is the kind of transaction a batch holds.
    """

    name: str
    sought: Sought
    line: str = ""
    payload_id: str = NOBODYS
    owner: str = ""
    about: str = ELIGIBILITY


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a cell: who asked for what, the answer, and the audit rows."""

    key: str
    asker: Asker
    one: Object
    back: Back
    rows: list[Any]
    about: str = ELIGIBILITY

    @property
    def is_own(self) -> bool:
        """Is it the asker's own batch, of what is asked about?"""
        return self.one.owner == self.key and self.one.about == self.about

    @property
    def may_ask(self) -> bool:
        """May the asker ask about that at all?"""
        return self.asker.may_ask(self.about)


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


def about(what: Call, one: Object, key: str) -> str:
    """What a message is about: what its type says, else what the batch it names is, where it is its own."""
    told = _ABOUT.get(PayloadType(what.payload_type))
    return told or (one.about if one.owner == key else ELIGIBILITY)


def inquiry(kind: str, one: Object, program: Program) -> str:
    """A question of that kind about somebody."""
    if kind in (STANDINGS, REVIEWS):
        return _authorization(kind, one, program)
    if kind != CLAIMS:
        return x12.inquiry(program.sender_id, [one.sought], tax_id=program.tax_id)
    sought = SoughtClaim(one.sought.member_id, one.sought.last_name)
    return x12_claims.inquiry(program.sender_id, [sought], tax_id=program.tax_id)


def _authorization(kind: str, one: Object, program: Program) -> str:
    sought = x12_authorizations.Sought(one.sought.member_id, one.sought.last_name)
    if kind == STANDINGS:
        return x12_authorizations.inquiry(program.sender_id, sought, tax_id=program.tax_id)
    tax_id, npi = program.tax_id, patients.NPI
    return x12_authorizations.request(program.sender_id, sought, tax_id=tax_id, requester=npi)


def payload(operation: Operation, kind: str, one: Object, program: Program) -> str:
    """What such a message brings, if anything."""
    asked = inquiry(kind, one, program)
    if operation in (Operation.REAL_TIME, Operation.BATCH_SUBMIT):
        return asked
    return x12.acknowledgement(asked) if operation is Operation.RESULTS_ACKNOWLEDGEMENT else ""


def real_time(heard: Heard) -> Iterator[str]:
    """A question is answered by a 271 or a 277, whatever it says, and leaves one audit row."""
    if check := {CLAIMS: _claim_status, STANDINGS: _standing, REVIEWS: _review}.get(heard.about):
        yield from check(heard)
        return
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


def _claim_status(heard: Heard) -> Iterator[str]:
    expected = _state(heard)
    told = [claim.state for claim in x12_claims.claims(heard.back.payload)]
    if told != [expected]:
        yield f"{told} instead of {expected}"
    if expected != PAID and (shown := set(patients.shown_in(heard.back.payload))):
        asked = " ".join((heard.one.sought.member_id, heard.one.sought.last_name))
        yield from (f"shows {canary}" for canary in shown if canary not in asked)
    yield from _one_row(heard)


def _state(heard: Heard) -> str:
    """STC01 of a question about a paid claim of the office whose tax ID is `OWN`."""
    standing = heard.asker.standing
    if standing.refused or not heard.asker.has_claims:
        refused = standing.refused or Reason.FUNCTION_NOT_GRANTED
        return ":".join(claim_refusals.REASONS[refused].state.composite)
    is_ours = heard.asker.program.tax_id == cast.OWN
    if is_ours and heard.one.line in standing.lines:
        return PAID
    return ":".join(claim_refusals.NOT_FOUND.state.composite)


def _standing(heard: Heard) -> Iterator[str]:
    """Each request of the office's own is told; nothing else is, whosever it is."""
    answer = x12_authorizations.answer(heard.back.payload)
    told = [*answer.rejections, *(one for event in answer.events for one in event.rejections)]
    found = [event.action for event in answer.events if event.action]
    standing = heard.asker.standing
    if standing.refused or not heard.asker.has_claims:
        expected: tuple[list[str], list[str]] = ([], ["41"])
    elif heard.asker.program.tax_id == cast.OWN and heard.one.line in standing.lines:
        expected = ([APPROVED], [])
    else:
        expected = ([], ["AA"])
    if (found, [one[3] for one in told]) != expected:
        yield f"{found} and {told} instead of {expected}"
    yield from _shows_nothing(heard, is_open=bool(found))
    yield from _one_row(heard)


def _review(heard: Heard) -> Iterator[str]:
    """A request is taken from the office whose provider asks, for somebody it may see."""
    answer = x12_authorizations.answer(heard.back.payload)
    told = [*answer.rejections, *(one for event in answer.events for one in event.rejections)]
    found = [event.action for event in answer.events if event.action]
    standing = heard.asker.standing
    if standing.refused or not heard.asker.has_claims:
        expected: tuple[list[str], list[str]] = ([], ["41"])
    elif heard.one.line not in standing.lines:
        expected = ([], ["75"])
    elif heard.asker.program.tax_id in (cast.OWN, cast.SECOND):  # the provider who asks bills under both
        expected = (["NA"], [])
    else:
        expected = ([], ["41"])
    if (found, [one[3] for one in told]) != expected:
        yield f"{found} and {told} instead of {expected}"
    yield from _shows_nothing(heard, is_open=bool(found))
    yield from _one_row(heard)


def _shows_nothing(heard: Heard, *, is_open: bool) -> Iterator[str]:
    if not is_open and (shown := set(patients.shown_in(heard.back.payload))):
        asked = " ".join((heard.one.sought.member_id, heard.one.sought.last_name))
        yield from (f"shows {canary}" for canary in shown if canary not in asked)


def submit(heard: Heard) -> Iterator[str]:
    """A batch is taken in from whoever may ask at all: under any name but one of its own that is used up."""
    yield from _said(heard, "PayloadIDIllegal" if heard.one.owner == heard.key else "Success")


def fetch(heard: Heard) -> Iterator[str]:
    """A file is handed to whoever handed its batch in; to everybody else there is no such batch."""
    if heard.about == REMITTANCES:
        yield from _delivered(heard)
        return
    yield from _said(heard, "Success" if heard.is_own else "PayloadIDIllegal")
    if bool(heard.back.payload) != (heard.is_own and heard.may_ask):
        yield f"hands over {len(heard.back.payload)} bytes"


def _delivered(heard: Heard) -> Iterator[str]:
    """Payments go to whoever may see them whole, whatever batch is named; the one there is, is of the HMO."""
    yield from _said(heard, "Success")
    may_see = cast.OWN in heard.asker.program.person.tax_ids and cast.HMO in heard.asker.standing.lines
    if ("ST*835" in heard.back.payload) != (heard.may_ask and may_see):
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
    expected = error if heard.may_ask else "UnAuthorized"
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
