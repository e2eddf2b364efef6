"""What a file was called is shown without what could mislead."""

import pytest

from portico.shared.files import naming


@pytest.mark.parametrize(
    ("called", "shown"),
    [
        ("licence.pdf", "licence.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\fay\\licence.pdf", "licence.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("x" * 400, "x" * 120),
        ("///", "file"),
    ],
    ids=["plain", "path", "windows path", "line end", "turned around", "long", "nothing left"],
)
def test_a_name_is_shown_as_it_is_or_without_what_could_mislead(called: str, shown: str) -> None:
    assert naming.shown(called) == shown
