"""A folder packed into one file, so that it is staged, kept and taken in as every other feed is.

The same files make the same bytes, whenever they were written and by whom; so the same folder again is known.
Links are refused: what they point at may change between looking and reading, and may be the folder itself.
"""

import os
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from portico.edges.loaders.intake import printable
from portico.edges.loaders.refusals import FeedRefused, RefusalCode

MOST_FILES: Final = 100_000
_MOST_PATH: Final = 200
_BLOCK: Final = 512


def pack(folder: Path, into: Path) -> None:
    """Write the files of the folder into one, in the order of their names. Raises FeedRefused."""
    left = settings.MAX_FEED_BYTES
    with tarfile.open(into, "w", format=tarfile.PAX_FORMAT) as packed:
        for name, path in _files(folder):
            left -= path.stat().st_size + 2 * _BLOCK
            if left < 0:
                words = f"The folder holds more than {settings.MAX_FEED_BYTES:,} bytes. Load it in parts."
                raise FeedRefused(RefusalCode.TOO_LARGE, words)
            _add(packed, name, path)


def _add(packed: tarfile.TarFile, name: str, path: Path) -> None:
    try:
        with open(path, "rb", opener=_without_following) as source:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(source.fileno()).st_size
            packed.addfile(member, source)
    except OSError:
        words = f"{printable(name)} cannot be read, or changed while it was."
        raise FeedRefused(RefusalCode.NOT_FOUND, words) from None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    if folder.is_symlink() or not folder.is_dir():
        raise FeedRefused(RefusalCode.NOT_A_FOLDER, f"{printable(str(folder))} is no folder.")
    found = sorted(_walk(folder, folder))
    if not found:
        raise FeedRefused(RefusalCode.EMPTY, "The folder is empty.")
    yield from found


def _walk(folder: Path, top: Path) -> Iterator[tuple[str, Path]]:
    count = 0
    for within, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *names):
            path = Path(within, name)
            told = path.relative_to(top).as_posix()
            if name.startswith("."):
                continue
            _check(told, path.lstat().st_mode)
            if name not in folders:
                count += 1
                if count > MOST_FILES:
                    words = f"The folder holds more than {MOST_FILES:,} files. Load it in parts."
                    raise FeedRefused(RefusalCode.TOO_LARGE, words)
                yield told, path


def _check(name: str, mode: int) -> None:
    """Ordinary files and folders, with names that a report can show."""
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        words = f"{printable(name)} is no ordinary file. Put the file itself into the folder."
        raise FeedRefused(RefusalCode.NOT_FOUND, words)
    if not name.isprintable() or len(name.encode(errors="replace")) > _MOST_PATH:
        words = f"{printable(name)[:_MOST_PATH]} has a name that is too long or cannot be shown."
        raise FeedRefused(RefusalCode.NOT_FOUND, words)


def _without_following(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
