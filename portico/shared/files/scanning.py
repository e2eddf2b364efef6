"""Looking for viruses in a file that was handed in, by the scanner the operator configured, if there is one.

    setting UPLOAD_SCANNER   ""            -> every file counts as clean
                             dotted path   -> a class, made without arguments, with `scan`

    look(content) -> CLEAN      it may be kept and handed out
                  -> INFECTED   it is kept nowhere
                  -> WAITING    the scanner is down: it is kept, and handed to nobody until it was looked at

A scanner is asked over a wire, so no transaction may be open meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

MOST_DOWN: Final = 3


class Finding(StrEnum):
    """What a scanner found."""

    CLEAN = "clean"
    INFECTED = "infected"


class Scan(StrEnum):
    """How far the scan of a file is; stable codes, as they stand in the rows of files."""

    CLEAN = "clean"
    WAITING = "waiting"
    INFECTED = "infected"


class ScannerDown(Exception):
    """The scanner did not say whether the file is clean; the text says why, and nothing of the file."""


class Scanner(Protocol):
    """Looks into one file at a time, from several threads at once."""

    def scan(self, content: bytes) -> Finding:
        """What is found in the file. Raises ScannerDown."""


def configured() -> Scanner | None:
    """The scanner of this installation; None where it has none."""
    path = settings.UPLOAD_SCANNER
    return import_string(path)() if path else None


def look(content: bytes) -> Scan:
    """How far the scan of a file is that arrives now."""
    scanner = configured()
    if scanner is None:
        return Scan.CLEAN
    try:
        return Scan(scanner.scan(content))
    except ScannerDown:
        return Scan.WAITING


def look_again(
    waiting: Sequence[int], read: Callable[[int], bytes | None], *, turn: int
) -> Iterator[tuple[int, Scan]]:
    """What is found in the files that wait and can be looked at now: their number, CLEAN or INFECTED.

    `read` answers what a file of this number holds, None where it waits no more. They come in a circle that
    begins elsewhere each `turn`, so that no file on which the scanner fails keeps it from all others; after
    three failures in a row it is left alone until the next time.
    """
    begin, down = turn % max(len(waiting), 1), 0
    for number in (*waiting[begin:], *waiting[:begin]):
        content = read(number)
        if content is None:
            continue
        found = look(content)
        down = down + 1 if found is Scan.WAITING else 0
        if found is not Scan.WAITING:
            yield number, found
        elif down >= MOST_DOWN:
            return
