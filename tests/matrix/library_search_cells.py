"""The cells of searching the library, and of the words that mean the same."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, everybody, goes
from tests.matrix.places import Call
from tests.support.actors import NOW
from tests.support.world import World

NOBODYS = places.sends(do="remove", row="999999")


def _edited(outcome: Outcome) -> Outcomes:
    return by_desk(Function.LIBRARY_EDITING, outcome)


def _row(world: World, actor: str) -> dict[str, Any]:
    """A row of the actor's own, to be removed."""
    del world
    words = f"{actor}, the same"
    rows = apps.get_model("library", "Synonyms").objects
    return {"do": "remove", "row": str(rows.create(words=words, changed_at=NOW).pk)}


def _new(world: World, actor: str) -> dict[str, Any]:
    """Words that stand in no other row."""
    del world
    return {"do": "add", "words": f"{actor} one, {actor} two"}


CELLS: Mapping[str, tuple[Call, ...]] = {
    "library": (
        Call("anywhere", everybody(PAGE)),
        Call("words", everybody(PAGE), "POST", form=places.sends(q="claims")),
        Call("as it is typed", everybody(PAGE), "POST", form=places.sends(q="clai", typing="yes")),
        Call("no day", everybody(INVALID), "POST", form=places.sends(q="claims", on="x")),
    ),
    "library_synonyms": (
        Call("as they are", _edited(PAGE)),
        Call("added", _edited(goes("library_synonyms")), "POST", form=_new),
        Call("the usual ones", _edited(goes("library_synonyms")), "POST", form=places.sends(do="usual")),
        Call("one word", _edited(INVALID), "POST", form=places.sends(do="add", words="one")),
        Call("removed", _edited(goes("library_synonyms")), "POST", form=_row),
        Call("nobody's", _edited(NOT_FOUND), "POST", form=NOBODYS),
    ),
}
