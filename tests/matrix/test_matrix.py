"""Every cell of the matrix, asked through the pages as a browser would."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import zip_longest
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from portico.domains.access import granting
from portico.domains.members import lookups
from portico.shared import identifiers
from tests.matrix import routes
from tests.matrix.cells import CELLS
from tests.matrix.outcomes import NOT_ALLOWED, Outcome
from tests.matrix.places import Call
from tests.support import patients, visiting, world
from tests.support.cast import ACTORS, VISITOR
from tests.support.world import World

METHODS = ("GET", "POST")
# Ids, tokens and references, in which four signs of a canary may stand by chance.
RANDOM = re.compile(
    '[0-9a-f]{8}-[0-9a-f-]{27}|name="(?:csrfmiddlewaretoken|once)" value="[^"]*"'
    "|<code>[0-9A-HJKMNP-TV-Z]{12}</code>"
)
TAX_ID_DIGITS = 9
LEAST_CELLS, PARTS = 4_800, 8


@dataclass(slots=True)
class Matrix:
    """One browser that takes everybody's cookies in turn; what every request did is undone."""

    world: World
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    jars: dict[str, str] = field(default_factory=dict)
    cells: int = 0
    sent: Mapping[str, Any] = field(default_factory=dict)

    def sign_everybody_in(self) -> None:
        """Sign in the whole cast; then suspend a persona and disable a user while their sessions are open."""
        for actor in ACTORS:
            self.browser.cookies.clear()
            if actor != VISITOR:
                visiting.sign_in(self.world[actor], self.browser)
            self.jars[actor] = self.browser.cookies.output(header="", sep=";")
        granting.suspend_persona(actor=world.system(), persona_id=self.world["suspended"].persona_id)
        world.disable(self.world["disabled"])

    def take_cookies_of(self, actor: str) -> None:
        """Go on as that actor's browser."""
        self.browser.cookies = SimpleCookie(self.jars[actor])

    def ask(self, route: str, call: Call, actor: str) -> tuple[Any, list[Any]]:
        """The answer to one request, and the audit rows it left."""
        self.take_cookies_of(actor)
        address = reverse(route, args=call.arguments(self.world, actor))
        before = world.last_use()
        self.cells += 1
        undo = transaction.savepoint()
        self.sent = call.form(self.world, actor)
        send: Any = {"GET": self.browser.get, "POST": self.browser.post}[call.method]
        answer = send(address, self.sent)
        rows = world.uses(pk__gt=before)
        transaction.savepoint_rollback(undo)
        return answer, rows


def calls_of(route: str) -> Iterator[Call]:
    """The calls written down, and one for each method that is not: nobody gets through by another."""
    yield from CELLS[route]
    used = {call.method for call in CELLS[route]}
    first = CELLS[route][0]
    for method in METHODS:
        if method not in used:
            yield Call("a wrong method", dict.fromkeys(ACTORS, NOT_ALLOWED), method, first.arguments)


def wrong_with(answer: Any, rows: list[Any], expected: Outcome) -> Iterator[str]:
    """What is not as the cell says."""
    if answer.status_code != expected.status:
        yield f"{answer.status_code} instead of {expected.status}"
        return
    if expected.to and resolve(answer.headers["Location"].split("?")[0]).view_name != expected.to:
        yield f"leads to {answer.headers['Location']} instead of {expected.to}"
    if expected.status == 403:
        denied = [tuple(row.reasons) for row in rows if row.outcome == "denied"]
        if denied != [expected.reasons]:
            yield f"denied for {denied} instead of {expected.reasons}"
        elif rows[-1].reference not in answer.content.decode():
            yield "shows no reference"
    if expected.status in (302, 403, 404, 405):
        told = RANDOM.sub("", answer.content.decode() + answer.headers.get("Location", ""))
        yield from (f"shows {canary}" for canary in patients.shown_in(told))


# Each part has rows of its own: what thousands of requests undid in one transaction slows PostgreSQL down.
@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_cell(subtests: pytest.Subtests, part: int) -> None:
    matrix = Matrix(world.build())
    matrix.sign_everybody_in()
    for route in sorted(CELLS)[part::PARTS]:
        with subtests.test(route):
            assert not list(wrong_cells(matrix, route))
    assert matrix.cells >= LEAST_CELLS // PARTS


def wrong_cells(matrix: Matrix, route: str) -> Iterator[str]:
    """Every cell of a route that is not as it says, and every refusal that tells places apart."""
    said: dict[tuple[str, str, str, Outcome], dict[str, str]] = defaultdict(dict)
    for call in calls_of(route):
        for actor in ACTORS:
            expected = call.outcomes[actor]
            answer, rows = matrix.ask(route, call, actor)
            cell = f"{call.method} {route} ({call.place}) as {actor}"
            yield from (f"{cell}: {wrong}" for wrong in wrong_with(answer, rows, expected))
            if expected.status in (403, 404):
                said[(call.method, call.asks, actor, expected)][call.place] = _whole(answer, matrix.sent)
    for (method, _, actor, expected), by_place in said.items():
        (first, told), *others = by_place.items()
        for place, also_told in others:
            if told != also_told:
                apart = _first_difference(told, also_told)
                yield f"{method} {route} as {actor}: {expected.status} tells {first} from {place}: {apart}"


def _first_difference(one: str, other: str) -> str:
    lines = zip_longest(one.splitlines(), other.splitlines(), fillvalue="")
    return next((f"{a!r} is not {b!r}" for a, b in lines if a != b), "line ends")


def _whole(answer: Any, sent: Mapping[str, Any]) -> str:
    """The answer but for the tax ID that the asker typed, which a refusal says back to them."""
    said = f"{dict(answer.headers)}\n{visiting.as_said(answer)}"
    tax_id = str(sent.get("tax_id", ""))
    typed = (tax_id, identifiers.format_tax_id(tax_id)) if len(tax_id) == TAX_ID_DIGITS else ()
    for echo in typed:
        said = said.replace(echo, "as typed")
    return said


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_a_door_left_open_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = Matrix(world.build())
    matrix.sign_everybody_in()
    monkeypatch.setattr(lookups, "_is_owner", lambda actor, row: True)
    found = list(wrong_cells(matrix, "patient"))
    assert "GET patient (a colleague's) as front_desk: 200 instead of 404" in found
    assert "GET patient (another office's) as colleague: 403 instead of 404" in found


@pytest.mark.usefixtures("demo")
def test_every_route_has_its_cells() -> None:
    assert sorted(set(routes.names()) - set(CELLS)) == []


@pytest.mark.usefixtures("demo")
def test_no_cells_name_a_route_that_is_gone() -> None:
    assert sorted(set(CELLS) - set(routes.names())) == []


@pytest.mark.usefixtures("demo")
def test_no_two_routes_share_a_name() -> None:
    assert sorted(routes.names()) == sorted(set(routes.names()))


@pytest.mark.parametrize("route", sorted(CELLS))
def test_every_cell_names_every_actor(route: str) -> None:
    assert [call.place for call in CELLS[route] if set(call.outcomes) != set(ACTORS)] == []


def test_without_the_demo_its_pages_are_gone() -> None:
    assert {"mailbox", "demo_sign_ins"}.isdisjoint(routes.names())
