"""The cells of help: the diagnosis, support cases from both sides, onboarding, goals, the access report."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from portico.domains.permits.functions import Function
from portico.domains.support.tests import telling
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
from tests.matrix.people_cells import NOBODYS as NO_PERSON
from tests.matrix.places import Call
from tests.support import cast
from tests.support import world as worlds
from tests.support.world import World

ANYWHERE = "anywhere"
NOBODYS = places.fixed("0" * 16)
# A member of the cast who may sign in but do nothing more has cases too: help is open before terms and proof.
ASKED = {"function": "eligibility", "line": "", "region": "", "tax_id": "", "provider": "", "reference": ""}
_TOLD = {"audience": "provider", "told": "locked"}


def case_of(world: World, key: str = "front_desk") -> str:
    """A case of somebody's that waits, opened when a test first needs it."""
    if f"case of {key}" not in world.asked_for:
        world.asked_for[f"case of {key}"] = telling.open_case(worlds.actor(world[key]))
    return str(world.asked_for[f"case of {key}"])


def _case(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (case_of(world),)


def _waiting(world: World, actor: str) -> tuple[Any, ...]:
    """The same, not closed yet."""
    reference, rows = case_of(world), apps.get_model("support", "Case").objects
    rows.filter(reference=reference).update(
        state="open", ended_at=None, ended_by=None, ending="", answered_at=None
    )
    del actor
    return (reference,)


def _own(outcome: Outcome) -> Outcomes:
    """The front desk's case: nobody else finds it."""
    return own_account(NOT_FOUND) | {"front_desk": outcome}


def _reviewed(outcome: Outcome) -> Outcomes:
    return by_desk(Function.CASE_REVIEW, outcome)


def _of_desk(done: Outcome, **sent: str) -> tuple[Call, ...]:
    form = places.sends(**sent)
    return (
        Call("a case", _reviewed(done), "POST", _waiting, form),
        Call("nobody's", _reviewed(NOT_FOUND), "POST", NOBODYS, form),
    )


def _diagnosed(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (f"{world['front_desk'].user_id:06}",)


_BY_PLAN = by_desk(Function.PROVISIONING, PAGE)
_BY_PLAN_NOT_FOUND = by_desk(Function.PROVISIONING, NOT_FOUND)
_SIGNED_IN = frozenset(everybody(PAGE)) - {cast.VISITOR, "suspended", "disabled"}

CELLS: Mapping[str, tuple[Call, ...]] = {
    "diagnose": (
        Call(ANYWHERE, everybody(PAGE)),
        Call("nothing chosen", everybody(INVALID), "POST", form=places.sends(line="nowhere")),
        Call(
            "told by a visitor",
            everybody(PAGE) | dict.fromkeys(_SIGNED_IN, INVALID),
            "POST",
            form=places.sends(**_TOLD),
        ),
    ),
    "cases": (Call(ANYWHERE, own_account(PAGE)),),
    "case_new": (
        Call(ANYWHERE, own_account(PAGE)),
        Call("nothing chosen", own_account(INVALID), "POST", form=places.sends(function="levitation")),
    ),
    "case": (
        Call("the front desk's", _own(PAGE), arguments=_case),
        Call("nobody's", own_account(NOT_FOUND), arguments=NOBODYS),
        Call("the front desk's", _own(goes("case")), "POST", _waiting, places.sends(words="Still closed.")),
        Call("nobody's", own_account(NOT_FOUND), "POST", NOBODYS, places.sends(words="Still closed.")),
    ),
    "case_withdraw": (
        Call("the front desk's", _own(goes("cases")), "POST", _case),
        Call("nobody's", own_account(NOT_FOUND), "POST", NOBODYS),
    ),
    "access_help": (Call(ANYWHERE, everybody(PAGE)),),
    "access_checklist": (Call(ANYWHERE, everybody(PAGE)),),
    "office_onboarding": (Call(ANYWHERE, by_desk(Function.MANAGE_USERS, PAGE) | {"administrator": PAGE}),),
    "staff_onboarding": (Call(ANYWHERE, _BY_PLAN),),
    "access_report": (Call(ANYWHERE, by_desk(Function.ACCESS_REPORT, PAGE)),),
    "person_diagnosis": (
        Call("somebody", _BY_PLAN, arguments=_diagnosed),
        Call("somebody", _BY_PLAN, "POST", _diagnosed, places.sends(**ASKED)),
        Call("nobody", _BY_PLAN_NOT_FOUND, arguments=NO_PERSON),
        Call("nobody", _BY_PLAN_NOT_FOUND, "POST", NO_PERSON, places.sends(**ASKED)),
    ),
    "staff_cases": (Call(ANYWHERE, _reviewed(PAGE)),),
    "staff_case": (
        Call("a case", _reviewed(PAGE), arguments=_case),
        Call("nobody's", _reviewed(NOT_FOUND), arguments=NOBODYS),
    ),
    "staff_case_answer": _of_desk(goes("staff_case"), **{"answer-words": "Try again."}),
    "staff_case_note": _of_desk(goes("staff_case"), **{"note-words": "Ask Operations."}),
    "staff_case_take": _of_desk(goes("staff_case")),
    "staff_case_end": _of_desk(goes("staff_cases"), ending="mended"),
}
