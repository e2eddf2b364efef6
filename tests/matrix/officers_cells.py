"""The cells of an office's officers, its access review, and taking an office over."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

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
)
from tests.matrix.places import Call
from tests.support import cast
from tests.support.actors import NOW
from tests.support.world import World

NOBODYS = places.fixed("999999")
_OWN = "of the own office"


def _case(world: World, actor: str) -> tuple[Any, ...]:
    """A recovery of Hillcrest that nobody has asked for, made when a test first needs it."""
    del actor
    if "recovery" not in world.asked_for:
        opened = {"cause": "left", "opened_at": NOW, "office_id": world.offices[cast.HILLCREST]}
        row = apps.get_model("access", "Recovery").objects.create(**opened)
        world.asked_for["recovery"] = f"{row.pk:06}"
    return (world.asked_for["recovery"],)


def _by_administrator(outcome: Outcome) -> Outcomes:
    """Whoever administers the office; no desk of the plan holds that function."""
    return by_desk(Function.MANAGE_USERS, outcome) | {"administrator": outcome}


def _of_case(outcome: Outcome, method: str = "GET", **sent: str) -> tuple[Call, ...]:
    form = places.sends(**sent)
    return (
        Call("an office's", _decided(outcome), method, _case, form),
        Call("nobody's", _decided(NOT_FOUND), method, NOBODYS, form),
    )


def _decided(outcome: Outcome) -> Outcomes:
    return by_desk(Function.RECOVERY_REVIEW, outcome)


_OFFICERS = goes("office_officers")
_CASE, _REVIEW = goes("recovery_case"), goes("office_review")

CELLS: Mapping[str, tuple[Call, ...]] = {
    "office_officers": (
        Call(_OWN, _by_administrator(PAGE)),
        Call(_OWN, _by_administrator(PAGE), "POST", form=places.sends(who="tester")),
    ),
    "office_successor": (
        Call("nobody", _by_administrator(_OFFICERS), "POST"),
        Call("nobody's", _by_administrator(_OFFICERS), "POST", form=places.sends(successor="99")),
    ),
    "office_leave": (
        Call(_OWN, _by_administrator(PAGE)),
        # The only administrator stays.
        Call(_OWN, _by_administrator(INVALID), "POST", form=places.sends(what="duty")),
    ),
    "office_review": (Call(_OWN, _by_administrator(PAGE)),),
    "office_review_say": (Call(_OWN, _by_administrator(_REVIEW), "POST"),),
    "office_review_finish": (Call(_OWN, _by_administrator(_REVIEW), "POST"),),
    "recovery": (Call(_OWN, own_account(PAGE)),),
    "recovery_claim": (Call(_OWN, own_account(goes("recovery")), "POST", form=places.sends(text="Call us")),),
    "recovery_withdraw": (Call(_OWN, own_account(goes("recovery")), "POST"),),
    "recovery_object": (Call(_OWN, own_account(goes("recovery")), "POST"),),
    "recovery_objection": (
        Call("no link", everybody(PAGE)),
        Call("no link", everybody(NOT_FOUND), "POST", form=places.sends(t="x" * 43)),
    ),
    "recoveries": (Call("all", _decided(PAGE)),),
    "recovery_case": _of_case(PAGE),
    "recovery_confirm": _of_case(_CASE, "POST", proof="in_person"),
    "recovery_approve": _of_case(_CASE, "POST"),
    "recovery_refuse": _of_case(_CASE, "POST", refusal="not_proven"),
}
