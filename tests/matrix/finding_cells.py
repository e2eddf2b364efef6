"""The cells of finding a provider: whoever is signed in searches, and an office reads its own receipts.

The plan has not opened the directory to visitors here; where it has, tests.web.test_finding looks.
"""

from collections.abc import Mapping
from typing import Any

from portico.domains.directory import network_answers
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, STAFF, Outcome, Outcomes, goes, own_account
from tests.matrix.places import Call
from tests.support import cast, directory, patients
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

ANYWHERE = "anywhere"
# A refusal says the address back, and with it what was asked.
ASKED = "what stands in the address"
_ASKED = {"near": "90901", "line": cast.HMO, "on": "03/12/2026"}
_NETWORK = {"line": cast.HMO, "on": "03/12/2026"}
_OF_PLAN = STAFF
_NOBODYS = places.fixed("2999999999")


def provider(world: World, actor: str) -> tuple[Any, ...]:
    """A provider that the directory lists."""
    del actor
    directory.of_world(world)
    return (patients.NPI,)


def place(world: World, actor: str) -> tuple[Any, ...]:
    """Where that provider practises."""
    del actor
    return (directory.of_world(world).place_id,)


def nowhere(world: World, actor: str) -> tuple[Any, ...]:
    """No place, under a number as long as that of the other one: pages say their address back."""
    (known,) = place(world, actor)
    return (int("9" * len(str(known))),)


def answer(world: World, actor: str) -> tuple[Any, ...]:
    """A receipt that Lakeside's front desk was given."""
    if "network answer" not in world.asked_for:
        provider(world, actor)
        asking = worlds.actor(world["front_desk"])
        given = network_answers.ask(actor=asking, npi=patients.NPI, line=cast.HMO, on=TODAY)
        world.asked_for["network answer"] = given.reference
    return (world.asked_for["network answer"],)


def _of_office(outcome: Outcome) -> Outcomes:
    """Whoever works for Lakeside; to another office and to the plan's desks the receipt is unknown here."""
    return own_account(outcome) | dict.fromkeys(("outsider", *_OF_PLAN), NOT_FOUND)


def _read(outcome: Outcome) -> tuple[Call, ...]:
    return (
        Call("the office's", _of_office(outcome), arguments=answer),
        Call("nobody's", own_account(NOT_FOUND), arguments=places.fixed(places.NO_REFERENCE)),
    )


CELLS: Mapping[str, tuple[Call, ...]] = {
    "providers": (
        Call(ANYWHERE, own_account(PAGE)),
        Call("near a ZIP code", own_account(PAGE), form=places.sends(**_ASKED), asks=ASKED),
        Call("a search", own_account(goes("providers")), "POST", form=places.sends(**_ASKED)),
        Call("no day", own_account(INVALID), "POST", form=places.sends(on="x")),
    ),
    "providers_file": (
        Call("near a ZIP code", own_account(PAGE), form=places.sends(**_ASKED)),
        Call("no day", own_account(INVALID), form=places.sends(on="x"), asks=ASKED),
    ),
    "provider": (
        Call("a provider", own_account(PAGE), arguments=provider),
        Call("nobody", own_account(NOT_FOUND), arguments=_NOBODYS),
    ),
    "provider_place": (
        Call("a place", own_account(PAGE), arguments=place),
        Call("nowhere", own_account(NOT_FOUND), arguments=nowhere),
    ),
    "provider_network": (
        Call("a provider", own_account(goes("network_answer")), "POST", provider, places.sends(**_NETWORK)),
        Call("no network", own_account(INVALID), "POST", provider),
        Call("nobody", own_account(NOT_FOUND), "POST", _NOBODYS, places.sends(**_NETWORK)),
    ),
    "network_answer": _read(PAGE),
    "network_answer_pdf": _read(PAGE),
}
