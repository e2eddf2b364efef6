"""The settings of the virus scanner: what they take, and what stops the start."""

import pytest

from portico.config import env
from portico.shared.files import clamd

SCANNER, CLAMD = "PORTICO_UPLOAD_SCANNER", "PORTICO_CLAMD"


@pytest.mark.parametrize("said", ["", "portico.shared.files.clamd.Clamd", "own.Scanner", "a_b.c1.D"])
def test_a_scanner_is_a_class_by_its_path_or_none(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(SCANNER, f" {said} ")
    assert env.dotted(SCANNER) == said


def test_neither_is_set_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SCANNER, raising=False)
    monkeypatch.delenv(CLAMD, raising=False)
    assert env.dotted(SCANNER) == env.place(CLAMD) == ""


@pytest.mark.parametrize("said", ["clamd", "yes", "own.", ".Scanner", "own.Scan ner", "own.1", "own:Scanner"])
def test_what_is_no_path_stops_the_start(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(SCANNER, said)
    with pytest.raises(env.BadSetting, match=SCANNER):
        env.dotted(SCANNER)


@pytest.mark.parametrize("said", ["127.0.0.1:3310", "clamd:3310", "[::1]:3310", "/run/clamav/clamd.ctl"])
def test_a_daemon_listens_at_a_port_or_a_socket(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(CLAMD, said)
    assert env.place(CLAMD) == said
    assert clamd._ADDRESS.fullmatch(said)


@pytest.mark.parametrize("said", ["clamd", "clamd:", ":3310", "tcp://clamd:3310", "::1:3310", "a b:1", "/"])
def test_what_is_no_address_stops_the_start(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(CLAMD, said)
    with pytest.raises(env.BadSetting, match=CLAMD):
        env.place(CLAMD)
