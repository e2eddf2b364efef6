"""linuxforhealth-x12 as a peer: a process of its own environment that times itself, file by file."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-oracles" / "bin" / "python"
TIMER = Path(__file__).with_name("linuxforhealth_timer.py")


@dataclass(frozen=True, slots=True)
class Timer:
    """The running process."""

    _process: "subprocess.Popen[str]"

    def seconds(self, path: Path) -> float:
        """How long it took to read the file into its models; fails where they refuse it."""
        assert self._process.stdin
        assert self._process.stdout
        print(path, file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        assert "seconds" in answer, f"linuxforhealth-x12 refuses {path.name}: {answer}"
        return float(answer["seconds"])


@contextmanager
def timer() -> Iterator[Timer]:
    """The process, until the end of the block."""
    # Isolated (-I): neither this folder nor the shell's settings reach the program.
    command = [str(PYTHON), "-I", str(TIMER)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Timer(process)
    finally:
        process.communicate()
