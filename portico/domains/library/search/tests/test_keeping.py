"""The index of a node: built, kept up to date by what moved, shared by its processes, and built anew."""

import fcntl
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tantivy import Query

from portico.domains.library import models
from portico.domains.library.search import card_index, keeping, state
from portico.domains.library.search.keeping import Node
from portico.domains.library.search.state import Moved, Taken
from portico.domains.library.search.tests import shelving
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db


def _node() -> Node:
    """A process of the node that has not looked yet."""
    return Node(Path(settings.LIBRARY_INDEX_DIR))


def _titles(node: Node) -> list[str]:
    node.look_soon()
    opened = node.opened(at=NOW, public_only=False)
    assert opened is not None
    found = opened.searcher.search(Query.all_query(), 100).hits
    return sorted(str(opened.searcher.doc(each).get_first("title")) for _, each in found)


def _kept(name: str) -> Path:
    return Path(settings.LIBRARY_INDEX_DIR) / f"{name}.json"


def _folders() -> list[str]:
    return [each.name for each in Path(settings.LIBRARY_INDEX_DIR).iterdir() if each.is_dir()]


def _lose_folders() -> None:
    """Take every index away at once: moved aside first, since its own threads may still be writing in it."""
    for name in _folders():
        lost = (Path(settings.LIBRARY_INDEX_DIR) / name).rename(
            Path(settings.LIBRARY_INDEX_DIR).parent / f"lost-{name}"
        )
        shutil.rmtree(lost, ignore_errors=True)


def test_the_first_look_builds_it_even_of_nothing() -> None:
    assert _titles(_node()) == []
    assert not _kept("building").exists()


def test_what_moved_is_taken_in_and_the_rest_is_left_alone() -> None:
    made, node = shelving.document("fees", "Fees"), _node()
    shelving.document("forms", "Forms")
    assert _titles(node) == ["Fees", "Forms"]
    folders = _folders()
    made.versions.update(title="Tariffs")
    models.Version.objects.filter(document__key="forms").update(title="Unseen")
    shelving.moved(made.pk)
    assert _titles(node) == ["Forms", "Tariffs"]
    assert _folders() == folders


def test_a_document_that_is_gone_is_found_no_more() -> None:
    made, node = shelving.document("fees", "Fees"), _node()
    assert _titles(node) == ["Fees"]
    number = made.pk
    made.delete()
    shelving.moved(number)
    assert _titles(node) == []


def test_every_process_of_the_node_sees_what_one_took_in() -> None:
    shelving.document("fees", "Fees")
    one, other = _node(), _node()
    assert _titles(one) == _titles(other) == ["Fees"]
    shelving.document("forms", "Forms")
    assert _titles(one) == ["Fees", "Forms"]
    with _held_lock():
        assert _titles(other) == ["Fees", "Forms"]


def test_who_finds_another_process_at_it_goes_on_with_what_there_is() -> None:
    shelving.document("fees", "Fees")
    node = _node()
    assert _titles(node) == ["Fees"]
    shelving.document("forms", "Forms")
    with _held_lock():
        assert _titles(node) == ["Fees"]
        assert _node().opened(at=NOW, public_only=False) is not None
    assert _titles(node) == ["Fees", "Forms"]


def test_before_the_first_one_is_built_there_is_none() -> None:
    Path(settings.LIBRARY_INDEX_DIR).mkdir(parents=True)
    with _held_lock():
        assert _node().opened(at=NOW, public_only=False) is None


def test_it_looks_once_a_second_and_asks_one_thing() -> None:
    node = _node()
    shelving.document("fees", "Fees")
    assert _titles(node) == ["Fees"]
    shelving.document("forms", "Forms")
    with CaptureQueriesContext(connection) as queries:
        node.opened(at=NOW, public_only=False)
    assert len(queries) == 0
    assert _titles(node) == ["Fees", "Forms"]
    node.look_soon()
    with CaptureQueriesContext(connection) as queries:
        node.opened(at=NOW, public_only=False)
    assert len(queries) == 1


def test_all_of_it_is_built_beside_and_put_in_its_place() -> None:
    node = _node()
    shelving.document("fees", "Fees")
    assert _titles(node) == ["Fees"]
    before = _folders()
    models.Version.objects.update(title="Tariffs")
    shelving.moved(None)
    assert _titles(node) == ["Tariffs"]
    assert len(_folders()) == 2
    shelving.moved(None)
    assert _titles(node) == ["Tariffs"]
    assert not set(before) & set(_folders())


