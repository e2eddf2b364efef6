"""The cells of access requests: one's own, an office's inbox, the plan's, and wishes to join an office."""

from collections.abc import Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes, own_account
from tests.matrix.places import Arguments, Call
from tests.support import cast, missing_access
from tests.support.world import World

ANYWHERE = "anywhere"
NOBODYS = places.fixed(places.NOBODYS)
NO_JOIN = places.fixed("999999")
ASKER = "eligibility_only"
# Benefits are missing to these; the others have them, or lack something that nobody hands out.
MISSES = (ASKER, "without_function", "revoked", "expired", "early")
LET_IN = {"functions": ["eligibility"], "tax_ids": [cast.OWN]}
INSTEAD = {"functions": ["benefits"], "tax_ids": [cast.OWN]}


def _of(key: str, *functions: Function) -> Arguments:
    """A request of that person's."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        return (missing_access.asked(world, key, *functions),)

    return arguments


def _join(office: str) -> Arguments:
    """Somebody who would like to join that office; the number is as long as nobody's."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        return (f"{missing_access.join(world, office).pk:06}",)

    return arguments


_OWN, _HILLCREST = _of(ASKER), _of("outsider", Function.DIRECTORY_MAINTENANCE)
_WITH_PLAN = _of("administrator", Function.PAYMENT_ENROLMENT)


def _own(outcome: Outcome) -> Outcomes:
    return own_account(NOT_FOUND) | {ASKER: outcome}


def _by_administrator(outcome: Outcome) -> Outcomes:
    return by_desk(Function.MANAGE_USERS, outcome) | {"administrator": outcome}


def _by_plan(outcome: Outcome) -> Outcomes:
    return by_desk(Function.PROVISIONING, outcome)


def _of_office(done: Outcome, own: Outcome, method: str = "GET", **sent: Any) -> tuple[Call, ...]:
    """One of the office, the administrator's own, another office's, and nobody's."""
    form, unknown = places.sends(**sent), _by_administrator(NOT_FOUND)
    return (
        Call("one of the own office", _by_administrator(done), method, _OWN, form),
        Call("the administrator's own", _by_administrator(own), method, _WITH_PLAN, form),
        Call("another office's", unknown, method, _HILLCREST, form),
        Call("nobody's", unknown, method, NOBODYS, form),
    )


def _of_plan(done: Outcome, method: str = "GET", **sent: Any) -> tuple[Call, ...]:
    """One that lies with the plan, one that lies with an office, and nobody's."""
    form, unknown = places.sends(**sent), _by_plan(NOT_FOUND)
    return (
        Call("one with the plan", _by_plan(done), method, _WITH_PLAN, form),
        Call("one with an office", unknown, method, _OWN, form),
        Call("nobody's", unknown, method, NOBODYS, form),
    )


def _of_join(done: Outcome, method: str = "GET", **sent: Any) -> tuple[Call, ...]:
    form, unknown = places.sends(**sent), _by_administrator(NOT_FOUND)
    return (
        Call("of the own office", _by_administrator(done), method, _join(cast.LAKESIDE), form),
        Call("another office's", unknown, method, _join(cast.HILLCREST), form),
        Call("nobody's", unknown, method, NO_JOIN, form),
    )


_ANSWERED, _BACK = goes("office_requests"), goes("office_request")
CELLS: Mapping[str, tuple[Call, ...]] = {
    "access_requests": (Call(ANYWHERE, own_account(PAGE)),),
    "access_request_new": (
        Call(ANYWHERE, own_account(PAGE)),
        Call("filled in", own_account(PAGE), "POST", form=places.sends(functions="benefits")),
        Call(
            "sent",
            own_account(INVALID) | dict.fromkeys(MISSES, goes("access_request")),
            "POST",
            form=places.sends(functions="benefits", send="yes"),
        ),
    ),
    "access_request": (
        Call("the asker's", _own(PAGE), arguments=_OWN),
        Call("nobody's", own_account(NOT_FOUND), arguments=NOBODYS),
    ),
    "access_request_withdraw": (
        Call("the asker's", _own(goes("access_requests")), "POST", _OWN),
        Call("nobody's", own_account(NOT_FOUND), "POST", NOBODYS),
    ),
    "office_requests": (Call(ANYWHERE, _by_administrator(PAGE)),),
    "office_request": _of_office(PAGE, PAGE),
    "office_request_approve": _of_office(_ANSWERED, _BACK, "POST"),
    "office_request_adjust": (
        Call("one of the own office", _by_administrator(_ANSWERED), "POST", _OWN, places.sends(**INSTEAD)),
        Call("another office's", _by_administrator(NOT_FOUND), "POST", _HILLCREST, places.sends(**INSTEAD)),
        Call("nobody's", _by_administrator(NOT_FOUND), "POST", NOBODYS, places.sends(**INSTEAD)),
    ),
    "office_request_deny": _of_office(_ANSWERED, _BACK, "POST", why="not_needed"),
    "office_join": (*_of_join(PAGE), *_of_join(goes("office_person"), "POST", **LET_IN)),
    "office_join_refuse": _of_join(_ANSWERED, "POST"),
    "staff_requests": (Call(ANYWHERE, _by_plan(PAGE)),),
    "staff_request": _of_plan(PAGE),
    "staff_request_approve": _of_plan(goes("staff_requests"), "POST"),
    "staff_request_adjust": _of_plan(
        goes("staff_requests"), "POST", functions=["payment_enrolment"], tax_ids=[cast.OWN]
    ),
    "staff_request_deny": _of_plan(goes("staff_requests"), "POST", why="not_needed"),
}
