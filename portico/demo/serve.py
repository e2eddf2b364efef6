"""Serves the demo: the web server on the loopback address and a worker beside it, until somebody ends it."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from portico.demo import say
from portico.demo.house import Opened

READY_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 10


class _Ended(Exception):
    """Somebody asked for the end."""


def until_ended(*, port: int, opened: Opened, began: float) -> int:
    """Serve; 0 when ended by Ctrl-C or SIGTERM, 1 when a process died by itself or never became ready."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    children = [_start(command) for command in _commands(port)]
    try:
        if not _is_ready(opened.base_url, children):
            say.problem("The portal did not start. What it said stands above.")
            return 1
        say.doors(opened.base_url, opened.sign_ins, time.monotonic() - began)
        return _watch(children)
    except _Ended:
        return 0
    finally:
        _stop(children)


def _commands(port: int) -> tuple[list[str], list[str]]:
    served = ["gunicorn", "-c", "python:portico.config.serving", "portico.config.wsgi"]
    gunicorn = [*served, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    sizes = ["--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    return [sys.executable, "-m", *gunicorn, *sizes], [sys.executable, "-m", "portico.edges.cli", "worker"]


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, start_new_session=True)


def _is_ready(base_url: str, children: "list[subprocess.Popen[bytes]]") -> bool:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(f"{base_url}/health/", timeout=2) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _watch(children: "list[subprocess.Popen[bytes]]") -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    say.problem("One of the demo's processes ended by itself. What it said stands above.")
    return 1


def _stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise _Ended
