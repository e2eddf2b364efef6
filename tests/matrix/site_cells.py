"""The cells of the public site, and of the desk that answers what people without an account ask."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from portico.domains.support.tests import asking
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, everybody, goes
from tests.matrix.places import Call
from tests.support.world import World

ANYWHERE = "anywhere"
NOBODYS, NOWHERE = places.fixed("999999"), places.fixed("nowhere")
_CALL = {"topic": "other", "name": "Robin Tester", "telephone": "5305550193", "best_time": "any"}
_QUESTION = {"topic": "other", "name": "Robin Tester", "email": "x@example.org", "text": "Who are you?"}


def _enquiry(world: World, actor: str) -> tuple[Any, ...]:
    """An enquiry that waits, made when a test first needs it."""
    del actor
    if "enquiry" not in world.asked_for:
        asking.ask(address="")
        [subject] = [identifier for kind, identifier in asking.subjects() if kind == "enquiry"]
        world.asked_for["enquiry"] = f"{int(subject):06}"
    return (world.asked_for["enquiry"],)


def _answered(outcome: Outcome) -> Outcomes:
    return by_desk(Function.ENQUIRY_REVIEW, outcome)


def _form(sent: Mapping[str, str]) -> tuple[Call, ...]:
    return (
        Call(ANYWHERE, everybody(PAGE)),
        Call("sent", everybody(PAGE), "POST", form=places.sends(**sent)),
        Call("empty", everybody(INVALID), "POST", form=places.sends(name="")),
    )


CELLS: Mapping[str, tuple[Call, ...]] = {
    "entrances": (Call(ANYWHERE, everybody(PAGE)),),
    "enter": (
        Call("of providers", everybody(goes("sign_in")), arguments=places.fixed("providers")),
        Call("nowhere", everybody(NOT_FOUND), arguments=NOWHERE),
    ),
    "entry_card": (
        Call("of providers", everybody(PAGE), arguments=places.fixed("providers")),
        Call("nowhere", everybody(NOT_FOUND), arguments=NOWHERE),
    ),
    "look_alikes": (Call(ANYWHERE, everybody(PAGE)),),
    "service_status": (Call(ANYWHERE, everybody(PAGE)),),
    "contact": (Call(ANYWHERE, everybody(PAGE)),),
    "contact_call_back": _form(_CALL),
    "contact_question": _form(_QUESTION),
    "enquiries": (
        Call(ANYWHERE, _answered(PAGE)),
        Call("no reference", _answered(INVALID), "POST", form=places.sends(reference="x")),
    ),
    "enquiry": (
        Call("one that waits", _answered(PAGE), arguments=_enquiry),
        Call("nobody's", _answered(NOT_FOUND), arguments=NOBODYS),
    ),
    "enquiry_end": (
        Call(
            "one that waits",
            _answered(goes("enquiries")),
            "POST",
            _enquiry,
            places.sends(ending="answered"),
        ),
        Call("nobody's", _answered(goes("enquiries")), "POST", NOBODYS, places.sends(ending="answered")),
    ),
}
