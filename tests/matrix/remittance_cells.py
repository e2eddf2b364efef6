"""The cells of remittances: payments found, shown and taken home."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.reasons import Reason
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    Outcome,
    by_grant,
    goes,
    refused,
    signed_in,
)
from tests.matrix.places import Arguments, Call
from tests.support import cast, remittances
from tests.support.world import World

_LACKING = {"eligibility_only": refused(Reason.FUNCTION_NOT_GRANTED)}
_NOBODYS = dict.fromkeys(("outsider", "colleague", "out_of_network"), NOT_FOUND)
_SEARCHERS = ("front_desk", "colleague", "outsider", "medi_cal_only", "out_of_network")


def open_to(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for those who hold Remittance."""
    return by_grant(outcome) | _LACKING


def payment(tax_id: str, *more: Any) -> Arguments:
    """The payment of a tax ID."""
    return lambda world, actor: (remittances.of_world(world)[tax_id].public_id, *more)


def own_inquiry(world: World, actor: str) -> tuple[Any, ...]:
    """A search of the actor's own; whoever may make none tries the front desk's."""
    return (remittances.inquiry_of(world[actor if actor in _SEARCHERS else "front_desk"]),)


def others_inquiry(world: World, actor: str) -> tuple[Any, ...]:
    """A search of somebody else."""
    return (remittances.inquiry_of(world["colleague" if actor == "front_desk" else "front_desk"]),)


def of_payment(outcome: Outcome, *more: Any, **limited: Outcome) -> tuple[Call, ...]:
    """A payment of the own tax ID, of others, and one that is none."""
    theirs = open_to(NOT_FOUND)
    return (
        Call("own", open_to(outcome) | _NOBODYS | limited, arguments=payment(cast.OWN, *more)),
        Call("a colleague's", theirs | {"colleague": outcome}, arguments=payment(cast.SECOND, *more)),
        Call("another office's", theirs | {"outsider": outcome}, arguments=payment(cast.FOREIGN, *more)),
        Call("nobody's", theirs, arguments=places.fixed(places.NOBODYS, *more)),
    )


_SEARCHED = open_to(goes("remittances_found"))
_UNKNOWN = signed_in(NOT_FOUND)

CELLS: Mapping[str, tuple[Call, ...]] = {
    "remittances": (
        Call("the latest", open_to(PAGE)),
        Call("a search", _SEARCHED, "POST"),
        Call("that cannot be", open_to(INVALID), "POST", form=places.sends(first="x")),
    ),
    "remittances_found": (
        Call("own", _UNKNOWN | dict.fromkeys(_SEARCHERS, PAGE), arguments=own_inquiry),
        Call("another's", _UNKNOWN, arguments=others_inquiry),
        Call("nobody's", _UNKNOWN, arguments=places.fixed(places.NOBODYS)),
    ),
    "remittance": of_payment(PAGE),
    "remittance_pdf": of_payment(PAGE),
    "remittance_835": of_payment(PAGE, medi_cal_only=NOT_FOUND),
    "remittance_claim": of_payment(PAGE, 0, medi_cal_only=NOT_FOUND),
}
