"""The cells of talks between peers, at the office and at the plan's desk, and of the plan's clocks."""

from collections.abc import Mapping
from typing import Any

from portico.domains.authorizations.models import Authorization, Conversation
from portico.domains.permits.functions import Function
from tests.matrix import authorization_cells as office
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Arguments, Call
from tests.support import cast, talks
from tests.support.world import World

ANYWHERE, BOOKED, NOBODYS = "anywhere", "a booked one", "nobody's"
_TAX_IDS = (cast.OWN, cast.SECOND, cast.FOREIGN)
_KIND = places.sends(kind="authorization")


def _talk_of(row: Authorization) -> Conversation:
    """The talk about a request, booked when a test first needs it."""
    place = _TAX_IDS.index(row.parties.get(role="requesting").tax_id)
    return row.conversations.first() or talks.booked(row, into=talks.slot(24 + place))


def _talk(tax_id: str) -> Arguments:
    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        row = office.request_of(world, tax_id)
        return row.public_id, _talk_of(row).public_id

    return arguments


def _any_talk(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (_talk_of(office.request_of(world, cast.OWN)).public_id,)


def _at_desk(outcome: Outcome) -> Outcomes:
    return by_desk(Function.AUTHORIZATION_REVIEW, outcome)


def _of_talk(outcome: Outcome, method: str = "GET", form: places.Form | None = None) -> tuple[Call, ...]:
    sent = form or places.sends()
    return (
        Call(BOOKED, _at_desk(outcome), method, _any_talk, sent),
        Call(NOBODYS, _at_desk(NOT_FOUND), method, places.fixed(places.NOBODYS), sent),
    )


_OFFERED = places.sends(do="offer", on="03/20/2026", begins="09:00", ends="10:00", minutes="30")
CELLS: Mapping[str, tuple[Call, ...]] = {
    "authorization_talk": (
        *office.of_one(PAGE),
        *office.of_one(INVALID, "POST", places.sends(kind="authorization", zone="America/Los_Angeles")),
    ),
    "authorization_talk_cancel": office.of_one(goes("authorization_talk"), "POST", _KIND),
    "authorization_talk_calendar": office.of_one(
        PAGE,
        by={tax_id: _talk(tax_id) for tax_id in _TAX_IDS},
        nobodys=places.fixed(places.NOBODYS, places.NOBODYS),
    ),
    "authorization_clocks": (
        Call(ANYWHERE, by_desk(Function.AUTHORIZATION_RULES, PAGE)),
        Call("empty", by_desk(Function.AUTHORIZATION_RULES, INVALID), "POST", form=places.sends(do="add")),
        Call(
            "one that is gone",
            by_desk(Function.AUTHORIZATION_RULES, NOT_FOUND),
            "POST",
            form=places.sends(do="remove", row="999999"),
        ),
    ),
    "authorization_talks": (
        Call(ANYWHERE, _at_desk(PAGE)),
        Call("times offered", _at_desk(goes("authorization_talks")), "POST", form=_OFFERED),
        Call("a time that is nobody's", _at_desk(NOT_FOUND), "POST", form=places.sends(do="withdraw")),
    ),
    "authorization_talk_settle": (*_of_talk(PAGE), *_of_talk(INVALID, "POST")),
    "authorization_talk_desk_cancel": _of_talk(goes("authorization_talks"), "POST"),
    "authorization_talk_desk_calendar": _of_talk(PAGE),
}
