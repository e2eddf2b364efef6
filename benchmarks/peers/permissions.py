"""Other ways of asking who may do what, as peers: a process of its own environment that times each."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
TIMER = Path(__file__).with_name("permissions_timer.py")


@dataclass(frozen=True, slots=True)
class Timer:
    """The running process, and the ways it knows."""

    ways: tuple[str, ...]
    _process: "subprocess.Popen[str]"

    def seconds(self, way: str) -> float:
        """How long one question takes that way."""
        assert self._process.stdin
        print(way, file=self._process.stdin, flush=True)
        return float(_heard(self._process)["seconds"])


@contextmanager
def timer(people: int, each: int) -> Iterator[Timer]:
    """The process, over so many people with so many grants each, until the end of the block."""
    # Isolated (-I): neither this folder nor the shell's settings reach the program.
    command = [str(PYTHON), "-I", str(TIMER), str(people), str(each)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Timer(tuple(_heard(process)["ways"]), process)
    finally:
        process.communicate()


def _heard(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout
    heard: dict[str, Any] = json.loads(process.stdout.readline())
    return heard
