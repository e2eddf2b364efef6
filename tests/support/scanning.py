"""A virus scanner for tests: it finds what says of itself that it is a virus, and can be switched off."""

from collections.abc import Iterator
from contextlib import contextmanager

from portico.shared.files.scanning import Finding, ScannerDown
from tests.support.proving import FILE

SETTING = "tests.support.scanning.Scanner"
VIRUS = FILE.replace(b"/Catalog", b"/Catalog /A (virus)")


class Scanner:
    """A scanner that is up, or not."""

    is_up = True

    def scan(self, content: bytes) -> Finding:
        """What is found. Raises ScannerDown."""
        if not self.is_up:
            raise ScannerDown
        return Finding.INFECTED if b"virus" in content else Finding.CLEAN


@contextmanager
def down() -> Iterator[None]:
    """Within it the scanner is down."""
    Scanner.is_up = False
    try:
        yield
    finally:
        Scanner.is_up = True
