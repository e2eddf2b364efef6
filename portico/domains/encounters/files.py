"""Files as they are kept: cut into parts, each packed and sealed, and read again part by part."""

import hashlib
import io
import zlib
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from portico.domains.encounters import models

PART = 1024 * 1024
_PACKING = 1  # the quickest; more takes three times as long for little


def keep_submission(row: models.Submission, content: bytes) -> None:
    """Keeps what was handed in, in the transaction that is open."""
    for number, start in enumerate(range(0, len(content), PART)):
        sealed = _sealed(content[start : start + PART], _place(row.public_id, number))
        models.FilePart.objects.create(submission=row, number=number, sealed=sealed)


def of_submission(row: models.Submission) -> "Kept":
    """What was handed in, to read from its beginning or from anywhere."""
    return Kept(row.parts.all(), row.public_id, row.size)


def of_handover(row: models.Handover) -> "Kept":
    """What is handed on, to read."""
    return Kept(row.parts.all(), row.public_id, row.size)


class Written:
    """A file handed on, kept as it is written, in the transaction that is open; `close` keeps its end."""

    def __init__(self, row: models.Handover) -> None:
        self._row = row
        self._held = bytearray()
        self._number = 0
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes, /) -> int:
        """The next bytes of it."""
        self._held += content
        self.size += len(content)
        self._digest.update(content)
        while len(self._held) >= PART:
            self._keep(bytes(self._held[:PART]))
            del self._held[:PART]
        return len(content)

    def close(self) -> str:
        """The end of it; answers the digest of the whole."""
        if self._held:
            self._keep(bytes(self._held))
            self._held.clear()
        return self._digest.hexdigest()

    def _keep(self, part: bytes) -> None:
        sealed = _sealed(part, _place(self._row.public_id, self._number))
        models.FilePart.objects.create(handover=self._row, number=self._number, sealed=sealed)
        self._number += 1


class Kept(io.RawIOBase):
    """A kept file, of which no more than one part is open at a time."""

    def __init__(self, parts: "QuerySet[models.FilePart]", owner: UUID, size: int) -> None:
        self._parts = parts
        self._owner = owner
        self._size = size
        self._at = 0
        self._open: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte stands."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Goes to a place in the file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, or all that is left; fewer at the end. Raises vault.CannotOpen."""
        wanted = self._size - self._at if size is None or size < 0 else size
        found = []
        while wanted > 0 and self._at < self._size:
            piece = self._piece(wanted)
            found.append(piece)
            self._at += len(piece)
            wanted -= len(piece)
        return b"".join(found)

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """The next bytes, into the buffer. Raises vault.CannotOpen."""
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def _piece(self, wanted: int) -> bytes:
        number, start = divmod(self._at, PART)
        if self._open[0] != number:
            part = self._parts.get(number=number)
            self._open = (number, _opened(bytes(part.sealed), _place(self._owner, number)))
        return self._open[1][start : start + wanted]


def _sealed(content: bytes, place: str) -> bytes:
    text = zlib.compress(content, _PACKING).decode("latin-1")
    sealed: bytes = settings.PORTICO_VAULT.seal(text, place=place)
    return sealed


def _opened(sealed: bytes, place: str) -> bytes:
    text: str = settings.PORTICO_VAULT.open(sealed, place=place)
    return zlib.decompress(text.encode("latin-1"))


def _place(owner: UUID, number: int) -> str:
    return f"encounters.filepart:{owner}:{number}"
