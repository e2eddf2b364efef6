"""`portico keys new`, and that nothing else starts without keys."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portico.edges.cli import keys_command
from portico.edges.cli.main import main


def made_in(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text().strip() for file in folder.iterdir()}


def test_four_keys_of_256_bits_are_made_for_their_owner_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "deep" / "keys"
    assert main(["keys", "new", str(folder)]) == 0
    made = made_in(folder)
    assert set(made) == {"secret_key", "vault_key", "index_key", "audit_key"}
    assert {len(bytes.fromhex(key)) for key in made.values()} == {32}
    assert len(set(made.values())) == 4
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"PORTICO_{name}_FILE={folder / name.lower()}" for name in keys_command.NAMES
    ]
    assert "Keep a copy" in said.err
    assert not any(key in said.out + said.err for key in made.values())


def test_a_key_that_is_there_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vault_key").write_text("precious")
    assert main(["keys", "new", str(tmp_path)]) == 1
    assert "holds vault_key already" in capsys.readouterr().err
    assert made_in(tmp_path) == {"vault_key": "precious"}


def test_keys_are_printed_for_a_secret_store(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "new", "--print"]) == 0
    said = dict(line.split("=") for line in capsys.readouterr().out.splitlines())
    assert set(said) == {f"PORTICO_{name}" for name in keys_command.NAMES}
    assert {len(key) for key in said.values()} == {64}


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["keys", "new", str(tmp_path / "file" / "keys")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed", [["keys"], ["keys", "new"], ["keys", "new", "x", "--print"], ["keys", "old"]]
)
def test_what_is_typed_wrong_is_answered_with_usage(typed: list[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(typed)
    assert ending.value.code == 2


def without_settings(*typed: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """A `portico` of its own, in an environment that says nothing of Portico but `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTICO_", "DJANGO_"))}
    command = [sys.executable, "-m", "portico.edges.cli", *typed]
    return subprocess.run(command, env=kept | more, capture_output=True, text=True, check=False, timeout=60)


def test_keys_are_made_before_there_are_any(tmp_path: Path) -> None:
    where = {"PORTICO_VAR_DIR": str(tmp_path)}
    refused = without_settings("jobs", "list", **where)
    assert refused.returncode == 1
    assert refused.stderr.startswith("portico: PORTICO_SECRET_KEY is not set.")
    assert "Traceback" not in refused.stderr
    made = without_settings("keys", "new", str(tmp_path / "keys"))
    assert made.returncode == 0
    keys = dict(line.split("=") for line in made.stdout.splitlines())
    assert without_settings("--help", **where, **keys).returncode == 0
