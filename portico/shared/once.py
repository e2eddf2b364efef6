"""The key of a form that makes one thing, however often it is sent.

A page puts a new key into a hidden field. What the form makes is numbered from the key and from all that was
filled in, by a keyed hash: the same form sent twice, as by a double click, is numbered alike, and whoever
changes a word of it first sends something new. Nothing has to be kept for that but the hash of the number.
The number of a key nobody else has is as hard to guess as a random one.
"""

import json
import re
import secrets
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from portico.shared import identifiers

KEY_BYTES: Final = 16
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{22}")


def new_key() -> str:
    """A key of 128 random bits, 22 characters."""
    return secrets.token_urlsafe(KEY_BYTES)


def parse(typed: object) -> str:
    """The key that was sent; "" for what is none."""
    return typed if isinstance(typed, str) and _KEY.fullmatch(typed) else ""


def bodies(key: str, told: object, *, index: Callable[[str], bytes]) -> Iterator[str]:
    """Numbers of 16 Crockford characters without their check: always the same ones for key and contents.

    `told` is what was filled in, fit for JSON; `index` a keyed hash of at least ten bytes. Without a key ("")
    they are random.
    """
    text = json.dumps([key, told])
    for number in count():
        yield identifiers.reference_of(index(f"{number}:{text}")) if key else identifiers.new_reference(16)
