"""The cells of reading the library: documents, public or not, topics, help, following, required reading."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps

from portico.domains.library.tests import shelving
from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    STAFF,
    Outcome,
    Outcomes,
    by_desk,
    everybody,
    goes,
    own_account,
    signed_in,
)
from tests.matrix.places import Arguments, Call
from tests.support.actors import TODAY
from tests.support.world import World

ANYWHERE = "anywhere"
OPEN, CLOSED = "open-document", "closed-document"
_NOWHERE = "nothing-is-here"
_DAY = date(2026, 3, 1)


def _shelf(world: World) -> None:
    """One public document and one that is not, each with a file; made when a test first needs them."""
    if "shelf" not in world.asked_for:
        world.asked_for["shelf"] = True
        for key, public in ((OPEN, True), (CLOSED, False)):
            made = shelving.document(key, kind="help", public=public, topics=["matrix"], must_read_by=TODAY)
            shelving.file(made.versions.get())


def _at(key: str, *further: Any) -> Arguments:
    """The document of that key, and what follows in the address."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        _shelf(world)
        return (key, *further)

    return arguments


def _own_subscription(world: World, actor: str) -> tuple[Any, ...]:
    """What the front desk follows, made anew; as long in the address as the one there is not."""
    del actor
    rows = apps.get_model("library", "Subscription").objects
    found = rows.filter(user_id=world["front_desk"].user_id, topic=None, line="").first()
    made = found or rows.create(user_id=world["front_desk"].user_id, made_at="2026-03-01T00:00:00Z")
    return (f"{made.pk:06}",)


def _read(*further: Any) -> tuple[Call, ...]:
    """A page of a document: the public one for everybody, the other for those the library is open to.

    Who is not signed in is not told whether there is one that they may not see.
    """
    return (
        Call("public", everybody(PAGE), arguments=_at(OPEN, *further)),
        Call("for offices", own_account(PAGE), arguments=_at(CLOSED, *further)),
        Call("nobody's", own_account(NOT_FOUND), arguments=_at(_NOWHERE, *further)),
    )


def _of_offices(outcome: Outcome) -> Outcomes:
    """For people of offices; the plan's own have nothing to read."""
    desks = dict.fromkeys(STAFF, NOT_FOUND)
    return own_account(outcome) | desks


_REPORT = by_desk(Function.LIBRARY_PUBLISHING, PAGE)
_NO_REPORT = by_desk(Function.LIBRARY_PUBLISHING, NOT_FOUND)
CELLS: Mapping[str, tuple[Call, ...]] = {
    "library_document": _read(),
    "library_print": _read(),
    "library_on": _read(_DAY),
    "library_version": _read(1),
    "library_file": _read(1, "card.png"),
    "library_differences": _read(1, 1),
    "help_answer": _read(),
    "library_read": (
        Call("to read", _of_offices(goes("required_reading")), "POST", _at(CLOSED, 1)),
        Call("nobody's", own_account(NOT_FOUND), "POST", _at(_NOWHERE, 1)),
    ),
    "library_topics": (Call(ANYWHERE, everybody(PAGE)),),
    "library_topic": (
        Call("a topic", everybody(PAGE), arguments=_at("matrix")),
        Call("nobody's", signed_in(NOT_FOUND), arguments=places.fixed("nothing")),
    ),
    "library_following": (
        Call(ANYWHERE, own_account(PAGE)),
        Call("nothing chosen", own_account(INVALID), "POST", form=places.sends(cadence="hourly")),
        Call(
            "a line",
            own_account(goes("library_following")),
            "POST",
            form=places.sends(topic="", line="medi-cal", cadence="weekly"),
        ),
    ),
    "library_following_stop": (
        Call(
            "the front desk's",
            own_account(NOT_FOUND) | {"front_desk": goes("library_following")},
            "POST",
            _own_subscription,
        ),
        Call("nobody's", own_account(NOT_FOUND), "POST", places.fixed("999999")),
    ),
    "required_reading": (Call(ANYWHERE, own_account(PAGE)),),
    "office_required_reading": (
        Call(ANYWHERE, by_desk(Function.MANAGE_USERS, PAGE) | {"administrator": PAGE}),
    ),
    "staff_required_reading": (Call(ANYWHERE, _REPORT),),
    "staff_required_reading_one": (
        Call("to read", _REPORT, arguments=_at(CLOSED, 1)),
        Call("nobody's", _NO_REPORT, arguments=_at(_NOWHERE, 1)),
    ),
    "staff_required_reading_csv": (
        Call("to read", _REPORT, arguments=_at(CLOSED, 1)),
        Call("nobody's", _NO_REPORT, arguments=_at(_NOWHERE, 1)),
    ),
    "help": (Call(ANYWHERE, everybody(PAGE)),),
    "portal_manual": (Call(ANYWHERE, everybody(goes("help"))),),
}
