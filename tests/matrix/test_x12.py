"""Every operation of CORE connectivity, in every envelope, by every kind of partner, with every object.

The cells are made from the edge's own tables of operations and of transaction pairs: one without a cell here
fails. What is another partner's and what never was are answered alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from portico.domains.exchange import submissions
from portico.domains.exchange.log import Operation
from portico.edges.x12 import pairs
from portico.edges.x12.connectivity import operations as of_the_edge
from portico.edges.x12.connectivity import vocabulary
from tests.matrix import operations, routes, standings
from tests.matrix.operations import CHECKS, INQUIRIES, PEOPLE, Asker, Heard, Object
from tests.matrix.standings import STANDINGS
from tests.support import authorizations, cast, claims, patients, programs, remembering, visiting, working
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.doors import core, fhir, x12, x12_authorizations, x12_claims
from tests.support.doors.core import Back, Call, Envelope
from tests.support.programs import Program
from tests.support.world import World

LEAST_CELLS, PARTS = 2_300, 8
OWNERS = ("own", "eligibility alone", "another office's", "outside the network")
OF_CLAIMS = (("own", operations.CLAIMS),)
SUBMITTED = {
    operations.ELIGIBILITY: "X12_270_Request_005010X279A1",
    operations.CLAIMS: "X12_276_Request_005010X212",
}
_CHANGING = ("PayloadID", "TimeStamp", "ReceiverID", "Payload")


@dataclass(slots=True)
class Matrix:
    """The small world with a partner of every standing, some with a batch; every request is undone."""

    askers: Mapping[str, Asker]
    batches: tuple[Object, ...]
    asked: int = 0

    def send(self, operation: Operation, what: Call, one: Object, key: str, envelope: Envelope) -> Heard:
        """What comes of a cell."""
        self.asked += 1
        cache.clear()
        asker = self.askers[key]
        named = {"PayloadID": one.payload_id, **asker.changes}
        about = operations.about(what, one, key)
        payload = operations.payload(operation, about, one, asker.program)
        before = worlds.last_use()
        undo = transaction.savepoint()
        back = core.call(what, asker.program, payload, envelope=envelope, client=asker.client, **named)
        rows = worlds.uses(pk__gt=before)
        transaction.savepoint_rollback(undo)
        return Heard(key, asker, one, back, rows, about)


def wrong_cells(
    matrix: Matrix, operation: Operation, envelope: Envelope, part: slice = slice(None)
) -> Iterator[str]:
    """Every cell of an operation that is not as it must be, in one envelope, for a part of the askers."""
    objects = PEOPLE if operation is Operation.REAL_TIME else matrix.batches
    for what in operations.calls(operation):
        for key, asker in list(matrix.askers.items())[part]:
            heard = [matrix.send(operation, what, one, key, envelope) for one in objects]
            check = operations.stopped if asker.error else CHECKS[operation]
            for one in heard:
                yield from (f"{what.payload_type} ({one.one.name}) as {key}: {wrong}" for wrong in check(one))
            without = {_alike(one.back) for one in heard if asker.error or not _is_open(one)}
            if len(without) > 1:
                yield f"{what.payload_type} as {key} tells apart {without}"


def _is_open(heard: Heard) -> bool:
    """Is there something at all that this asker may have?"""
    return heard.one.owner == heard.key or heard.one.line in heard.asker.standing.lines


def _alike(back: Back) -> str:
    """An answer without what is each one's own, and without what it gives back of the question."""
    # An 835 has a control number of its own each time, which PostgreSQL does not take back.
    changing = (*_CHANGING, "CheckSum") if "ST*835" in back.payload else _CHANGING
    fields = {name: value for name, value in back.fields.items() if name not in changing}
    return f"{back.status} {fields} {list(_refusals(back.payload))}"


def _refusals(payload: str) -> Iterator[object]:
    """What is said in place of an answer: each AAA of a 271, each STC of a 277."""
    if "ST*835" in payload:
        yield "a payment"
    elif "ST*278" in payload:
        answer = x12_authorizations.answer(payload)
        yield [*answer.rejections, *(event.rejections for event in answer.events)]
    elif "ST*277" in payload:
        yield from (claim.states for claim in x12_claims.claims(payload))
    elif payload:
        yield from (patient.rejections for patient in x12.patients(payload))


@pytest.fixture
def matrix(db: None) -> Iterator[Matrix]:
    """One instant; some partners have each handed in a batch."""
    del db
    with time_machine.travel(NOW, tick=False):
        yield remembering.again("x12 matrix", _build)


def _build() -> Matrix:
    world = worlds.build()
    for number, (person, line) in enumerate((("ZEPHYRINE", cast.HMO), ("PERPETUA", cast.MEDI_CAL))):
        member_id = getattr(patients, person)
        paid = claims.decided(f"A{number}", member_id=member_id, subscriber_number=member_id, line_id=line)
        authorizations.approved(f"A{number}", member_id=member_id, subscriber_number=member_id, line_id=line)
        if line == cast.HMO:
            claims.payment([paid])
    partners = standings.partners(world)
    askers = {
        standing.key: Asker(
            partners[standing.key],
            error="" if standing.is_known else "UnAuthorized",
            standing=standing,
        )
        for standing in STANDINGS
    }
    return Matrix(askers | _not_let_in(world, partners["own"]), _batches(askers))


