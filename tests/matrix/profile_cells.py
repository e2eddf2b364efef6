"""The cells of one's own account, of the links in mails about one's address, and of the terms of use."""

from collections.abc import Mapping

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    Outcome,
    Outcomes,
    by_desk,
    everybody,
    goes,
    own_account,
    signed_in,
)
from tests.matrix.places import Call

OWN, ANYWHERE, NO_LINK = "own", "anywhere", "no link"
_KEPT = own_account(goes("account"))
_MADE_UP = places.sends(t="made-up")
_DETAILS = places.sends(first_name="Ann", last_name="Other", telephone="5305550193", time_zone="")
_TEXT = places.sends(version="2026-04", text="Be careful.", publish="yes")


def _asked(outcome: Outcome) -> Outcomes:
    """Whoever has not done the first sign-in is asked to agree as a step of it."""
    return own_account(outcome) | {"invited": outcome}


def _of_desk(outcome: Outcome) -> Outcomes:
    return by_desk(Function.SIGN_IN_RULES, outcome)


CELLS: Mapping[str, tuple[Call, ...]] = {
    "account": (Call(OWN, own_account(PAGE)),),
    "account_details": (Call(OWN, own_account(PAGE)), Call(OWN, _KEPT, "POST", form=_DETAILS)),
    "account_mails": (Call(OWN, own_account(PAGE)), Call(OWN, _KEPT, "POST")),
    "mail_address": (
        Call(OWN, own_account(PAGE)),
        Call(OWN, _KEPT, "POST", form=places.sends(email="new@example.org")),
        Call("no address", own_account(INVALID), "POST", form=places.sends(email="nobody")),
    ),
    "address_confirm": (
        Call(NO_LINK, everybody(PAGE), form=_MADE_UP),
        Call(NO_LINK, own_account(NOT_FOUND), "POST", form=_MADE_UP),
    ),
    "address_undo": (
        Call(NO_LINK, everybody(PAGE), form=_MADE_UP),
        Call(NO_LINK, everybody(NOT_FOUND), "POST", form=_MADE_UP),
    ),
    "address_withdraw": (Call(OWN, _KEPT, "POST"),),
    "own_data": (Call(OWN, own_account(PAGE)), Call(OWN, own_account(PAGE), "POST")),
    "terms": (Call(ANYWHERE, everybody(PAGE)),),
    "terms_version": (Call("none", signed_in(NOT_FOUND), arguments=places.fixed("2026-99")),),
    "terms_accept": (
        Call(OWN, _asked(PAGE)),
        Call("no terms", _asked(INVALID), "POST", form=places.sends(digest="x", agree="on")),
    ),
    "staff_terms": (Call(ANYWHERE, _of_desk(PAGE)),),
    "staff_terms_new": (
        Call(ANYWHERE, _of_desk(PAGE)),
        Call("looked at", _of_desk(PAGE), "POST", form=places.sends(version="1", text="Be careful.")),
        Call("published", _of_desk(goes("staff_terms")), "POST", form=_TEXT),
    ),
}
