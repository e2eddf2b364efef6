"""The demo and a real plan never meet: neither turns into the other by what a shell holds or forgets."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portico.demo import run

ROOT = Path(__file__).resolve().parents[2]
ASKED = "from portico.config import wsgi; from django.conf import settings; print(settings.DEMO)"


def served(folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """What becomes of a server started with these variables, in a checkout whose demo was built before."""
    (folder / "var").mkdir()
    (folder / "var" / "demo.json").write_text("{}")
    _checkout(folder / "portico")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-c", ASKED]
    return subprocess.run(
        command, cwd=folder, env=kept | variables, capture_output=True, text=True, check=False
    )


def _checkout(package: Path) -> None:
    """The product at another place: the settings find their data folder from where they lie."""
    package.mkdir()
    for each in (ROOT / "portico").iterdir():
        if each.name == "config":
            shutil.copytree(each, package / "config")
        else:
            (package / each.name).symlink_to(each)


def test_a_server_that_lost_its_variables_refuses_to_start_and_is_no_demo(tmp_path: Path) -> None:
    done = served(tmp_path)
    assert done.returncode != 0
    assert "PORTICO_SECRET_KEY is not set" in done.stderr


def test_a_server_is_a_demo_where_somebody_says_so(tmp_path: Path) -> None:
    done = served(tmp_path, PORTICO_DEMO="1")
    assert done.stdout.split() == ["True"], done.stderr


def test_the_demo_touches_neither_database_nor_keys_nor_mail_of_a_real_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = {
        "PORTICO_DATABASE_URL": "postgresql://portico@db.example.org/portico",
        "PORTICO_VAULT_KEY": "ab" * 32,
        "PORTICO_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    }
    monkeypatch.setattr(os, "environ", {**os.environ, **real})
    run._environment(tmp_path, 8000)
    assert os.environ["PORTICO_DATABASE_URL"] == f"sqlite:///{tmp_path / 'portico.sqlite3'}"
    assert {name for name in real if name in os.environ} == {"PORTICO_DATABASE_URL"}
