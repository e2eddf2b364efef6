"""Typed readers of the environment; each failure names the wrong variable and what it should be."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


class BadSetting(ImproperlyConfigured):
    """A variable of the environment does not say what it must."""


def text(name: str, default: str | None = None) -> str:
    """The variable's text, or that of the file named by NAME_FILE (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return _read(name, Path(path))
    value = os.environ.get(name, default)
    if value is None:
        raise BadSetting(f"{name} is not set. Set it, or {name}_FILE to a file that holds it.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{name} is {value!r}; it takes 1 or 0.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """A whole number from `least` to `most`."""
    value = os.environ.get(name, str(default))
    if not value.lstrip("-").isdigit() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}; it takes a whole number from {least} to {most}.")
    return int(value)


def choice(name: str, *choices: str) -> str:
    """One of the choices; the first where the variable is not set."""
    value = os.environ.get(name, choices[0]).strip()
    if value not in choices:
        raise BadSetting(f"{name} is {value!r}; it takes one of {', '.join(choices)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated words of the variable, blanks dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def hosts(name: str, default: str = "") -> list[str]:
    """Host names between commas, each a whole one, or a caller could choose the name a token is for."""
    found = words(name, default)
    wide = [host for host in found if "*" in host or host.startswith(".")]
    if wide:
        raise BadSetting(f"{name} holds {wide[0]}; it takes the names this portal is reached by, in full.")
    return found


def forms(name: str, default: str = "") -> list[str]:
    """How identifiers are written, between commas: `#` a digit, `@` a letter, and four digits or more."""
    found = words(name, default)
    loose = [form for form in found if form.count("#") < 4]
    if loose:
        raise BadSetting(
            f"{name} holds {loose[0]!r}; it takes forms such as NLH########, with four # or more."
        )
    return found


def pairs(name: str, default: str = "") -> dict[str, str]:
    """The comma-separated pairs of the variable, each written key=value."""
    found = dict(word.partition("=")[::2] for word in words(name, default))
    if not all(key and value for key, value in found.items()):
        raise BadSetting(f"{name} takes pairs between commas, each written key=value.")
    return found


def classes(name: str, known: Mapping[str, str]) -> dict[str, str]:
    """The dotted paths of the known words that stand there, all where none is set; `word=path` adds one."""
    found = {}
    for said in words(name, ",".join(known)):
        word, _, path = said.partition("=")
        if not (path or word in known) or not re.fullmatch(r"[a-z][a-z0-9_]{1,29}", word):
            raise BadSetting(f"{name} holds {said!r}; it takes {', '.join(known)}, and others as word=path.")
        found[word] = path or known[word]
    return found


def dotted(name: str) -> str:
    """The dotted path of a class, or nothing."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", value):
        raise BadSetting(f"{name} is {value!r}; it takes the dotted path of a class, or nothing.")
    return value


def place(name: str) -> str:
    """Where a daemon listens: `host:port`, the path of a socket, or nothing."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"/[^\0]+|(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):[0-9]{1,5}", value):
        raise BadSetting(f"{name} is {value!r}; it takes host:port, the path of a socket, or nothing.")
    return value


def folder(address: str) -> str:
    """The folder of its host that an address of ours ends with, `/portal`; nothing where it names none."""
    found = urlsplit(address)
    if found.query or found.fragment or not re.fullmatch(r"(/[A-Za-z0-9_~-]+)*", found.path):
        raise BadSetting(f"PORTICO_SITE is {address!r}; it takes https://host, or https://host/folder.")
    return found.path


def path(name: str, default: Path) -> Path:
    """A path, `default` where the variable is not set."""
    return Path(os.environ.get(name, str(default))).expanduser()


def key(name: str, default: bytes | None = None) -> bytes:
    """A 32-byte key given as 64 hexadecimal digits (NAME or NAME_FILE)."""
    return _key(name, text(name, default.hex() if default is not None else None).strip())


def keys(name: str) -> list[bytes]:
    """The 32-byte keys between commas (NAME or NAME_FILE); none where nothing is set."""
    return [_key(name, word.strip()) for word in text(name, "").split(",") if word.strip()]


def says_nothing() -> bool:
    """Is no variable of ours set at all?"""
    return not any(name.startswith("PORTICO_") for name in os.environ)


def _key(name: str, value: str) -> bytes:
    try:
        decoded = bytes.fromhex(value)
    except ValueError:
        decoded = b""
    if len(decoded) != 32:
        raise BadSetting(f"{name} must be 64 hexadecimal digits (32 bytes); `portico keys new` makes one.")
    return decoded


def _read(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE names {file}, which cannot be read: {error.strerror}.") from error
