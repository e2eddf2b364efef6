"""The cells of requests being written: begun, saved, handed over, sent."""

from collections.abc import Mapping
from typing import Any

from portico.domains.authorizations import drafts, models
from portico.domains.authorizations.drafts import Begun
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.members import keys
from portico.domains.members.asked import ByMemberId
from tests.matrix import places
from tests.matrix.authorization_cells import NOT_GRANTED, by_inquiry, request_of
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, goes
from tests.matrix.places import Arguments, Call
from tests.support import cast, patients
from tests.support import world as worlds
from tests.support.world import World

_WRITERS = {cast.OWN: "front_desk", cast.SECOND: "colleague", cast.FOREIGN: "outsider"}


def draft_of(world: World, tax_id: str, which: str = "drafts") -> models.Draft:
    """The draft under a tax ID, by whoever works for it; those of another name are others."""
    held = world.asked_for.setdefault(which, {})
    if tax_id not in held:
        begun = drafts.begin(
            actor=worlds.actor(world[_WRITERS[tax_id]]),
            kind=Kind.AUTHORIZATION,
            tax_id=tax_id,
            by=ByMemberId(patients.ZEPHYRINE),
        )
        assert isinstance(begun, Begun)
        held[tax_id] = models.Draft.objects.get(public_id=begun.id)
    made: models.Draft = held[tax_id]
    return made


def draft(tax_id: str, *more: Any) -> Arguments:
    """The draft under a tax ID."""
    return lambda world, actor: (draft_of(world, tax_id).public_id, *more)


def sent(tax_id: str) -> Arguments:
    """The draft under a tax ID, once it was sent."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        row = draft_of(world, tax_id, "sent drafts")
        row.state, row.authorization = models.Draft.State.SENT, request_of(world, tax_id)
        row.save()
        return (row.public_id,)

    return arguments


def of_draft(
    outcome: Outcome, method: str = "GET", form: places.Form | None = None, *more: Any, aim: Any = draft
) -> tuple[Call, ...]:
    """What comes of a route of a draft, at each office's own and at nobody's."""
    filled, unknown = form or places.sends(), by_inquiry(NOT_FOUND)
    return (
        Call("own", unknown | {"front_desk": outcome}, method, aim(cast.OWN, *more), filled),
        Call("another tax ID's", unknown | {"colleague": outcome}, method, aim(cast.SECOND, *more), filled),
        Call("another office's", unknown | {"outsider": outcome}, method, aim(cast.FOREIGN, *more), filled),
        Call("nobody's", unknown, method, places.fixed(places.NOBODYS, *more), filled),
    )


def _chosen(tax_id: str) -> places.Form:
    def form(world: World, actor: str) -> Mapping[str, Any]:
        del actor
        key = keys.member_key(world.members[patients.ZEPHYRINE].pk)
        return {"kind": "authorization", "tax_id": tax_id, "member": key}

    return form


def _begins(tax_id: str) -> places.Form:
    return places.sends(kind="authorization", tax_id=tax_id, member_id=patients.ZEPHYRINE)


_BEGUN, _ELSEWHERE = goes("request_draft"), by_inquiry(NOT_GRANTED)
_BESIDE = dict.fromkeys(("colleague", "outsider", "out_of_network"), NOT_GRANTED)

CELLS: Mapping[str, tuple[Call, ...]] = {
    "request_new": (
        Call("the form", by_inquiry(PAGE)),
        Call("own", by_inquiry(_BEGUN) | _BESIDE | {"medi_cal_only": PAGE}, "POST", form=_begins(cast.OWN)),
        Call("another office's", _ELSEWHERE | {"outsider": _BEGUN}, "POST", form=_begins(cast.FOREIGN)),
        Call("nothing", by_inquiry(INVALID), "POST"),
    ),
    "request_chosen": (
        Call(
            "own",
            by_inquiry(_BEGUN) | _BESIDE | {"medi_cal_only": NOT_FOUND},
            "POST",
            form=_chosen(cast.OWN),
        ),
        Call("another office's", _ELSEWHERE | {"outsider": _BEGUN}, "POST", form=_chosen(cast.FOREIGN)),
    ),
    "request_drafts": (Call("anywhere", by_inquiry(PAGE)),),
    "request_draft": (
        *of_draft(PAGE),
        *of_draft(_BEGUN, "POST", places.sends(do="save", level="standard")),
    ),
    "request_questions": (
        *of_draft(goes("request_documents")),
        *of_draft(goes("request_documents"), "POST"),
    ),
    "request_documents": (*of_draft(PAGE), *of_draft(INVALID, "POST")),
    "request_document_remove": of_draft(goes("request_documents"), "POST", None, places.NOBODYS),
    "request_review": (*of_draft(PAGE), *of_draft(INVALID, "POST", places.sends(version="1"))),
    "request_hand_over": of_draft(goes("request_review"), "POST", places.sends(to="0")),
    "request_take": of_draft(goes("request_draft"), "POST"),
    "request_drop": of_draft(goes("request_drafts"), "POST"),
    "request_sent": of_draft(PAGE, aim=sent),
}
