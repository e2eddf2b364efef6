"""Every way in which a stranger shows a transaction ID, a tracking number, or the link of a registration.

Whoever has a right one knows it, and is told of their own; no wrong one says that there is another.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import deciding, joining, models, transaction_ids
from portico.domains.registration.deciding_rules import Denial
from portico.domains.registration.tests import deciding_on, waiting, wishing
from portico.edges.web.network import words
from portico.edges.web.register import status
from portico.shared.identifiers import CROCKFORD
from tests.security import alike
from tests.security.alike import Side
from tests.security.ways import Sides, Way
from tests.support import cast, proving, registering
from tests.support.actors import NOW
from tests.support.world import World

Form = Mapping[str, Any]
WRONG_IDS, CLOSED = 5, "203.0.113.{}"
FORMS: Mapping[str, tuple[str, Form]] = {
    "looked up": ("register_status", {}),
    "with a correction": ("register_correct", {"npi": registering.NPI}),
    "with a file": ("register_document", {"kind": "licence"}),
    "with the last word": ("register_finish", {}),
    "for another link": ("register_renew", {}),
    "for the contacts of an office": ("register_office", {}),
    "for a code to an office": ("register_office", {"act": "send", "key": "x"}),
    "with a code": ("register_office", {"act": "prove", "code": "000000"}),
}
TRACKED = ("join_network_status", "join_network_withdraw")


def at(route: str, form: Form, browser: Client | None = None) -> Callable[[str], Side]:
    """The form with a number; a file is read once, so that each try has its own."""
    field = "tracking_number" if route in TRACKED else "transaction_id"

    def shown(number: str) -> Side:
        def ask() -> Any:
            file = {"file": proving.attached()} if route == "register_document" else {}
            sent = {**form, **file, field: number}
            return (browser or alike.stranger()).post(reverse(route), sent)

        return Side(ask, (number,))

    return shown


def _recognised(world: World, office: str = cast.HILLCREST) -> str:
    """A registration of an office that is here, a code on its way to the office."""
    number = transaction_ids.new()
    row = waiting.submitted(transaction_id=number, tax_ids=())
    with permit(waiting.visitor(), Function.REGISTRATION) as given:
        joining.recognise(given, row, world.offices[office])
        given.conclude("registration_recognised")
    whose: dict[str, Any] = {"actor": waiting.visitor(), "transaction_id": number, "address": ""}
    shown = joining.contacts(**whose)
    assert shown is not None
    sent = joining.send_code(**whose, key=shown.choices[0].key)
    assert sent is not None
    assert sent.code_is_open
    return number


def _at_offices(**form: str) -> Callable[[World], Sides]:
    """Right numbers of two who would join: an office that nobody administers, and one that somebody does."""

    def sides(world: World) -> Sides:
        world["administrator"]
        apps.get_model("offices", "Office").objects.update(contact_email="office@lake.example")
        numbers = {office: _recognised(world, office) for office in (cast.HILLCREST, cast.LAKESIDE)}
        return {key: at("register_office", form)(each) for key, each in numbers.items()}

    return sides


def _reissued(number: str) -> str:
    """The number once more: it is nobody's now, for the desk gave another."""
    row = models.Application.objects.get(transaction_index=transaction_ids.index(number))
    done, _ = deciding.reissue(actor=deciding_on.ana(), number=row.pk, proof="Called back.")
    assert done is deciding.Outcome.DONE
    return number


def in_every_state(world: World) -> dict[str, str]:
    """A right transaction ID of each state a registration can be in."""
    alike.stranger().get(reverse("register_status"))
    found = {"recognised": _recognised(world)}
    for state, decision in (
        ("approved", "approved"),
        ("denied", Denial.NOT_VERIFIED),
        ("lapsed", "approved"),
    ):
        row, found[state], _ = waiting.approved(tax_ids=())
        waiting.put(row, state=state, decision=decision)
    _, found["matched"] = waiting.matched(tax_ids=())
    for state in ("submitted", "returned"):
        found[state] = transaction_ids.new()
        row = waiting.submitted(transaction_id=found[state], tax_ids=())
        waiting.put(row, state=state, returned_at=NOW)
    return found


