"""The cells of an office's own directory entries, and of the desk that decides on their changes."""

from collections.abc import Mapping
from typing import Any

from portico.domains.directory import attesting, models
from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Call
from tests.support import cast
from tests.support import directory_keeping as keeping
from tests.support import world as worlds
from tests.support.world import World

ANYWHERE, OWN, FOREIGN, NOBODYS = "anywhere", "own", "another office's", "nobody's"
FIELD = "telehealth"
NO_ENTRY, NO_CHANGE = places.fixed("999999"), places.fixed("0" * 17)


def _entry(world: World, actor: str) -> tuple[Any, ...]:
    """The entry of the keeper's tax ID; its number is as long as nobody's."""
    del actor
    return (f"{keeping.entry_of(world).pk:06}",)


def _foreign(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (f"{keeping.entry_of(world, cast.FOREIGN).pk:06}",)


def _free(world: World, actor: str) -> tuple[Any, ...]:
    """The entry, and a field of which no change waits."""
    models.Change.objects.filter(field=FIELD).delete()
    return (*_entry(world, actor), FIELD)


def _change(world: World, actor: str) -> tuple[Any, ...]:
    """A change that waits, sent when a test first needs it."""
    del actor
    if "change" not in world.asked_for:
        world.asked_for["change"] = keeping.change_of(world)
    keeping.waits_again(world.asked_for["change"])
    return (world.asked_for["change"],)


def _document(world: World, actor: str) -> tuple[Any, ...]:
    (reference,) = _change(world, actor)
    return reference, models.ChangeFile.objects.filter(change__reference=reference).order_by("pk")[0].pk


def _true(world: World, actor: str) -> dict[str, Any]:
    """That all entries are true, as the keeper was shown them."""
    del actor
    keeping.entry_of(world)
    sheet = attesting.sheet(actor=worlds.actor(world[keeping.KEEPER]))
    return {"true": [f"{one.entry.number}:{one.digest}" for one in sheet.page.rows]}


def kept(outcome: Outcome) -> Outcomes:
    """The outcome for the one person who holds the function."""
    return by_desk(Function.DIRECTORY_MAINTENANCE, outcome) | {keeping.KEEPER: outcome}


def _reviewed(outcome: Outcome) -> Outcomes:
    return by_desk(Function.DIRECTORY_REVIEW, outcome)


def _with_field(arguments: places.Arguments) -> places.Arguments:
    return lambda world, actor: (*arguments(world, actor), FIELD)


_WANTED = places.sends(after="yes", effective_on="03/12/2026")
_WAITING = kept(goes("office_directory_change"))
_ANSWERED = _reviewed(goes("staff_directory_change"))
CELLS: Mapping[str, tuple[Call, ...]] = {
    "office_directory": (Call(ANYWHERE, kept(PAGE)),),
    "office_directory_confirm": (Call(ANYWHERE, kept(PAGE)),),
    "office_directory_confirmed": (
        Call("all of it", kept(goes("office_directory")), "POST", form=_true),
        Call("nothing", kept(goes("office_directory_confirm")), "POST"),
    ),
    "office_directory_changes": (Call(ANYWHERE, kept(PAGE)),),
    "office_directory_entry": (
        Call(OWN, kept(PAGE), arguments=_entry),
        Call(FOREIGN, kept(NOT_FOUND), arguments=_foreign),
        Call(NOBODYS, kept(NOT_FOUND), arguments=NO_ENTRY),
    ),
    "office_directory_new": (
        Call(OWN, kept(PAGE), arguments=_with_field(_entry)),
        Call(OWN, _WAITING, "POST", _free, _WANTED),
        Call("not filled in", kept(INVALID), "POST", _free, places.sends(after="")),
        Call(FOREIGN, kept(NOT_FOUND), arguments=_with_field(_foreign)),
        Call(FOREIGN, kept(NOT_FOUND), "POST", _with_field(_foreign), _WANTED),
        Call(NOBODYS, kept(NOT_FOUND), arguments=_with_field(NO_ENTRY)),
    ),
    "office_directory_change": (
        Call("one that waits", kept(PAGE), arguments=_change),
        Call(NOBODYS, kept(NOT_FOUND), arguments=NO_CHANGE),
    ),
    "office_directory_document": (
        Call("no file", kept(INVALID), "POST", _change),
        Call(NOBODYS, kept(NOT_FOUND), "POST", NO_CHANGE),
    ),
    "office_directory_take_back": (
        Call("one that waits", _WAITING, "POST", _change),
        Call(NOBODYS, kept(NOT_FOUND), "POST", NO_CHANGE),
    ),
    "staff_directory": (Call(ANYWHERE, _reviewed(PAGE)),),
    "staff_directory_published": (Call(ANYWHERE, _reviewed(PAGE)),),
    "staff_directory_unconfirmed": (Call(ANYWHERE, _reviewed(PAGE)),),
    "staff_directory_export": (
        Call(ANYWHERE, _reviewed(PAGE)),
        Call("all of it", _reviewed(PAGE), "POST"),
        Call("no day", _reviewed(INVALID), "POST", form=places.sends(since="x")),
    ),
    "staff_directory_change": (
        Call("one that waits", _reviewed(PAGE), arguments=_change),
        Call(NOBODYS, _reviewed(NOT_FOUND), arguments=NO_CHANGE),
    ),
    "staff_directory_accept": (
        Call("one that waits", _ANSWERED, "POST", _change),
        Call(NOBODYS, _ANSWERED, "POST", NO_CHANGE),
    ),
    "staff_directory_refuse": (
        Call("one that waits", _ANSWERED, "POST", _change, places.sends(why="This is a fax number.")),
        Call("without a reason", _reviewed(INVALID), "POST", _change, places.sends(why="")),
        Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_CHANGE, places.sends(why="")),
    ),
    "staff_directory_document": (
        Call("of a change", _reviewed(PAGE), arguments=_document),
        Call(NOBODYS, _reviewed(NOT_FOUND), arguments=places.fixed("0" * 17, 1)),
    ),
}
