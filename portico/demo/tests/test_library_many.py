"""Documents by the thousand: the same again from a seed, each whole, none like another."""

from pathlib import Path

from portico.demo import library_many, lines
from portico.demo.library import topics
from portico.demo.tests.conftest import TODAY


def test_the_same_seed_makes_the_same_documents_however_many_are_wanted() -> None:
    few = list(library_many.made(40, seed=3, today=TODAY))
    assert list(library_many.made(400, seed=3, today=TODAY))[:40] == few
    assert list(library_many.made(40, seed=4, today=TODAY)) != few


def test_each_has_a_key_a_title_and_a_material_number_of_its_own() -> None:
    made = list(library_many.made(3000, seed=3, today=TODAY))
    assert len({each.key for each in made}) == 3000
    assert len({each.versions[-1].title for each in made}) == 3000
    numbers = [each.material_number for each in made if each.material_number]
    assert len(set(numbers)) == len(numbers) > 2000


def test_each_is_fit_to_be_loaded() -> None:
    for each in library_many.made(1000, seed=3, today=TODAY):
        begun = [version.first_on for version in each.versions]
        assert begun == sorted(set(begun))
        assert set(each.topics) <= topics.CODES
        for version in each.versions:
            assert version.body
            assert len(version.title) <= 200
            assert len(version.summary) <= 400
            assert set(version.lines) <= set(lines.CODES)
            assert "](" not in version.body


def test_they_are_written_as_a_folder(tmp_path: Path) -> None:
    assert library_many.write(tmp_path / "many", count=30, seed=3, today=TODAY) == 30
    written = {path.stem[:-2] for path in (tmp_path / "many").glob("*/*.md")}
    assert written == {each.key for each in library_many.made(30, seed=3, today=TODAY)}
    assert (tmp_path / "many" / "topics.csv").is_file()