def wrong(world: World) -> dict[str, str]:
    """Numbers that are no transaction ID: of nothing, of a wish to join, and some that were one."""
    right = in_every_state(world)
    old = {f"before, {state}": _reissued(right[state]) for state in ("recognised", "submitted", "approved")}
    return {"nobody's": transaction_ids.new(), "a tracking number": a_wish(), **old}


def _wrong_trackings(world: World) -> dict[str, str]:
    right = in_every_state(world)
    a_wish()
    return {
        "nobody's": transaction_ids.new(),
        **{f"of what is {state}": each for state, each in right.items()},
    }


def _trackings(world: World) -> dict[str, str]:
    """Right tracking numbers, of what waits and what is answered."""
    del world
    found = {"answered": a_wish()}
    models.NetworkRequest.objects.update(state="declined", decided_at=NOW, reason="no_need")
    return {**found, "waits": a_wish()}


def a_wish() -> str:
    return wishing.ask(address="", regions=(), lines=(cast.HMO,)).tracking_number


def shown(
    route: str, form: Form, numbers: Callable[[World], dict[str, str]] = wrong
) -> Callable[[World], Sides]:
    def sides(world: World) -> Sides:
        return {key: at(route, form)(each) for key, each in numbers(world).items()}

    return sides


def mistyped(route: str, form: Form, numbers: Callable[[World], dict[str, str]]) -> Callable[[World], Sides]:
    """One sign of each is wrong: of a number that is nobody's, and of some that are somebody's."""

    def sides(world: World) -> Sides:
        known = {"nobody's": transaction_ids.new(), **numbers(world)}
        return {key: at(route, form)(slip(each)) for key, each in known.items()}

    return sides


def slip(number: str) -> str:
    return number[:-1] + CROCKFORD[(CROCKFORD.index(number[-1]) + 1) % len(CROCKFORD)]


def closed(
    route: str, form: Form, numbers: Callable[[World], dict[str, str]], last: int
) -> Callable[[World], Sides]:
    """From a network that five wrong numbers came from: those of somebody are looked at as little."""

    def sides(world: World) -> Sides:
        there = Client(REMOTE_ADDR=CLOSED.format(last))
        for _ in range(WRONG_IDS):
            at(route, form, there)(transaction_ids.new()).ask()
        known = {"nobody's": transaction_ids.new(), **numbers(world)}
        return {key: at(route, form, there)(each) for key, each in known.items()}

    return sides


IDS = {
    f"{what}, {key}": way
    for key, (route, form) in FORMS.items()
    for what, way in (
        ("a wrong transaction ID", Way(route, shown(route, form), says=status.UNKNOWN)),
        (
            "a mistyped transaction ID",
            Way(route, mistyped(route, form, in_every_state), says="was mistyped"),
        ),
        (
            "a transaction ID from a closed network",
            Way(route, closed(route, form, in_every_state, 81), says="Too many wrong transaction IDs"),
        ),
    )
}
TRACKING_NUMBERS = {
    f"{what}, {route}": way
    for route in TRACKED
    for what, way in (
        ("a wrong tracking number", Way(route, shown(route, {}, _wrong_trackings), says=words.UNKNOWN)),
        ("a mistyped tracking number", Way(route, mistyped(route, {}, _trackings), says="was mistyped")),
        (
            "a tracking number from a closed network",
            Way(route, closed(route, {}, _trackings, 82), says="Too many wrong tracking numbers"),
        ),
    )
}
OFFICES = {
    "the contacts of an office": Way("register_office", _at_offices(), says="Enter the code"),
    "another code to an office": Way(
        "register_office", _at_offices(act="send", key="x"), says="Enter the code"
    ),
    "a wrong code of an office": Way(
        "register_office", _at_offices(act="prove", code="000000"), says="This is not the code we sent"
    ),
}
WAYS = {**IDS, **TRACKING_NUMBERS, **OFFICES}
