"""The cells of "Is authorization required?": the question, its receipts, the list, the desk's drafts."""

from collections.abc import Mapping
from typing import Any

from portico.domains.authorizations import models, requirements
from portico.domains.authorizations.facts.answered import Asked, RequirementReceipt
from portico.domains.authorizations.facts.requested import System
from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.authorization_cells import by_inquiry
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    Outcome,
    Outcomes,
    by_desk,
    everybody,
    goes,
    signed_in,
)
from tests.matrix.places import Call
from tests.support import cast
from tests.support import requirements as saying
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

# A refusal says the address back, and with it the version: no list is a secret.
ADDRESS = "another address"
ANYWHERE, NOBODYS, DRAFT = "anywhere", "nobody's", "2030-1"
_UNKNOWN = places.fixed("no-list")
_PUBLISHED = places.fixed(saying.VERSION)
_ASKED = {"system": "procedure", "code": "70551", "on": "03/12/2026"}


def answer(world: World, actor: str) -> tuple[Any, ...]:
    """A receipt that Lakeside's front desk was given."""
    del actor
    if "requirement answer" not in world.asked_for:
        asked = Asked(cast.OWN, System.PROCEDURE, "70551", TODAY, line=cast.HMO)
        told = requirements.ask(actor=worlds.actor(world["front_desk"]), asked=asked)
        assert isinstance(told, RequirementReceipt)
        world.asked_for["requirement answer"] = told.reference
    return (world.asked_for["requirement answer"],)


def draft(world: World, actor: str) -> tuple[Any, ...]:
    """A list that waits to be looked through."""
    del world, actor
    row, is_new = models.RequirementList.objects.get_or_create(
        version=DRAFT,
        defaults={
            "effective_on": "2030-01-01",
            "digest": "",
            "held_back": 0,
            "loaded_at": "2026-03-01T12:00:00Z",
        },
    )
    if is_new:
        models.Requirement.objects.create(
            list=row,
            key="MRI",
            system="procedure",
            first_code="70551",
            answer="required",
            first_on="2026-01-01",
        )
    return (DRAFT,)


def _rules(outcome: Outcome) -> Outcomes:
    return by_desk(Function.AUTHORIZATION_RULES, outcome)


def _of_office(outcome: Outcome) -> Outcomes:
    """Whoever asks for Lakeside's tax ID in the line of the answer; to others it is unknown."""
    others = ("colleague", "outsider", "medi_cal_only", "out_of_network")
    return by_inquiry(outcome) | dict.fromkeys(others, NOT_FOUND)


CELLS: Mapping[str, tuple[Call, ...]] = {
    "requirement": (
        Call(ANYWHERE, by_inquiry(PAGE)),
        Call("no code", by_inquiry(INVALID), "POST", form=places.sends(on="x")),
    ),
    "requirement_answers": (Call(ANYWHERE, by_inquiry(PAGE)),),
    "requirement_answer": (
        Call("the office's", _of_office(PAGE), arguments=answer),
        Call(NOBODYS, by_inquiry(NOT_FOUND), arguments=places.fixed(places.NO_REFERENCE)),
    ),
    "requirement_list": (Call(ANYWHERE, everybody(PAGE)),),
    "requirement_list_csv": (
        Call("published", everybody(PAGE), arguments=_PUBLISHED),
        Call("unknown", signed_in(NOT_FOUND), arguments=_UNKNOWN),
    ),
    "requirement_list_json": (
        Call("published", everybody(PAGE), arguments=_PUBLISHED),
        Call("unknown", signed_in(NOT_FOUND), arguments=_UNKNOWN),
    ),
    "requirement_lists": (
        Call(ANYWHERE, _rules(PAGE)),
        Call("no file", _rules(INVALID), "POST"),
    ),
    "requirement_draft": (
        Call("a draft", _rules(PAGE), arguments=draft),
        Call("not looked through", _rules(INVALID), "POST", draft),
        Call("unknown", _rules(NOT_FOUND), arguments=_UNKNOWN, asks=ADDRESS),
    ),
    "requirement_draft_drop": (
        Call("a draft", _rules(goes("requirement_lists")), "POST", draft),
        Call("unknown", _rules(NOT_FOUND), "POST", _UNKNOWN, asks=ADDRESS),
    ),
}
