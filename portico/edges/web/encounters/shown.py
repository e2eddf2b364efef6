"""Edits and records as pages show them: in words, with the segment and the element at fault marked."""

from collections.abc import Iterable
from typing import NamedTuple

from portico.domains.claims.edits.codes import Code
from portico.domains.encounters.reports import EditView, RecordView
from portico.domains.encounters.shown import State
from portico.edges.web.encounters import edit_words, file_words

STATES = {
    State.ACCEPTED: ("Accepted", "positive"),
    State.REJECTED: ("To be mended", "negative"),
    State.MENDED: ("Mended", "neutral"),
    State.REPLACED: ("Replaced", "neutral"),
    State.VOIDED: ("Voided", "neutral"),
}
_LONGEST = 60


class Piece(NamedTuple):
    """An element of a segment; `is_at_fault` where it is the one."""

    text: str
    is_at_fault: bool


class Shown(NamedTuple):
    """An edit: what is wrong, what to do, where, and the segment as sent."""

    code: str
    why: str
    todo: str
    where: str
    pieces: tuple[Piece, ...]
    value_at: str


class Row(NamedTuple):
    """A record of a list with what is wrong with it, and the words of where it stands."""

    record: RecordView
    state: str
    tone: str
    edits: tuple[Shown, ...]


def edits(views: Iterable[EditView]) -> tuple[Shown, ...]:
    """Edits in words."""
    return tuple(map(edit, views))


def edit(view: EditView) -> Shown:
    """One edit in words."""
    said = _said(view)
    return Shown(view.code, said.why, said.todo, where(view), _pieces(view), view.value_at)


def rows(views: Iterable[RecordView]) -> tuple[Row, ...]:
    """Records of a list."""
    return tuple(Row(each, *STATES[each.state], edits(each.edits)) for each in views)


def where(view: EditView) -> str:
    """Where it is, as people look it up: segment 12, NM109 in loop 2010AA."""
    name = f"{view.name}{view.element:02d}" if view.element else view.name
    at = f"segment {view.place}, {name}" if view.place and name else name or f"segment {view.place}"
    if not view.place and not name:
        return "the file"
    return f"{at} in loop {view.loop}" if view.loop[:1].isdigit() else at


def _said(view: EditView) -> edit_words.Said:
    if view.code == Code.UNREADABLE and view.about:
        return file_words.of_edit(view.about)
    if view.code in edit_words.WORDS:
        return edit_words.of(view.code, view.about)
    return file_words.of_edit(view.code)


def _pieces(view: EditView) -> tuple[Piece, ...]:
    """The segment, where the one that is shown is the one it is about; another one stands for its place."""
    segment = view.segment
    if segment is None:
        return ()
    is_it = not view.name or segment.name == view.name
    return tuple(
        Piece(_cut(text), is_at_fault=is_it and place == view.element)
        for place, text in enumerate(segment.elements)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
