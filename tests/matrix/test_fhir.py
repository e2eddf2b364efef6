"""Every interaction of the FHIR server, as its own statement lists them, by everybody, with every object.

The cells are made from the statement and the routes: an interaction, a parameter or a route that has no cell
here fails. What is hidden and what is not there are answered alike.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portico.domains.permits import rules
from portico.domains.permits.questions import Scope
from portico.domains.permits.reasons import Reason
from tests.matrix import interactions, routes, standings
from tests.matrix.interactions import PARAMETERS, Cell, Place, cells
from tests.matrix.standings import STANDINGS, Bearer
from tests.support import cast, patients
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.doors import fhir

LEAST_CELLS = 1_400
REFERENCE = re.compile(r"Reference: [0-9A-HJKMNP-TV-Z]{12}\.")
OPEN = ("fhir_metadata", "smart_configuration", "fhir_smart_configuration")
ELSEWHERE = {"fhir_token", "fhir_unknown"}
BY_KEY = {standing.key: standing for standing in STANDINGS}
NOT_LET_IN = ("anonymous", "a wrong token", "a person's session", "a partner's password", "revoked")
OF_ONE_LETTER = {"scopes to read": "r", "scopes to search": "s"}


@dataclass(frozen=True, slots=True)
class Expected:
    """The status, and why it is refused or the id of what is found; neither where nothing is."""

    status: int
    reason: Reason | None = None
    found: str = ""


@dataclass(slots=True)
class Matrix:
    """The small world with a bearer of every standing; what every request did is undone."""

    bearers: Mapping[str, Bearer]
    places: tuple[Place, ...]
    asked: int = 0

    def ask(self, cell: Cell, place: Place, key: str) -> tuple[Any, list[Any]]:
        """The answer of a cell, and the audit rows it left."""
        self.asked += 1
        cache.clear()
        before = worlds.last_use()
        undo = transaction.savepoint()
        answer = cell.ask(place, self.bearers[key])
        rows = worlds.uses(pk__gt=before)
        transaction.savepoint_rollback(undo)
        return answer, rows

    def check(self, cell: Cell, key: str) -> Iterator[str]:
        """What is not as it must be for one bearer, at every place."""
        without = set()
        for place in self.places:
            answer, rows = self.ask(cell, place, key)
            expected = expected_of(cell, place, key)
            for wrong in wrong_with(answer, rows, expected, cell):
                yield f"{cell.name} ({place.name}) as {key}: {wrong}"
            if not expected.found:
                told = _without_echo(answer)
                without.add(told)
                yield from (f"{cell.name} as {key} shows {what}" for what in patients.shown_in(told))
        if len(without) > 1:
            yield f"{cell.name} as {key} tells what is hidden from what is not there: {without}"


def expected_of(cell: Cell, place: Place, key: str) -> Expected:
    """What a bearer gets from a cell at a place."""
    refused = _refused(cell, key)
    if refused is not None:
        return Expected(401 if refused is Reason.NOT_SIGNED_IN else 403, refused)
    standing = BY_KEY.get(key, BY_KEY["own"])
    if place.line in standing.lines:
        return Expected(200, found=interactions.key_of(cell.kind, place))
    return Expected(404 if cell.letter == "r" else 200)


def _refused(cell: Cell, key: str) -> Reason | None:
    if key in NOT_LET_IN:
        return Reason.NOT_SIGNED_IN
    if key in BY_KEY:
        return BY_KEY[key].refused
    holds = OF_ONE_LETTER.get(key) == cell.letter or key == f"scopes of {cell.kind}"
    return None if holds else Reason.SCOPE_NOT_GRANTED


def wrong_with(answer: Any, rows: list[Any], expected: Expected, cell: Cell) -> Iterator[str]:
    """What is not as expected of an answer and of the audit."""
    if answer.status_code != expected.status:
        yield f"{answer.status_code} instead of {expected.status}"
        return
    if [row.reference for row in rows] != [answer.headers.get("X-Request-Id")]:
        yield f"left {len(rows)} audit rows, or tells another reference"
        return
    body = answer.json()
    if expected.reason:
        codes = [issue["details"]["coding"][0]["code"] for issue in body["issue"]]
        if not codes == rows[0].reasons == [expected.reason]:
            yield f"refused for {codes}, in the audit for {rows[0].reasons}"
    elif expected.status == 200:
        found = [body] if cell.letter == "r" else fhir.resources(body, cell.kind)
        if [one["id"] for one in found] != ([expected.found] if expected.found else []):
            yield f"found {[one['id'] for one in found]}"


def _without_echo(answer: Any) -> str:
    """An answer without its reference, and without the search it answers."""
    body = answer.json()
    told = json.dumps({name: said for name, said in body.items() if name != "link"})
    own = ("X-Request-Id", "Content-Length")
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    return f"{answer.status_code} {headers} {REFERENCE.sub('', told)}"


@pytest.fixture
def matrix(db: None) -> Iterator[Matrix]:
    """One instant."""
    del db
    with time_machine.travel(NOW, tick=False):
        world = worlds.build()
        yield Matrix(standings.tokens(world), interactions.places(world))


def test_every_cell(matrix: Matrix, subtests: pytest.Subtests) -> None:
    for cell in cells():
        with subtests.test(cell.name):
            assert [wrong for key in matrix.bearers for wrong in matrix.check(cell, key)] == []
    assert matrix.asked >= LEAST_CELLS


def test_a_door_left_open_is_noticed(matrix: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_opens", lambda grant, actor, question: True)
    monkeypatch.setattr(Scope, "lines", lambda scope: None)
    (read, *_) = cells()
    hidden, over = list(matrix.check(read, "one line")), list(matrix.check(read, "grants over"))
    assert "read Patient (in the HMO) as one line: 200 instead of 404" in hidden
    assert "read Patient as one line shows Quillfeather" in hidden
    assert "read Patient (in Medi-Cal) as grants over: 200 instead of 403" in over


@pytest.mark.django_db
def test_every_route_of_the_edge_has_its_cells() -> None:
    used = {cell.route for cell in cells()} | set(OPEN) | ELSEWHERE
    assert set(routes.names("fhir")) == used


@pytest.mark.django_db
def test_every_parameter_with_a_cell_is_in_the_statement() -> None:
    (rest,) = fhir.get("metadata").json()["rest"]
    told = {(one["type"], each["name"]) for one in rest["resource"] for each in one["searchParam"]}
    assert told == set(PARAMETERS)


def test_what_is_open_is_the_same_to_everybody_and_leaves_no_row(matrix: Matrix) -> None:
    for route in OPEN:
        before = worlds.last_use()
        answers = [
            bearer.client.get(reverse(route), headers={"Authorization": f"Bearer {bearer.token}"})
            for bearer in matrix.bearers.values()
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert worlds.last_use() == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_no_method_but_those_of_the_interactions_gets_through(method: str, matrix: Matrix) -> None:
    place = matrix.places[0]
    before = worlds.last_use()
    for bearer in matrix.bearers.values():
        for path in (
            "Patient",
            f"Patient/{place.patient}",
            f"Coverage/{place.coverage}",
            "Coverage",
            "metadata",
        ):
            send: Any = getattr(bearer.client, method)
            headers = {"Authorization": f"Bearer {bearer.token}"}
            assert send(f"{fhir.BASE}/{path}", headers=headers).status_code == 405, path
    assert worlds.last_use() == before


def test_what_is_not_served_is_not_there_for_anybody(matrix: Matrix) -> None:
    before = worlds.last_use()
    for bearer in matrix.bearers.values():
        for path in ("", "Claim", "Patient/x/_history", "Patient/x/$everything", "$export", "patient"):
            answer = fhir.get(path, bearer.token, client=bearer.client)
            assert (path, answer.status_code) == (path, 404)
            assert answer.json()["resourceType"] == "OperationOutcome"
    assert worlds.last_use() == before


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({}, "invalid_request"),
        (
            {"grant_type": "password", "username": "front.desk", "password": cast.PASSWORD},
            "unsupported_grant_type",
        ),
        ({"grant_type": "client_credentials"}, "invalid_request"),
    ],
)
def test_no_token_is_given_for_less_than_an_assertion(
    matrix: Matrix, asked: Mapping[str, str], error: str
) -> None:
    for client in (Client(), matrix.bearers["a person's session"].client):
        answer = fhir.post("token", asked=asked, client=client)
        assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_key_of_another_kind_is_unknown(matrix: Matrix) -> None:
    bearer, place = matrix.bearers["own"], matrix.places[0]
    for path in (f"Patient/{place.coverage}", f"Coverage/{place.patient}", "Patient/1", "Coverage/1"):
        assert fhir.get(path, bearer.token).status_code == 404
