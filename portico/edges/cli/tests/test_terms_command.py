"""Publishing terms by the command line: what is answered, what is refused, and the audit row."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from portico.domains.plan import terms
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of terms."""
    made = tmp_path / "terms.txt"
    made.write_text("# Terms\n\nBe careful.\n", encoding="utf-8")
    return made


def test_a_file_is_published_and_its_digest_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "publish", "--version", "2026-04", str(file)]) == 0
    made = terms.current()
    assert made is not None
    assert made.version == "2026-04"
    assert f"Version 2026-04 is in force. SHA-256 of its text: {made.digest}" in capsys.readouterr().out
    assert (last_use().actor_name, last_use().conclusion) == ("operator", "terms_published")


def test_every_version_is_listed_the_one_in_force_first(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["terms", "publish", "--version", "1", str(file)])
    file.write_text("Be more careful.", encoding="utf-8")
    main(["terms", "publish", "--version", "2", str(file)])
    capsys.readouterr()
    assert main(["terms", "list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2", "1"]


@pytest.mark.parametrize("version", ["1", "spring"], ids=["used before", "no digit"])
def test_what_cannot_be_published_is_said_with_the_file(
    version: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["terms", "publish", "--version", "1", str(file)])
    assert main(["terms", "publish", "--version", version, str(file)]) == 1
    assert str(file) in capsys.readouterr().err
    assert len(terms.versions()) == 1


def test_a_file_that_is_not_there_or_no_text_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["terms", "publish", "--version", "1", str(tmp_path / "none.txt")]) == 1
    picture = tmp_path / "picture"
    picture.write_bytes(b"\xff\xfe\x00")
    assert main(["terms", "publish", "--version", "1", str(picture)]) == 1
    said = capsys.readouterr().err
    assert "cannot be read" in said
    assert "no text in UTF-8" in said
