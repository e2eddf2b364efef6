"""The cells of looking after people: from the plan's desk, and from an office's administrator."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
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


def _persona(key: str, *more: str) -> Arguments:
    """One persona of somebody, and what else the address names."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        return (f"{world[key].user_id:06}", f"{world[key].persona_id:06}", *more)

    return arguments


def _access(
    done: Outcome, method: str = "GET", *, more: tuple[str, ...] = (), **sent: Any
) -> tuple[Call, ...]:
    """What a persona of the own office may do; another's is as unknown as nobody's."""
    form, unknown = places.sends(**sent), _by_administrator(NOT_FOUND)
    nobodys = places.fixed("999999", "999999", *more)
    return (
        Call("of the own office", _by_administrator(done), method, _persona("front_desk", *more), form),
        Call("another office's", unknown, method, _persona("outsider", *more), form),
        Call("the plan's", unknown, method, _persona("operations", *more), form),
        Call("nobody's", unknown, method, nobodys, form),
    )


def _access_of_plan(
    done: Outcome, method: str = "GET", *, more: tuple[str, ...] = (), **sent: Any
) -> tuple[Call, ...]:
    """The same from the plan's desk, which reaches every office."""
    form = places.sends(**sent)
    nobodys = places.fixed("999999", "999999", *more)
    return (
        Call("somebody's", _by_plan(done), method, _persona("outsider", *more), form),
        Call("nobody's", _by_plan(NOT_FOUND), method, nobodys, form),
    )


_NEW = {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.org"}
_STAFF = places.sends(**_NEW, desk="support")
_OF_OFFICE = places.described(**_NEW, kinds="end_user")
_DONE, _OFFICE_DONE = goes("person"), goes("office_person")
_EVERYWHERE = {"providers": "every", "lines": "every", "regions": "every", "hands_out": "every"}
_LOOKS: dict[str, Any]
_SAVES: dict[str, Any]
_LOOKS, _SAVES = {**_EVERYWHERE, "do": "look"}, {**_EVERYWHERE, "do": "save", "tax_ids": cast.OWN}
_NO_GRANT = ("000001",)

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
    "people_everybody": (Call("all", _by_plan(goes("people")), "POST"),),
    "people_file": (Call("all", _by_plan(PAGE), "POST"),),
    "people_waiting": (Call("all", _by_plan(PAGE)),),
    "person_add_end_user": (*_of_plan(PAGE), *_of_plan(PAGE, "POST", **_LOOKS)),
    "person_add_administrator": (*_of_plan(PAGE), *_of_plan(PAGE, "POST", **_LOOKS)),
    "persona_access": (*_access_of_plan(PAGE), *_access_of_plan(PAGE, "POST", **_LOOKS)),
    "persona_history": _access_of_plan(PAGE),
    "persona_suspend": (*_access_of_plan(PAGE), *_access_of_plan(goes("people"), "POST")),
    "persona_restore": (*_access_of_plan(PAGE), *_access_of_plan(_DONE, "POST")),
    "persona_confirm": _access_of_plan(goes("people_waiting"), "POST"),
    "persona_decline": _access_of_plan(goes("people_waiting"), "POST"),
    "persona_end": (
        *_access_of_plan(NOT_FOUND, more=_NO_GRANT),
        *_access_of_plan(NOT_FOUND, "POST", more=_NO_GRANT),
    ),
    "office_people_everybody": (Call("all", _by_administrator(goes("office_people")), "POST"),),
    "office_people_file": (Call("all", _by_administrator(PAGE), "POST"),),
    "office_people_waiting": (Call("all", _by_administrator(PAGE)),),
    "office_people_new": (Call("anybody", _by_administrator(PAGE)),),
    "office_person_new_end_user": (
        Call("anybody", _by_administrator(PAGE)),
        Call("looked for", _by_administrator(PAGE), "POST", form=places.sends(**_LOOKS)),
        Call("made", _by_administrator(_OFFICE_DONE), "POST", form=places.sends(**_NEW, **_SAVES)),
    ),
    "office_person_new_administrator": (
        Call("anybody", _by_administrator(PAGE)),
        Call("made", _by_administrator(_OFFICE_DONE), "POST", form=places.sends(**_NEW, **_SAVES)),
    ),
    "office_people_sheet": (
        Call("asked", _by_administrator(PAGE)),
        Call("no file", _by_administrator(INVALID), "POST"),
    ),
    "office_people_sheet_make": (Call("no sheet", _by_administrator(INVALID), "POST"),),
    "office_people_sheet_template": (Call("the template", _by_administrator(PAGE)),),
    "office_people_matrix": (Call("all", _by_administrator(PAGE)),),
    "office_people_suspended": (Call("all", _by_administrator(PAGE)),),
    "office_person_add_end_user": (*_of_office(PAGE), *_of_office(PAGE, "POST", **_LOOKS)),
    "office_person_add_administrator": (*_of_office(PAGE), *_of_office(PAGE, "POST", **_LOOKS)),
    "office_persona_access": (
        *_access(PAGE),
        *_access(PAGE, "POST", **_LOOKS),
        *_access(_OFFICE_DONE, "POST", **_SAVES),
    ),
    "office_persona_history": _access(PAGE),
    "office_persona_suspend": (*_access(PAGE), *_access(goes("office_people_suspended"), "POST")),
    "office_persona_restore": (*_access(PAGE), *_access(_OFFICE_DONE, "POST")),
    "office_persona_confirm": _access(goes("office_people_waiting"), "POST"),
    "office_persona_decline": _access(goes("office_people_waiting"), "POST"),
    "office_persona_end": (
        *_access(NOT_FOUND, more=_NO_GRANT),
        *_access(NOT_FOUND, "POST", more=_NO_GRANT),
    ),
}
