"""Files as rows keep them: looked at before, sealed for their own place, known by their SHA-256.

look(name, content) -> Looked   it may be kept: its name as it is shown, what it is, how far its scan is
                    -> Fault    it is kept nowhere
sealed(content, place)          the bytes of a row, which open at that place alone
opened(bytes, place)            what they hold
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from portico.shared.files import checking, naming, scanning
from portico.shared.files.checking import Checked
from portico.shared.files.faults import BadFile, Fault
from portico.shared.files.scanning import Scan

ENDINGS: Final[Mapping[str, str]] = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
"""What the name of a file that is handed out ends with, by what it is."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: its name as it is shown, what it is, and how far the scanner is with it."""

    name: str
    checked: Checked
    scan: Scan

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return len(self.checked.content)

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes that are kept, in hexadecimal digits."""
        return hashlib.sha256(self.checked.content).hexdigest()


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is handed out; `name` is one of ours."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def look(name: str, content: bytes) -> Looked | Fault:
    """Is it a document that may be kept? The scanner is asked over a wire: no transaction may be open."""
    try:
        checked = checking.check(content)
    except BadFile as error:
        return error.fault
    scan = scanning.look(checked.content)
    return Fault.INFECTED if scan is Scan.INFECTED else Looked(naming.shown(name), checked, scan)


def sealed(content: bytes, *, place: str) -> bytes:
    """The content, for that place alone."""
    made: bytes = settings.PORTICO_VAULT.seal(base64.b64encode(content).decode(), place=place)
    return made


def opened(held: bytes | memoryview, *, place: str) -> bytes:
    """The content that a place keeps. Raises vault.CannotOpen."""
    return base64.b64decode(settings.PORTICO_VAULT.open(bytes(held), place=place))
