"""The cells of verifying one's identity, of the plan's desk that reviews it, and of the rules of when."""

from collections.abc import Callable, Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    STAFF,
    Outcome,
    Outcomes,
    by_desk,
    everybody,
    goes,
    own_account,
)
from tests.matrix.places import Arguments, Call
from tests.support import proving, remittances
from tests.support.world import World

# Addresses of one length, so that refusals which show theirs are of one length too.
DOCUMENTS, NO_WAY = places.fixed("documents"), places.fixed("telepathy")
CONTACT, NO_CODE = places.fixed("contact"), places.fixed("fax-one")
NOBODYS = places.fixed("999999")
_OFFICES_ONLY = dict.fromkeys(STAFF, NOT_FOUND)
_BACK = goes("identity_queue")


def _case(of: Callable[[World], int] = proving.documents_of) -> Arguments:
    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        return (f"{of(world):06}",)

    return arguments


def _file(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (f"{proving.documents_of(world):06}", f"{proving.file_of(world):06}")


def _no_file(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (f"{proving.documents_of(world):06}", "999999")


def _somebodys_file(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return ("documents", f"{proving.file_of(world):06}")


def _reviewed(outcome: Outcome) -> Outcomes:
    return by_desk(Function.IDENTITY_REVIEW, outcome)


def _ruled(outcome: Outcome) -> Outcomes:
    return by_desk(Function.SIGN_IN_RULES, outcome)


def _payment(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    remittances.of_world(world)
    return ("payment",)


_PAYMENT = places.sends(number="0", amount="1.00")
_TABLE = {"rows": "1", "row1-functions": "patient_data", "row1-provers": "desk", "row1-days": "0"}
_WHY = places.sends(reason="unreadable")

CELLS: Mapping[str, tuple[Call, ...]] = {
    "support_identity": (Call("anywhere", everybody(PAGE)),),
    "identity": (Call("one's own", own_account(PAGE)),),
    "identity_way": (
        Call("documents", own_account(PAGE), arguments=DOCUMENTS),
        Call("no way", own_account(NOT_FOUND), arguments=NO_WAY),
        Call("a contact on file", own_account(PAGE) | _OFFICES_ONLY, arguments=CONTACT, asks="contact"),
        Call("no file", own_account(INVALID), "POST", DOCUMENTS),
        Call("no way", own_account(NOT_FOUND), "POST", NO_WAY),
    ),
    "identity_code": (
        Call(
            "a wrong code",
            own_account(INVALID) | _OFFICES_ONLY,
            "POST",
            CONTACT,
            places.sends(code="0000-0000"),
        ),
        Call("no way", own_account(NOT_FOUND), "POST", NO_CODE, places.sends(code="0000-0000")),
    ),
    "identity_payment": (
        Call("a wrong payment", own_account(INVALID) | _OFFICES_ONLY, "POST", _payment, _PAYMENT),
        Call("no way", own_account(NOT_FOUND), "POST", NO_CODE, _PAYMENT),
    ),
    "identity_hand_in": (
        Call("documents", own_account(goes("identity_way")), "POST", DOCUMENTS),
        Call("no way", own_account(NOT_FOUND), "POST", NO_WAY),
    ),
    "identity_file_remove": (
        Call("somebody's", own_account(NOT_FOUND), "POST", _somebodys_file),
        Call("nobody's", own_account(NOT_FOUND), "POST", places.fixed("documents", "999999")),
    ),
    "identity_queue": (Call("anywhere", _reviewed(PAGE)),),
    "identity_case": (
        Call("documents", _reviewed(PAGE), arguments=_case()),
        Call("a call", _reviewed(PAGE), arguments=_case(proving.call_of)),
        Call("nobody's", _reviewed(NOT_FOUND), arguments=NOBODYS),
    ),
    "identity_document": (
        Call("a file", _reviewed(PAGE), arguments=_file),
        Call("no file", _reviewed(NOT_FOUND), arguments=_no_file),
    ),
    "identity_accept": (
        Call("documents", _reviewed(_BACK), "POST", _case()),
        Call("nobody's", _reviewed(_BACK), "POST", NOBODYS),
    ),
    "identity_refuse": (
        Call("documents", _reviewed(_BACK), "POST", _case(), _WHY),
        Call("nobody's", _reviewed(NOT_FOUND), "POST", NOBODYS, _WHY),
    ),
    "identity_call": (
        Call("a call", _reviewed(PAGE), arguments=_case(proving.call_of)),
        Call("nobody's", _reviewed(NOT_FOUND), arguments=NOBODYS),
        Call("a call", _reviewed(PAGE), "POST", _case(proving.call_of)),
        Call("documents", _reviewed(NOT_FOUND), "POST", _case()),
    ),
    "sign_in_rules": (
        Call("anywhere", _ruled(PAGE)),
        Call("looked at", _ruled(PAGE), "POST", form=places.sends(**_TABLE, act="preview")),
        Call("kept", _ruled(goes("sign_in_rules")), "POST", form=places.sends(**_TABLE, act="save")),
    ),
    "sign_in_rules_history": (Call("anywhere", by_desk(Function.AUDIT_READING, PAGE)),),
}
