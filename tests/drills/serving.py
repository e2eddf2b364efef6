"""The web server in a process of its own, on the test's database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.drills import processes


class Server:
    """A web server that runs: the process that keeps watch, and those that serve."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def kill(self) -> None:
        """End all of it at once, as a machine does that loses its power."""
        os.killpg(self._process.pid, signal.SIGKILL)


@contextmanager
def web(*, threads: int = 4, **variables: str) -> "Iterator[tuple[int, Server]]":
    """One worker process that serves; answers its port on the loopback address, and itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = ["gunicorn", "portico.config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    sizes = ["--workers", "1", "--threads", str(threads), "--log-level", "warning", "--no-control-socket"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, *sizes],
        env={
            **os.environ,
            "PORTICO_DATABASE_URL": processes.database_url(),
            "DJANGO_SETTINGS_MODULE": "portico.config.settings",
            **variables,
        },
        start_new_session=True,
    )
    try:
        processes.wait_until(lambda: _listens(port), "the web server listens")
        yield port, Server(process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        time.sleep(0.1)
        return False
    return True