def test_a_large_one_is_built_step_by_step_while_the_old_one_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    monkeypatch.setattr(keeping, "WORKS_FOR", 0.0)
    for number in range(5):
        shelving.document(f"fees-{number}", f"Fees {number}")
    node = _node()
    assert node.opened(at=NOW, public_only=False) is None
    for _ in range(3):
        assert _kept("building").exists()
        node.look_soon()
        node.opened(at=NOW, public_only=False)
    assert len(_titles(node)) == 5
    shelving.moved(None)
    models.Version.objects.update(title="Tariffs")
    seen = [len(set(_titles(node))) for _ in range(5)]
    assert seen[0] == 5
    assert seen[-1] == 1


def test_one_of_another_form_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shelving.document("fees", "Fees")
    _titles(_node())
    models.Version.objects.update(title="Tariffs")
    monkeypatch.setattr(card_index, "FORM", card_index.FORM + 1)
    assert _titles(_node()) == ["Tariffs"]


def test_one_of_another_database_is_built_anew() -> None:
    shelving.document("fees", "Fees")
    _titles(_node())
    models.Movement.objects.update(made_at=NOW - timedelta(days=1))
    models.Version.objects.update(title="Tariffs")
    assert _titles(_node()) == ["Tariffs"]


def test_a_node_that_was_away_for_too_long_builds_it_anew() -> None:
    shelving.document("fees", "Fees")
    _titles(_node())
    models.Movement.objects.all().delete()
    models.Version.objects.update(title="Tariffs")
    assert _titles(_node()) == ["Tariffs"]


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"folder": "x"}'], ids=["empty", "cut", "list", "part"])
def test_a_spoilt_note_is_as_none(spoilt: str) -> None:
    shelving.document("fees", "Fees")
    _titles(_node())
    _kept("current").write_text(spoilt)
    assert _titles(_node()) == ["Fees"]


def test_a_folder_that_cannot_be_written_leaves_the_old_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    shelving.document("fees", "Fees")
    node = _node()
    assert _titles(node) == ["Fees"]

    def full(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(state, "write", full)
    shelving.document("forms", "Forms")
    assert _titles(node) == ["Fees"]


def test_a_movement_that_commits_late_is_taken_in() -> None:
    later, earlier = Moved(7, 1, NOW), Moved(6, 2, NOW - timedelta(seconds=30))
    taken = Taken().with_rows([later])
    assert taken.pending([later, earlier]) == [earlier]
    taken = taken.with_rows([earlier])
    assert taken.pending([later, earlier]) == []
    assert taken.last == 7
    assert taken.fits([later, earlier])


def test_what_is_older_than_a_minute_is_kept_as_one_number() -> None:
    rows = [Moved(number, 1, NOW + timedelta(seconds=40 * number)) for number in range(1, 6)]
    taken = Taken().with_rows(rows)
    assert (taken.floor, taken.above, taken.last) == (3, frozenset({4, 5}), 5)


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_in_this_process_is_found_at_once() -> None:
    made, node = shelving.document("fees", "Fees"), keeping.node()
    assert _titles(node) == ["Fees"]
    made.versions.update(title="Tariffs")
    models.Movement.objects.create(document_id=made.pk, made_at=NOW)
    opened = node.opened(at=NOW, public_only=False)
    assert opened is not None
    assert opened.searcher.doc_freq("title", "tariff") == 1


class _held_lock:
    """Another process at work on the index."""

    def __enter__(self) -> None:
        self._file = (Path(settings.LIBRARY_INDEX_DIR) / "lock").open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def test_one_whose_folder_is_gone_is_built_anew() -> None:
    shelving.document("fees", "Fees")
    shelving.document("forms", "Forms")
    _titles(_node())
    _lose_folders()
    assert _titles(_node()) == ["Fees", "Forms"]


def test_one_whose_folder_is_gone_is_built_anew_when_something_moved() -> None:
    shelving.document("fees", "Fees")
    node = _node()
    _titles(node)
    _lose_folders()
    shelving.document("forms", "Forms")
    assert _titles(node) == ["Fees", "Forms"]


@pytest.mark.parametrize("left", [0, 2, 1], ids=["empty", "half", "noughts"])
@pytest.mark.parametrize("kind", ["*", "*.json", "*.term", "*.idx"], ids=["all", "note", "words", "places"])
@pytest.mark.parametrize("moves", [True, False], ids=["something moved", "nothing moved"])
def test_one_whose_files_are_spoilt_is_built_anew(left: int, kind: str, moves: bool) -> None:
    shelving.document("fees", "Fees")
    _titles(_node())
    for name in _folders():
        for file in (Path(settings.LIBRARY_INDEX_DIR) / name).glob(kind):
            held = file.read_bytes()
            file.unlink()  # whoever has it open keeps what it read
            file.write_bytes(held[: len(held) // left] if left > 1 else b"\0" * len(held) * left)
    if moves:
        shelving.document("forms", "Forms")
    assert _titles(_node()) == ["Fees", *(["Forms"] if moves else [])]
