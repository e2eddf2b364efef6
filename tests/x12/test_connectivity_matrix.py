"""Every operation of the rule for every kind of partner, in every envelope: what each gets, cell by cell.

The batch asked about is always the one that Lakeside's own software handed in.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from portico.domains.access import machines
from portico.domains.exchange.log import Operation
from portico.domains.permits.functions import Function
from portico.edges.x12.connectivity.vocabulary import OPERATIONS
from tests.support import systems
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.x12 import connecting
from tests.x12.connecting import ENVELOPES, Partner

pytestmark = pytest.mark.django_db

ASKED = {
    Operation.REAL_TIME: "real_time",
    Operation.BATCH_SUBMIT: "submit",
    Operation.ACKNOWLEDGEMENT_RETRIEVAL: "fetch_999",
    Operation.RESULTS_RETRIEVAL: "fetch_271",
    Operation.RESULTS_ACKNOWLEDGEMENT: "acknowledge",
}
OK, UNKNOWN, NO = "Success", "PayloadIDIllegal", "UnAuthorized"
ABOUT_A_BATCH = (
    Operation.ACKNOWLEDGEMENT_RETRIEVAL,
    Operation.RESULTS_RETRIEVAL,
    Operation.RESULTS_ACKNOWLEDGEMENT,
)
_EVERYTHING = dict.fromkeys(Operation, OK)
_NOTHING = dict.fromkeys(Operation, NO)
_OTHERS = _EVERYTHING | dict.fromkeys(ABOUT_A_BATCH, UNKNOWN)
_NOT_GRANTED = _NOTHING | {Operation.REAL_TIME: OK}  # the 271 says what is missing

CELLS: Mapping[str, Mapping[Operation, str]] = {
    "own": _EVERYTHING,
    "own, with its new secret": _EVERYTHING,
    "own, with its old secret": _EVERYTHING,
    "own, with an ended secret": _NOTHING,
    "own, with another's secret": _NOTHING,
    "own, revoked": _NOTHING,
    "another of the same office": _OTHERS,
    "another office's": _OTHERS,
    "without the function": _NOT_GRANTED,
    "with a grant that is over": _NOT_GRANTED,
    "nobody": _NOTHING,
}


def rotated(partner: Partner, overlap: int) -> str:
    """A new secret; the old one goes on for so many days."""
    machine = machines.named(actor=worlds.system(), sign_in_name=partner.username)
    days = timedelta(days=overlap)
    return machines.rotate(actor=worlds.system(), public_id=machine, overlap=days)


def revoked(partner: Partner) -> Partner:
    connecting.revoke(partner)
    return partner


def after_a_rotation(partner: Partner, overlap: int) -> Partner:
    rotated(partner, overlap)
    return partner


def granted(grant: Any) -> Partner:
    """Another partner of Lakeside that holds this alone."""
    return connecting.a_partner(sender_id="LAKESIDE02", grants=(grant,))


OVER = TODAY - timedelta(days=1)
MAKES: Mapping[str, Callable[[Partner, Partner], Partner]] = {
    "own": lambda own, other: own,
    "own, with its new secret": lambda own, other: Partner(own.username, rotated(own, 7), own.sender_id),
    "own, with its old secret": lambda own, other: after_a_rotation(own, 7),
    "own, with an ended secret": lambda own, other: after_a_rotation(own, 0),
    "own, with another's secret": lambda own, other: Partner(own.username, other.secret, own.sender_id),
    "own, revoked": lambda own, other: revoked(own),
    "another of the same office": lambda own, other: connecting.a_partner(sender_id="LAKESIDE02"),
    "another office's": lambda own, other: other,
    "without the function": lambda own, other: granted(systems.a_grant(Function.BENEFITS)),
    "with a grant that is over": lambda own, other: granted(systems.a_grant(last_on=OVER)),
    "nobody": lambda own, other: Partner("nobody", "0" * 32, own.sender_id),
}


def payload_of(operation: Operation) -> bytes | None:
    return connecting.a_270() if OPERATIONS[operation].brings else None


@pytest.mark.parametrize("kind", CELLS)
def test_every_cell(lakeside: Partner, hillcrest: Partner, kind: str) -> None:
    lakeside.post("submit", connecting.a_270())
    connecting.work()
    asker = MAKES[kind](lakeside, hillcrest)
    for envelope in ENVELOPES:
        for operation in OPERATIONS:
            code = CELLS[kind][operation]
            more = {"PayloadID": str(uuid4())} if operation is Operation.BATCH_SUBMIT else {}
            found = asker.post(ASKED[operation], payload_of(operation), envelope, **more)
            assert (operation, envelope, found["ErrorCode"]) == (operation, envelope, code)
            assert ("Payload" in found) is (code == OK and operation not in _WITHOUT_PAYLOAD)
            if code != OK or kind not in _ALLOWED:
                assert b"EB*1*" not in found.get("Payload", b"")


_WITHOUT_PAYLOAD = (Operation.BATCH_SUBMIT, Operation.RESULTS_ACKNOWLEDGEMENT)
_ALLOWED = ("own", "own, with its new secret", "own, with its old secret", "another of the same office")


def test_every_operation_has_its_cells() -> None:
    assert set(ASKED) == set(OPERATIONS)
    assert all(set(cells) >= set(OPERATIONS) for cells in CELLS.values())
    assert set(MAKES) == set(CELLS)
