"""The cells of looking after people: from the plan's desk, and from an office's administrator."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Arguments, Call
from tests.support import cast
from tests.support.world import World

# Addresses of one length, so that refusals which show theirs are of one length too.
NOBODYS = places.fixed("999999")
WHY, SAID = {"why": "called"}, {"why": "She called, and I know her"}


def _user(key: str) -> Arguments:
    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        return (f"{world[key].user_id:06}",)

    return arguments


def _by_plan(outcome: Outcome) -> Outcomes:
    return by_desk(Function.PROVISIONING, outcome)


def _by_administrator(outcome: Outcome) -> Outcomes:
    """Whoever administers the office; no desk of the plan holds that function."""
    return by_desk(Function.MANAGE_USERS, outcome) | {"administrator": outcome}


def _of_plan(done: Outcome, method: str = "GET", **sent: str) -> tuple[Call, ...]:
    """One request about somebody of an office, and about nobody."""
    return (
        Call("somebody", _by_plan(done), method, _user("front_desk"), places.sends(**sent)),
        Call("nobody", _by_plan(NOT_FOUND), method, NOBODYS, places.sends(**sent)),
    )


def _of_office(done: Outcome, method: str = "GET", **sent: str) -> tuple[Call, ...]:
    """The same from an office: what is another's, or the plan's, is as unknown as nobody."""
    form, unknown = places.sends(**sent), _by_administrator(NOT_FOUND)
    return (
        Call("somebody of the own office", _by_administrator(done), method, _user("front_desk"), form),
        Call("another office's", unknown, method, _user("outsider"), form),
        Call("the plan's", unknown, method, _user("operations"), form),
        Call("nobody", unknown, method, NOBODYS, form),
    )


_NEW = {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.org"}
_STAFF = places.sends(**_NEW, desk="support")
_OF_OFFICE = places.described(**_NEW, kinds="end_user")
_DONE, _OFFICE_DONE = goes("person"), goes("office_person")

CELLS: Mapping[str, tuple[Call, ...]] = {
    "people": (
        Call("all", _by_plan(PAGE)),
        Call("some", _by_plan(PAGE), "POST", form=places.sends(text="tester", office="lakeside")),
    ),
    "person": _of_plan(PAGE),
    "person_unlock": (*_of_plan(PAGE), *_of_plan(_DONE, "POST", **WHY)),
    "person_reactivate": _of_plan(_DONE, "POST"),
    "person_invite": (*_of_plan(PAGE), *_of_plan(_DONE, "POST")),
    "person_cancel": (*_of_plan(PAGE), *_of_plan(_DONE, "POST")),
    "person_reset": (*_of_plan(PAGE), *_of_plan(_DONE, "POST", **SAID)),
    "person_reset_agree": _of_plan(_DONE, "POST"),
    "person_reset_refuse": _of_plan(_DONE, "POST"),
    "person_disable": (*_of_plan(PAGE), *_of_plan(_DONE, "POST", why="left")),
    "person_enable": (*_of_plan(PAGE), *_of_plan(_DONE, "POST", why="by_mistake")),
    "person_vouch": (*_of_plan(PAGE), *_of_plan(_DONE, "POST", **SAID)),
    # Nobody is asked by telephone where the plan asks its question beside the mailed link.
    "person_caller": (*_of_plan(NOT_FOUND), *_of_plan(NOT_FOUND, "POST", answer="rabbit")),
    "person_new": (Call("anywhere", _by_plan(PAGE)),),
    "person_new_plan": (
        Call("anywhere", _by_plan(PAGE)),
        Call("anywhere", _by_plan(_DONE), "POST", form=_STAFF),
    ),
    "person_new_office": (
        Call("an office", _by_plan(PAGE), arguments=places.fixed(cast.LAKESIDE)),
        Call("an office", _by_plan(_DONE), "POST", places.fixed(cast.LAKESIDE), _OF_OFFICE),
        Call("no office", _by_plan(NOT_FOUND), arguments=places.fixed("nowhere1")),
        Call("no office", _by_plan(NOT_FOUND), "POST", places.fixed("nowhere1"), _OF_OFFICE),
    ),
    "office_people": (
        Call("all", _by_administrator(PAGE)),
        Call("some", _by_administrator(PAGE), "POST", form=places.sends(text="tester")),
    ),
    "office_person": _of_office(PAGE),
    "office_person_unlock": (*_of_office(PAGE), *_of_office(_OFFICE_DONE, "POST", **WHY)),
    "office_person_reactivate": _of_office(_OFFICE_DONE, "POST"),
    "office_person_invite": (*_of_office(PAGE), *_of_office(_OFFICE_DONE, "POST")),
    "office_person_cancel": (*_of_office(PAGE), *_of_office(_OFFICE_DONE, "POST")),
    "office_person_reset": (*_of_office(PAGE), *_of_office(_OFFICE_DONE, "POST", **SAID)),
    "office_person_reset_agree": _of_office(_OFFICE_DONE, "POST"),
    "office_person_reset_refuse": _of_office(_OFFICE_DONE, "POST"),
}
