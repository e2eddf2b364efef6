"""`make demo`: builds the synthetic plan once, then serves it: web, worker, mailbox. Ctrl-C ends all.

Nothing is loaded behind the portal's back: feeds go through `portico load`, people through the same use
cases as anybody's. Everything lives under the data folder; a second start finds it there and is quick.
"""

import argparse
import os
import shutil
import socket
import sys
import time
from pathlib import Path

from portico.demo import house, say, serve

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Start the demo; 0 when it was ended on purpose, 1 when something stood in the way."""
    options = _options()
    port = _port(os.environ.get("PORT") or "8000")
    if port is None:
        say.problem("PORT takes a number from 1 to 65535, for example: make demo PORT=9000")
        return 1
    var = Path(os.environ.get("PORTICO_VAR_DIR") or ROOT / "var")
    if not _is_free(port):
        say.problem(
            f"Something else listens on port {port}. End it, or choose another: make demo PORT={port + 1}"
        )
        return 1
    if options.reset and var.exists():
        _clear(var)
    _environment(var, port)
    began = time.monotonic()
    opened = house.prepare(members=options.members, seed=options.seed, var=var, port=port)
    if options.only_build:
        return 0
    return serve.until_ended(port=port, opened=opened, began=began)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="portico.demo.run", description="Run the portal on a synthetic plan."
    )
    parser.add_argument("--reset", action="store_true", help="forget what is there and start anew")
    parser.add_argument("--members", type=int, default=10_000, help="how many members the plan has")
    parser.add_argument("--seed", type=int, default=2027, help="another seed draws another plan")
    parser.add_argument("--only-build", action="store_true", help="build the data and do not serve it")
    return parser.parse_args()


def _environment(var: Path, port: int) -> None:
    """Forget what the shell holds: the demo touches neither keys nor database nor mail of a real plan."""
    for name in [name for name in os.environ if name.startswith("PORTICO_")]:
        del os.environ[name]
    os.environ["PORTICO_DEMO"] = "1"
    os.environ["PORTICO_PUBLIC_DIRECTORY"] = "all"
    os.environ["PORTICO_VAR_DIR"] = str(var)
    os.environ["PORTICO_DATABASE_URL"] = f"sqlite:///{var / 'portico.sqlite3'}"
    os.environ["PORTICO_SITE"] = f"http://localhost:{port}"
    os.environ["PORTICO_ORIGINS"] = f"http://127.0.0.1:{port},http://localhost:{port}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "portico.config.settings"


def _clear(var: Path) -> None:
    """Forget the demo's own data; other files somebody put there stay."""
    for name in ("feeds", "files", "keys", "library", "mailbox", "static"):
        shutil.rmtree(var / name, ignore_errors=True)
    for file in (*var.glob("portico.sqlite3*"), var / "demo.json", var / "demo-built.json"):
        file.unlink(missing_ok=True)


def _port(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 65536 else None


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
