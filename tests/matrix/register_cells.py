"""The cells of registering an office: open to everybody, and leading on whoever is signed in already."""

from collections.abc import Mapping

from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    SIGNED_OUT,
    Outcome,
    Outcomes,
    everybody,
    goes,
    own_account,
)
from tests.matrix.places import Call

_NOTHING = places.sends()
_NO_ID = places.sends(transaction_id="0000-0000-0000-0000-1")
_NO_LINK = places.sends(t="x")


def _of_visitors(outcome: Outcome, route: str = "register") -> Outcomes:
    """The outcome for who has not signed in; everybody else has an account already, and is led there."""
    return everybody(goes(route)) | dict.fromkeys(SIGNED_OUT, outcome)


def _step(outcome: Outcome, sent: Outcome | None = None) -> tuple[Call, ...]:
    """A step that is not due yet leads to the one that is."""
    return (
        Call("anywhere", _of_visitors(outcome)),
        Call("anywhere", _of_visitors(sent or outcome), "POST", form=_NOTHING),
    )


_FIRST = goes("register_account")
_NO_MATCH = _of_visitors(goes("register_status"), "register_next")
_MENDING = Call("no transaction ID", everybody(INVALID), "POST", form=_NO_ID)

CELLS: Mapping[str, tuple[Call, ...]] = {
    "register": (Call("anywhere", everybody(PAGE)),),
    "register_start_over": (Call("anywhere", everybody(goes("register")), "POST", form=_NOTHING),),
    "register_staff": (Call("anywhere", everybody(PAGE)),),
    "register_terms": _step(_FIRST),
    "register_region": _step(_FIRST),
    "register_account": _step(PAGE, INVALID),
    "register_person": _step(_FIRST),
    "register_at_hand": _step(_FIRST),
    "register_facts": _step(_FIRST),
    "register_contact": _step(_FIRST),
    "register_review": _step(_FIRST),
    "register_check": (Call("a field", everybody(PAGE), "POST", form=places.sends(check="npi", npi="1")),),
    "register_submit": (Call("nothing filled in", _of_visitors(_FIRST), "POST", form=_NOTHING),),
    "register_received": (
        Call("nothing sent", everybody(goes("register_status"))),
        Call("nothing sent", everybody(goes("register_status")), "POST", form=_NOTHING),
    ),
    "register_received_pdf": (
        Call("nothing sent", everybody(goes("register_status")), "POST", form=_NOTHING),
    ),
    "register_opening": (
        Call("nothing that matched", _NO_MATCH),
        Call("nothing that matched", _NO_MATCH, "POST", form=_NOTHING),
    ),
    "register_next": (Call("anywhere", own_account(PAGE)),),
    "register_status": (
        Call("anywhere", everybody(PAGE)),
        Call("no transaction ID", everybody(INVALID), "POST", form=_NO_ID),
    ),
    "register_renew": (_MENDING,),
    "register_document": (_MENDING,),
    "register_correct": (_MENDING,),
    "register_finish": (_MENDING,),
    "register_office": (_MENDING,),
    "register_complete": (
        Call("no link", everybody(PAGE) | dict.fromkeys(SIGNED_OUT, NOT_FOUND), form=_NO_LINK),
        Call("no link", everybody(PAGE) | dict.fromkeys(SIGNED_OUT, INVALID), "POST", form=_NO_LINK),
    ),
}