def _not_let_in(world: World, own: Program) -> dict[str, Asker]:
    """Whoever comes with something else than its own name, secret and sender ID."""
    person, session = world["front_desk"].person, visiting.sign_in(world["front_desk"])
    application, other = programs.application(world, "front_desk"), programs.partner(world, "outsider")
    nothing = {"UserName": None, "Password": None}
    with_token = {"UserName": application.name, "Password": fhir.token(application)}
    as_person = {"UserName": person.username, "Password": cast.PASSWORD}
    return {
        "anonymous": Asker(own, nothing, "UserNameRequired"),
        "a person's session": Asker(own, nothing, "UserNameRequired", session),
        "without a password": Asker(own, {"Password": None}, "PasswordRequired"),
        "a wrong password": Asker(own, {"Password": "wrong"}, "UnAuthorized"),
        "another's password": Asker(own, {"Password": other.secret}, "UnAuthorized"),
        "an unknown name": Asker(own, {"UserName": "nobody-abcd1234"}, "UnAuthorized"),
        "a person's own": Asker(own, as_person, "UnAuthorized", session),
        "an application's token": Asker(own, with_token, "UnAuthorized"),
        "as another sender": Asker(own, {"SenderID": other.sender_id}, "SenderIDIllegal"),
        "to another plan": Asker(own, {"ReceiverID": "OTHERPLAN"}, "ReceiverIDIllegal"),
    }


def _batches(askers: Mapping[str, Asker]) -> tuple[Object, ...]:
    """A batch of each owner, and one that never was."""
    sought, found = PEOPLE[0].sought, []
    for key, about in (*((key, operations.ELIGIBILITY) for key in OWNERS), *OF_CLAIMS):
        asker, name = askers[key], str(uuid4())
        what = replace(core.SUBMIT, payload_type=SUBMITTED[about])
        one = Object(f"the batch of {key}", sought, payload_id=name, owner=key, about=about)
        payload = operations.inquiry(about, one, asker.program)
        assert core.call(what, asker.program, payload, PayloadID=name).error == "Success"
        found.append(one)
    working.work()
    return (*found, Object("nobody's batch", sought))


# Each part has rows of its own: what thousands of requests undid in one transaction slows PostgreSQL down.
@pytest.mark.parametrize("part", range(PARTS))
def test_every_cell(part: int, matrix: Matrix, subtests: pytest.Subtests) -> None:
    for envelope, operation in product(Envelope, CHECKS):
        with subtests.test(f"{operation} in {envelope}"):
            assert list(wrong_cells(matrix, operation, envelope, slice(part, None, PARTS))) == []
    assert matrix.asked >= LEAST_CELLS // PARTS


def test_a_door_left_open_is_noticed(matrix: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    everybodys = apps.get_model("exchange", "Submission").objects.all()
    monkeypatch.setattr(submissions, "_own", lambda given: everybodys)
    found = list(wrong_cells(matrix, Operation.ACKNOWLEDGEMENT_RETRIEVAL, Envelope.MIME))
    asked = "X12_999_RetrievalRequest_005010X231A1"
    assert f"{asked} (the batch of another office's) as own: Success instead of PayloadIDIllegal" in found
    assert f"{asked} (the batch of own) as eligibility alone: Success instead of PayloadIDIllegal" in found


def test_every_operation_has_its_cells() -> None:
    spoken = set(Operation) - {Operation.RESULTS}  # how the log names results that nobody asked for yet
    assert set(CHECKS) == set(vocabulary.OPERATIONS) == set(of_the_edge._OPERATIONS) == spoken


def test_every_pair_of_transactions_has_its_cells() -> None:
    assert set(INQUIRIES) == set(pairs.PAIRS)


def test_the_edge_has_one_address() -> None:
    assert routes.names("x12") == ("core_connectivity",)


def test_no_other_edge_than_those_of_the_matrix_has_an_address() -> None:
    assert routes.edges() == {"web", "x12", "fhir"}


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_no_method_but_post_gets_through(method: str, matrix: Matrix) -> None:
    before = worlds.last_use()
    for asker in matrix.askers.values():
        assert getattr(asker.client, method)(core.ADDRESS).status_code == 405
    assert worlds.last_use() == before


def test_its_description_is_open_and_leaves_no_row(matrix: Matrix) -> None:
    before = worlds.last_use()
    for asker in matrix.askers.values():
        answers = [asker.client.get(f"{core.ADDRESS}?{what}") for what in ("wsdl", "xsd")]
        assert [answer.status_code for answer in answers] == [200, 200]
    assert worlds.last_use() == before
