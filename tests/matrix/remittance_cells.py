"""The cells of remittances: payments found, shown and taken home."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

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


def deposit(tax_id: str) -> Arguments:
    """A deposit noted for a tax ID."""
    return lambda world, actor: (remittances.deposit_of(world, tax_id),)


def _deposits(world: World, actor: str) -> Mapping[str, Any]:
    del world, actor
    content = b"payment_number,amount,deposited_on\n4712,80.00,03/11/2026\n"
    return {"file": SimpleUploadedFile("deposits.csv", content, "text/csv"), "tax_id": cast.OWN}


_OF_A_TAX_ID = "of a tax ID"
_DEPOSIT = {"number": "4712", "amount": "80.00", "deposited_on": "03/11/2026", "tax_id": cast.OWN}
_NOT_GRANTED = dict.fromkeys(("outsider", "colleague", "out_of_network"), refused(Reason.TAX_ID_NOT_GRANTED))
_NOTED = open_to(goes("deposits")) | _NOT_GRANTED
_REMOVED, _UNKNOWN_TO = goes("deposits"), open_to(NOT_FOUND)
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
    "deposits": (
        Call("noted", open_to(PAGE)),
        Call("one more", _NOTED, "POST", form=places.sends(**_DEPOSIT), asks=_OF_A_TAX_ID),
        Call("that cannot be", open_to(INVALID), "POST", form=places.sends(amount="x")),
    ),
    "deposits_file": (
        Call("a file", _NOTED, "POST", form=_deposits, asks=_OF_A_TAX_ID),
        Call("no file", open_to(INVALID), "POST"),
    ),
    "deposit_remove": (
        Call("own", open_to(_REMOVED) | _NOBODYS, "POST", deposit(cast.OWN)),
        Call(
            "a colleague's",
            open_to(NOT_FOUND) | {"colleague": goes("deposits")},
            "POST",
            deposit(cast.SECOND),
        ),
        Call(
            "another office's",
            open_to(NOT_FOUND) | {"outsider": goes("deposits")},
            "POST",
            deposit(cast.FOREIGN),
        ),
        Call("nobody's", open_to(NOT_FOUND), "POST", places.fixed(places.NOBODYS)),
    ),
    "missing_remittances": (Call("anywhere", open_to(PAGE)),),
    "remittance_trends": (
        Call("all", open_to(PAGE)),
        Call(
            "a tax ID",
            open_to(PAGE) | _NOT_GRANTED,
            "POST",
            form=places.sends(tax_id=cast.OWN),
            asks=_OF_A_TAX_ID,
        ),
    ),
    "remittance": of_payment(PAGE),
    "remittance_pdf": of_payment(PAGE),
    "remittance_835": of_payment(PAGE, medi_cal_only=NOT_FOUND),
    "remittance_claim": of_payment(PAGE, 0, medi_cal_only=NOT_FOUND),
}
