"""The build's stamp, its lock, and a failure that says which step it was."""

import json
from pathlib import Path

import pytest

from portico.edges.web.assets import build


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((build.SOURCES / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in package for path, package in lock["packages"].items() if path)


def test_the_digest_follows_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "SOURCES", tmp_path)
    source = tmp_path / "portico.scss"
    source.write_text("a")
    before = build.sources_digest()
    source.write_text("b")
    assert build.sources_digest() != before


def test_a_missing_result_is_not_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "OUTPUT", tmp_path)
    monkeypatch.setattr(build, "STAMP", tmp_path / "sources.sha256")
    (tmp_path / "sources.sha256").write_text("digest")
    assert not build.is_current("digest")
    for name in build.RESULTS:
        (tmp_path / name).touch()
    assert build.is_current("digest")
    assert not build.is_current("another digest")


def test_a_step_that_fails_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(arguments: list[str], **options: object) -> int:
        del arguments, options
        return 7

    monkeypatch.setattr(build, "is_current", lambda digest: False)
    monkeypatch.setattr(build, "TOOLS_STAMP", Path("nowhere"))
    monkeypatch.setattr(build, "npm", refuse)
    assert build.main() == 1
    assert "npm ci ended with status 7" in capsys.readouterr().err
