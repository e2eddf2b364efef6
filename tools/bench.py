"""Runs every module of `benchmarks/` that has a `main()`, one after the other, in one process each.

A process each, because a benchmark's memory and warm caches are no business of the next one's. Names given on
the command line choose among them: `python -m tools.bench codec decide`.
"""

import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def names() -> list[str]:
    """Answers the benchmarks there are, in alphabetical order, without the package's own name."""
    found = pkgutil.iter_modules([str(ROOT / "benchmarks")])
    return [module.name for module in found if _has_main(module.name)]


def _has_main(name: str) -> bool:
    return callable(getattr(import_module(f"benchmarks.{name}"), "main", None))


def main(chosen: Sequence[str]) -> int:
    """Answers 0 when every benchmark ran to its end, else 1; each prints its own measurements."""
    failed = 0
    for name in chosen or names():
        print(f"\n== {name} ==", flush=True)
        call = f"import sys; from benchmarks import {name}; sys.exit({name}.main())"
        failed |= subprocess.run([sys.executable, "-c", call], cwd=ROOT, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
