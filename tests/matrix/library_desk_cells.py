"""What every actor gets at the desk of the library: two desks look and publish, one of them writes."""

from collections.abc import Callable, Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Call
from tests.support import shelves
from tests.support.world import World

ANYWHERE, NOBODYS = "anywhere", "nobody's"
NO_KEY = "moons-one"  # as long as the others, for a refusal is
SENT: dict[str, Any] = {
    "key": "fresh",
    "kind": "update",
    "title": "Faster answers",
    "body": "Answers come sooner.",
    "lines": ["all"],
    "first_on": "03/01/2026",
}


def _of(made: Callable[..., str], *more: Any, key: str) -> places.Arguments:
    """A document, made when a test first needs it."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        if key not in world.asked_for:
            made(world, key)
            world.asked_for[key] = key
        return (key, *more)

    return arguments


DRAFT = _of(shelves.draft, key="draft-one")
WAITING, WAITING_1 = (_of(shelves.waiting, *more, key="queue-one") for more in ((), (1,)))
SCHEDULED_1 = _of(shelves.scheduled, 1, key="later-one")
FILE = _of(shelves.waiting, 1, "form.pdf", key="queue-one")


def _writes(outcome: Outcome) -> Outcomes:
    return by_desk(Function.LIBRARY_EDITING, outcome)


def _looks(outcome: Outcome) -> Outcomes:
    return by_desk(Function.LIBRARY_PUBLISHING, outcome)


def _no(*more: Any) -> places.Arguments:
    return places.fixed(NO_KEY, *more)


def _post(where: places.Arguments, outcomes: Outcomes, name: str = "own", **sent: Any) -> Call:
    return Call(name, outcomes, "POST", where, places.sends(**(sent or {"do": "x"})))


_OWN_WORDS = {**_looks(goes("staff_library_document")), "communications": INVALID}
CELLS: Mapping[str, tuple[Call, ...]] = {
    "staff_library": (Call(ANYWHERE, _looks(PAGE)),),
    "staff_library_new": (
        Call(ANYWHERE, _writes(PAGE)),
        Call("begun", _writes(goes("staff_library_edit")), "POST", form=places.sends(**SENT)),
        Call("empty", _writes(INVALID), "POST", form=places.sends(title="")),
    ),
    "staff_library_preview": (Call(ANYWHERE, _writes(PAGE), "POST", form=places.sends(body="## Fresh")),),
    "staff_library_document": (
        Call("own", _looks(PAGE), arguments=WAITING),
        Call(NOBODYS, _looks(NOT_FOUND), arguments=_no()),
    ),
    "staff_library_about": (
        Call("own", _looks(PAGE), arguments=WAITING),
        _post(WAITING, _looks(goes("staff_library_document")), position="3"),
        Call(NOBODYS, _looks(NOT_FOUND), arguments=_no()),
    ),
    "staff_library_standing": (
        _post(WAITING, _looks(goes("staff_library_document")), do="archive"),
        _post(_no(), _looks(NOT_FOUND), NOBODYS),
    ),
    "staff_library_edit": (
        Call("own", _writes(PAGE), arguments=DRAFT),
        Call("one that is not written", _writes(NOT_FOUND), arguments=WAITING),
        _post(DRAFT, _writes(goes("staff_library_edit")), **SENT),
        Call(NOBODYS, _writes(NOT_FOUND), arguments=_no()),
    ),
    "staff_library_files": (
        _post(DRAFT, _writes(goes("staff_library_edit")), remove="form.pdf"),
        _post(DRAFT, _writes(INVALID), "empty", says="x"),
        _post(_no(), _writes(NOT_FOUND), NOBODYS),
    ),
    "staff_library_writing": (
        _post(DRAFT, _writes(goes("staff_library_document")), do="drop"),
        _post(_no(), _writes(NOT_FOUND), NOBODYS),
    ),
    "staff_library_version": (
        Call("own", _looks(PAGE), arguments=WAITING_1),
        Call(NOBODYS, _looks(NOT_FOUND), arguments=_no(1)),
    ),
    "staff_library_file": (
        Call("own", _looks(PAGE), arguments=FILE),
        Call(NOBODYS, _looks(NOT_FOUND), arguments=_no(1, "form.pdf")),
    ),
    "staff_library_approve": (
        _post(WAITING_1, _OWN_WORDS),
        _post(_no(1), _looks(NOT_FOUND), NOBODYS),
    ),
    "staff_library_refuse": (
        _post(WAITING_1, _OWN_WORDS, answer="Name the form."),
        _post(_no(1), _looks(NOT_FOUND), NOBODYS, answer="Name the form."),
    ),
    "staff_library_withdraw": (
        _post(SCHEDULED_1, _looks(goes("staff_library_document"))),
        _post(_no(1), _looks(NOT_FOUND), NOBODYS),
    ),
}
