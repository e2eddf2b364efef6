"""The cells of offices outside the network, and of the desk that answers them."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from portico.domains.registration import models, transaction_ids
from portico.domains.registration.tests import registering, wishing
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, everybody, goes
from tests.matrix.places import Call
from tests.support import cast
from tests.support.world import World

ANYWHERE = "anywhere"
NOBODYS = places.fixed("999999")
SENT: Mapping[str, Any] = {
    "kind": "medical_group",
    "office_name": "Riverbend Pediatrics",
    "npi": registering.UNKNOWN_NPI,
    "tax_id": registering.UNKNOWN_TAX_ID,
    "lines": [cast.HMO],
    "contact_name": "Noor Haddad",
    "telephone": "(530) 555-0168",
    "email": "noor@riverbend.example",
}


def _request(world: World, actor: str) -> tuple[Any, ...]:
    """A wish that waits, made when a test first needs it; its number is as long as nobody's."""
    del actor
    if "wish" not in world.asked_for:
        _wish()
        world.asked_for["wish"] = f"{models.NetworkRequest.objects.latest('pk').pk:06}"
    return (world.asked_for["wish"],)


def _wish() -> str:
    """The tracking number of a new wish."""
    return wishing.ask(address="", regions=(), lines=(cast.HMO,)).tracking_number


def _named(world: World, actor: str) -> dict[str, str]:
    """The number of a wish of the actor's own."""
    del world, actor
    return {"tracking_number": _wish()}


def _answered(outcome: Outcome) -> Outcomes:
    return by_desk(Function.NETWORK_REVIEW, outcome)


def _act(**sent: str) -> tuple[Call, ...]:
    shown = _answered(goes("network_request"))
    return (
        Call("one that waits", shown, "POST", _request, places.sends(**sent)),
        Call("nobody's", shown, "POST", NOBODYS, places.sends(**sent)),
    )


_SLIP = places.sends(tracking_number="x")
CELLS: Mapping[str, tuple[Call, ...]] = {
    "join_network": (Call(ANYWHERE, everybody(PAGE)),),
    "join_network_ask": (
        Call(ANYWHERE, everybody(PAGE)),
        Call("sent", everybody(PAGE), "POST", form=lambda world, actor: dict(SENT)),
        Call("empty", everybody(INVALID), "POST", form=places.sends(npi="")),
    ),
    "join_network_status": (
        Call(ANYWHERE, everybody(PAGE)),
        Call("one that waits", everybody(PAGE), "POST", form=_named),
        Call("a slip", everybody(INVALID), "POST", form=_SLIP),
    ),
    "join_network_withdraw": (
        Call("one that waits", everybody(PAGE), "POST", form=_named),
        Call("a slip", everybody(INVALID), "POST", form=_SLIP),
    ),
    "network_requests": (
        Call(ANYWHERE, _answered(PAGE)),
        Call("no number", _answered(INVALID), "POST", form=_SLIP),
        Call(
            "nobody's number",
            _answered(INVALID),
            "POST",
            form=lambda world, actor: {"tracking_number": transaction_ids.new()},
        ),
    ),
    "network_request": (
        Call("one that waits", _answered(PAGE), arguments=_request),
        Call("nobody's", _answered(NOT_FOUND), arguments=NOBODYS),
    ),
    "network_request_assign": _act(takes="yes"),
    "network_request_note": (
        Call(
            "one that waits",
            _answered(goes("network_request")),
            "POST",
            _request,
            places.sends(text="They open in May."),
        ),
        Call("nobody's", _answered(NOT_FOUND), "POST", NOBODYS, places.sends(text="They open in May.")),
    ),
    "network_request_decline": _act(reason="no_need_now"),
    "network_request_invite": _act(),
}
