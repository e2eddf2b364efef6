"""Finds the Chromium that browser journeys and screenshots use, and installs Debian's where it may.

`python -m tools.chromium` ends with 0 once there is one, else names what to install and ends with 1.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC_APPS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
INSTALL_HINT = """\
The browser journeys need Chromium, and none was found.
  Debian, Ubuntu:  apt-get install chromium
  macOS:           brew install --cask chromium
  elsewhere:       install it, and set PORTICO_CHROMIUM to its path"""


class NoChromium(Exception):
    """No Chromium on this machine; the message names what to install."""


def find() -> Path:
    """Answers where Chromium is: `PORTICO_CHROMIUM`, else the first known name; raises `NoChromium`."""
    named = os.environ.get("PORTICO_CHROMIUM")
    on_path = (shutil.which(name) for name in ([named] if named else NAMES))
    apps = (str(app) for app in MAC_APPS if app.exists() and not named)
    for found in (*on_path, *apps):
        if found:
            return Path(found)
    raise NoChromium(f"PORTICO_CHROMIUM names {named}, which cannot be run." if named else INSTALL_HINT)


def ensure() -> Path:
    """Answers where Chromium is, after installing Debian's if it is missing and this user may install."""
    try:
        return find()
    except NoChromium:
        prefix = _right_to_install()
        if prefix is None:
            raise
        print("Installing Debian's Chromium for the browser journeys", flush=True)
        _apt_get(prefix, "update", "-qq")
        _apt_get(prefix, "install", "-y", "-qq", "--no-install-recommends", "chromium")
        return find()


def _right_to_install() -> Sequence[str] | None:
    """Answers what to put before apt-get: nothing for root, sudo where it asks no password, else None."""
    if not shutil.which("apt-get") or "PORTICO_CHROMIUM" in os.environ:
        return None
    if os.geteuid() == 0:
        return ()
    asked = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ("sudo", "-n") if asked and asked.returncode == 0 else None


def _apt_get(prefix: Sequence[str], *arguments: str) -> None:
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        raise NoChromium(f"{INSTALL_HINT}\n({' '.join(command)} failed)")


def main() -> int:
    """Answers the exit code: 0 when Chromium is there, 1 with what to do on the error stream."""
    try:
        ensure()
    except NoChromium as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
