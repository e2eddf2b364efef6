"""Judges that live in an environment of their own, because their needs contradict the product's.

`linuxforhealth(text)` has an independent reader of 270 and 271 read a text. The first question of a process
starts it (a quarter of a second), later ones take about a millisecond, and it ends with the process.
"""

import atexit
import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-oracles" / "bin" / "python"
READER = Path(__file__).with_name("linuxforhealth_reader.py")


class NoOracle(Exception):
    """The judge is not installed, or ended unasked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many transactions were read, and what is wrong with the one after; no fault where all were."""

    read: int
    faults: tuple[str, ...]


class Oracle:
    """A judge at work: a program of `.venv-oracles` that answers JSON lines."""

    def __init__(self, program: Path) -> None:
        if not PYTHON.exists():
            raise NoOracle("The judges are not installed: make install")
        # Isolated (-I): neither this folder nor the shell's settings reach the program.
        self._process = subprocess.Popen(
            [str(PYTHON), "-I", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, text: str) -> Verdict:
        """The verdict on one text; raises `NoOracle` if the program ended."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            print(json.dumps({"text": text}), file=self._process.stdin, flush=True)
            answer = json.loads(self._process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError) as error:
            raise NoOracle(f"The judge ended with {self.stop()}") from error
        return Verdict(answer["read"], tuple(answer["faults"]))

    def stop(self) -> int:
        """Ends the program by ending its input; answers its exit code."""
        self._process.communicate()
        return self._process.returncode


@cache
def _linuxforhealth() -> Oracle:
    oracle = Oracle(READER)
    atexit.register(oracle.stop)
    return oracle


def linuxforhealth(text: str) -> Verdict:
    """What linuxforhealth-x12 says of an interchange of 270s or 271s."""
    return _linuxforhealth().ask(text)
