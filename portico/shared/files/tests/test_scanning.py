"""Looking for viruses: with a scanner, without one, while it is down, and again."""

from typing import Any

import pytest

from portico.shared.files import scanning
from portico.shared.files.scanning import Finding, Scan, ScannerDown

HERE = "portico.shared.files.tests.test_scanning"


class Scanner:
    """Finds what the file says of itself; of "down" it cannot say."""

    def scan(self, content: bytes) -> Finding:
        if content == b"down":
            raise ScannerDown
        return Finding(content.decode())


@pytest.fixture
def _scanner(settings: Any) -> None:
    settings.UPLOAD_SCANNER = f"{HERE}.Scanner"


@pytest.mark.usefixtures("_scanner")
@pytest.mark.parametrize(
    ("content", "scan"), [(b"clean", Scan.CLEAN), (b"infected", Scan.INFECTED), (b"down", Scan.WAITING)]
)
def test_a_file_is_clean_infected_or_waits(content: bytes, scan: Scan) -> None:
    assert scanning.look(content) is scan


def test_without_a_scanner_every_file_counts_as_clean() -> None:
    assert scanning.configured() is None
    assert scanning.look(b"infected") is Scan.CLEAN


def again(files: dict[int, bytes], turn: int = 0) -> list[tuple[int, Scan]]:
    """What looking again finds."""
    return list(scanning.look_again(list(files), files.get, turn=turn))


@pytest.mark.usefixtures("_scanner")
def test_looking_again_tells_what_could_be_looked_at() -> None:
    files = {1: b"clean", 2: b"down", 3: b"infected"}
    assert again(files) == [(1, Scan.CLEAN), (3, Scan.INFECTED)]
    assert again({}) == []


@pytest.mark.usefixtures("_scanner")
def test_a_file_that_waits_no_more_is_passed_over() -> None:
    assert list(scanning.look_again([1, 2], {2: b"clean"}.get, turn=0)) == [(2, Scan.CLEAN)]


@pytest.mark.usefixtures("_scanner")
def test_after_three_failures_in_a_row_the_scanner_is_left_alone() -> None:
    asked = []

    def read(number: int) -> bytes:
        asked.append(number)
        return b"down"

    assert list(scanning.look_again(range(9), read, turn=0)) == []
    assert asked == [0, 1, 2]


@pytest.mark.usefixtures("_scanner")
def test_files_it_fails_on_keep_it_from_no_other_for_ever() -> None:
    files = {**dict.fromkeys(range(5), b"down"), 5: b"clean"}
    assert [turn for turn in range(6) if again(files, turn)] == [3, 4, 5]
