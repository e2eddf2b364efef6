"""The cells of billing companies: giving and taking back, clients, and the switch of sides."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes, own_account
from tests.matrix.places import Arguments, Call
from tests.support import billing, cast
from tests.support.actors import TODAY
from tests.support.world import World

NOBODYS = places.fixed("00000000-0000-4000-8000-000000000000")
_OWN = "of the own office"


def _row(tax_id: str) -> Arguments:
    """What an office gave the billing company under that tax ID, made when a test first needs it."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        key = f"client_grant_{tax_id}"
        if key not in world.asked_for:
            world.asked_for[key] = billing.given_under(world, tax_id)
        return (world.asked_for[key],)

    return arguments


def _stranger(world: World, actor: str) -> Mapping[str, Any]:
    """An office that nobody of the cast works for."""
    del actor
    return {"office": billing.number_of(world)}


def _by_administrator(outcome: Outcome) -> Outcomes:
    """Whoever administers the office; no desk of the plan holds that function."""
    return by_desk(Function.MANAGE_USERS, outcome) | {"administrator": outcome}


_TERMS = {
    "company": billing.TALLYS,
    "tax_ids": cast.SECOND,
    "lines": "every",
    "first_on": f"{TODAY:%m/%d/%Y}",
    "send": "yes",
}

CELLS: Mapping[str, tuple[Call, ...]] = {
    "office_billing_companies": (Call(_OWN, _by_administrator(PAGE)),),
    "office_billing_company_give": (
        Call(_OWN, _by_administrator(PAGE)),
        Call("nobody's", _by_administrator(INVALID), "POST", form=places.sends(**_TERMS | {"company": "1"})),
    ),
    "office_billing_company_end": (
        Call("another office's", _by_administrator(NOT_FOUND), "POST", _row(cast.FOREIGN)),
        Call("nobody's", _by_administrator(NOT_FOUND), "POST", NOBODYS),
        Call(_OWN, _by_administrator(goes("office_billing_companies")), "POST", _row(cast.OWN)),
    ),
    "office_clients": (Call(_OWN, _by_administrator(PAGE)),),
    "office_client_give_up": (
        Call("given by the own office", _by_administrator(NOT_FOUND), "POST", _row(cast.OWN)),
        Call("nobody's", _by_administrator(NOT_FOUND), "POST", NOBODYS),
    ),
    "side": (
        Call("no clients", own_account(PAGE)),
        Call("a stranger's office", own_account(NOT_FOUND), "POST", form=_stranger),
        Call("nobody's", own_account(NOT_FOUND), "POST", form=places.sends(office="999999")),
    ),
}
